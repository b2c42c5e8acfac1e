using System.Text.RegularExpressions;

namespace Automation.Marketing.Mails;

/// <summary>Block tags alone on a line within a table: they repeat its rows, or leave some out. Pure.</summary>
internal static partial class TableTags
{
    /// <summary>Which of a passage's blanks stand so.</summary>
    /// <param name="first">The number of the first blank, in which <see cref="PlaceholderUse.Partner"/>
    /// counts.</param>
    public static IReadOnlySet<int> Of(string text, IReadOnlyList<PlaceholderUse> uses, int first)
    {
        var found = new HashSet<int>();
        for (var n = 0; n < uses.Count; n++)
        {
            var (use, blank) = (uses[n], uses[n].Placeholder);
            if (!found.Contains(n) && !(blank.Kind is BlankKind.If or BlankKind.Unless or BlankKind.Each
                && Begins(text, blank))) continue;
            if (!IsAlone(text, blank)) { found.Remove(n); continue; }
            found.Add(n);
            if (use.Partner - first is >= 0 and var partner && partner < uses.Count) found.Add(partner);
        }
        return found;
    }

    /// <summary>Rows above it, and one below.</summary>
    private static bool Begins(string text, Placeholder blank)
    {
        var (above, below) = (text[..blank.Offset].Split('\n')[..^1], Below(text, blank));
        if (!below.StartsWith('|')) return false;
        var rows = above.Reverse().TakeWhile(line => line.TrimStart().StartsWith('|') || Tag().IsMatch(line))
            .Where(line => line.TrimStart().StartsWith('|')).Reverse().Take(2).ToList();
        return rows.Count == 2 && Delimiters().IsMatch(rows[1]);
    }

    private static string Below(string text, Placeholder blank)
    {
        foreach (var line in text[(blank.Offset + blank.Length)..].Split('\n').Skip(1))
            if (!Tag().IsMatch(line)) return line.TrimStart();
        return "";
    }

    private static bool IsAlone(string text, Placeholder blank)
    {
        var from = text.LastIndexOf('\n', Math.Max(0, blank.Offset - 1)) + 1;
        var to = text.IndexOf('\n', blank.Offset) is var end and >= 0 ? end : text.Length;
        return text.AsSpan(from..to).Trim().Length == blank.Length;
    }

    [GeneratedRegex(@"^\s*\{\{[#/]?[^{}]+\}\}\s*$")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*\|(\s*:?-+:?\s*\|?)+\s*$")]
    private static partial Regex Delimiters();
}
