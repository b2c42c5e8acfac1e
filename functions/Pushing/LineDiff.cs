namespace Automation.Functions.Pushing;

/// <summary>What changed between two texts, line by line, as people read it: <c>-</c> gone, <c>+</c> new, a space before what stayed, two lines around.</summary>
public static class LineDiff
{
    private const int Around = 2;

    /// <summary>Above this many comparisons the files are said as one exchanged for the other.</summary>
    private const long Most = 4_000_000;

    public static IReadOnlyList<string> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        return Shorten((long)old.Length * now.Length > Most ? [.. old.Select(line => "-" + line), .. now.Select(line => "+" + line)] : Compare(old, now));
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>By the longest common subsequence.</summary>
    private static List<string> Compare(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var said = new List<string>();
        for (var (i, j) = (0, 0); i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                said.Add(" " + old[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1])) said.Add("-" + old[i++]);
            else said.Add("+" + now[j++]);
        }
        return said;
    }

    private static List<string> Shorten(List<string> lines)
    {
        var said = new List<string>();
        for (var at = 0; at < lines.Count; at++)
        {
            var near = Enumerable.Range(Math.Max(0, at - Around), Math.Min(lines.Count, at + Around + 1) - Math.Max(0, at - Around)).Any(n => lines[n][0] != ' ');
            if (near) said.Add(lines[at]);
            else if (said is [.., not "…"]) said.Add("…");
        }
        if (said is [.., "…"]) said.RemoveAt(said.Count - 1);
        return said;
    }
}
