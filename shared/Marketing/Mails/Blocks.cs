using System.Text.RegularExpressions;

namespace Automation.Marketing.Mails;

/// <summary>Block tags in rendered parts: each branch must hold whole HTML elements, and a repeated list is one
/// list.</summary>
public static partial class Blocks
{
    /// <summary>Blocks whose branches cut an element in two, e.g. opened inside a paragraph and closed
    /// outside.</summary>
    public static IEnumerable<PlaceholderUse> Torn(string html, PlaceholderPass weave)
    {
        foreach (var (from, to, opener) in Branches(html, weave))
            if (!IsWhole(html.AsSpan(from, Math.Max(0, to - from)))) yield return opener;
    }

    /// <summary>{{#each}} around a list that holds nothing else goes into the list: one list with many
    /// entries.</summary>
    public static string JoinLists(string html, PlaceholderPass weave)
    {
        for (var n = weave.Placeholders.Count - 1; n >= 0; n--)
        {
            if (weave.Placeholders[n] is not { Placeholder.Kind: BlankKind.Each, Partner: >= 0 and var partner })
                continue;
            var (open, close) = ($"{PlaceholderPass.Tag}{n}{PlaceholderPass.Close}",
                $"{PlaceholderPass.Tag}{partner}{PlaceholderPass.Close}");
            var (from, to) =
                (html.IndexOf(open, StringComparison.Ordinal), html.IndexOf(close, StringComparison.Ordinal));
            if (from < 0 || to < from
                || List().Match(html[(from + open.Length)..to]) is not { Success: true } list) continue;
            var (head, inside, foot) =
                (list.Groups["head"].Value, list.Groups["inside"].Value, list.Groups["foot"].Value);
            if (inside.Contains("<ul", StringComparison.Ordinal)
                || inside.Contains("<ol", StringComparison.Ordinal)) continue;
            html = $"{html[..from]}{head}\n{open}{inside}{close}\n{foot}{html[(to + close.Length)..]}";
        }
        return html;
    }

    /// <summary>The empty line after a repeated entry belongs after the whole.</summary>
    public static string JoinLines(string text, PlaceholderPass weave)
    {
        for (var n = 0; n < weave.Placeholders.Count; n++)
            if (weave.Placeholders[n] is { Placeholder.Kind: BlankKind.Each, Partner: >= 0 and var partner }
                && $"{PlaceholderPass.Tag}{partner}{PlaceholderPass.Close}" is var close)
                text = text.Replace($"\n\n{close}\n", $"\n{close}\n\n", StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<(int From, int To, PlaceholderUse Opener)> Branches(string html, PlaceholderPass weave)
    {
        for (var n = 0; n < weave.Placeholders.Count; n++)
        {
            if (weave.Placeholders[n].Partner < 0) continue;
            var open = $"{PlaceholderPass.Tag}{n}{PlaceholderPass.Close}";
            var (from, to) = (html.IndexOf(open, StringComparison.Ordinal), html.IndexOf(
                $"{PlaceholderPass.Tag}{weave.Placeholders[n].Partner}{PlaceholderPass.Close}",
                StringComparison.Ordinal));
            if (from >= 0) yield return (from + open.Length, to, weave.Placeholders[n]);
        }
    }

    private static bool IsWhole(ReadOnlySpan<char> html)
    {
        var open = new Stack<string>();
        foreach (var tag in Element().EnumerateMatches(html))
        {
            var text = html.Slice(tag.Index, tag.Length);
            var name = text.Trim("</>").ToString().Split(' ', '\n')[0];
            if (name is "br" or "img" or "hr" || text.EndsWith("/>")) continue;
            if (!text.StartsWith("</")) open.Push(name);
            else if (!open.TryPop(out var opened) || opened != name) return false;
        }
        // A quote left open means that the block began inside an attribute.
        return open.Count == 0 && html.LastIndexOf('<') <= html.LastIndexOf('>');
    }

    [GeneratedRegex("</?[a-z][^>]*>")]
    private static partial Regex Element();

    [GeneratedRegex(
        "^\\s*(?<head><(?<list>ul|ol)[^>]*>)(?<inside>.*)(?<foot></\\k<list>>)\\s*\\z", RegexOptions.Singleline)]
    private static partial Regex List();
}
