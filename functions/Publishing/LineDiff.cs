using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Automation.Functions.Publishing;

/// <summary>What changed between two texts, line by line, as people read it: <c>-</c> gone, <c>+</c> new, a space
/// before what stayed, two lines around.</summary>
public static class LineDiff
{
    private const int Around = 2;

    /// <summary>Lines of both texts; above it they are said as one exchanged for the other.</summary>
    private const int Most = 20_000;

    public static IReadOnlyList<string> Of(string before, string after)
    {
        var (old, now) = (before.ReplaceLineEndings("\n").TrimEnd('\n'), after.ReplaceLineEndings("\n").TrimEnd('\n'));
        if (old.Count('\n') + now.Count('\n') > Most)
            return [.. old.Split('\n').Select(line => $"-{line}"), .. now.Split('\n').Select(line => $"+{line}")];
        return Shorten(InlineDiffBuilder.Diff(old, now, ignoreWhiteSpace: false).Lines);
    }

    private static List<string> Shorten(List<DiffPiece> lines)
    {
        var said = new List<string>();
        var next = 0;
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Type == ChangeType.Unchanged) continue;
            if (said.Count > 0 && at - Around > next) said.Add("…");
            for (next = Math.Max(next, at - Around); next < Math.Min(lines.Count, at + Around + 1); next++)
                said.Add($"{Sign(lines[next].Type)}{lines[next].Text}");
        }
        return said;
    }

    private static char Sign(ChangeType change) => change switch
    {
        ChangeType.Inserted => '+',
        ChangeType.Deleted => '-',
        _ => ' ',
    };
}
