using System.Text;

namespace Automation.Marketing.Mails;

/// <summary>Reads the page that a mail is compiled to (literal text with tags between braces: a few helpers, if,
/// unless, each; see <see cref="PlaceholderUse.Expression"/> and <see cref="Layout"/>) into parts. A block's tag alone
/// on its line takes the line with it.</summary>
public sealed class PageReader
{
    private readonly List<(bool IsTag, string Text)> tokens = [];
    private int at;

    private PageReader(string template)
    {
        var pieces = Pieces(template);
        for (var n = 0; n < pieces.Count; n++)
            if (pieces[n].IsTag) tokens.Add(pieces[n]);
            else tokens.Add((false, Trimmed(pieces, n)));
    }

    public static IReadOnlyList<TemplateNode> Read(string template)
    {
        var reader = new PageReader(template);
        var parts = reader.Parts(out _);
        return reader.at == reader.tokens.Count ? parts
            : throw new FormatException("A block of the template closes twice.");
    }

    private static List<(bool IsTag, string Text)> Pieces(string template)
    {
        var pieces = new List<(bool, string)>();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0) open = template.Length;
            if (open > at) pieces.Add((false, template[at..open]));
            if (open == template.Length) break;
            var close = End(template, open + 2);
            pieces.Add((true, template[(open + 2)..close]));
            at = close + 2;
        }
        return pieces;
    }

    /// <summary>Of the tag's inside: braces between quotes do not count.</summary>
    private static int End(string template, int from)
    {
        for (var (n, quote) = (from, '\0'); n < template.Length; n++)
        {
            if (quote != '\0') quote = template[n] == quote ? '\0' : quote;
            else if (template[n] is '"' or '\'') quote = template[n];
            else if (template[n] == '}' && n + 1 < template.Length && template[n + 1] == '}') return n;
        }
        throw new FormatException("A tag of the template is not closed.");
    }

    private static string Trimmed(List<(bool IsTag, string Text)> pieces, int n)
    {
        var text = pieces[n].Text.AsSpan();
        if (n > 0 && IsAlone(pieces, n - 1))
        {
            text = text.TrimStart(" \t");
            if (text.StartsWith("\r\n")) text = text[2..];
            else if (text.StartsWith("\n")) text = text[1..];
        }
        if (n < pieces.Count - 1 && IsAlone(pieces, n + 1)) text = text.TrimEnd(" \t");
        return text.ToString();
    }

    /// <summary>A block's tag with nothing else on its line.</summary>
    private static bool IsAlone(List<(bool IsTag, string Text)> pieces, int n)
    {
        if (!pieces[n].IsTag || !(pieces[n].Text[0] is '#' or '/' || pieces[n].Text == "else")) return false;
        return Before(pieces, n) && After(pieces, n);
    }

    private static bool Before(List<(bool IsTag, string Text)> pieces, int n)
    {
        if (n == 0) return true;
        if (pieces[n - 1].IsTag) return false;
        var text = pieces[n - 1].Text.AsSpan();
        var blank = text[text.TrimEnd().Length..];
        return blank.Contains('\n') || (n == 1 && blank.Length == text.Length);
    }

    private static bool After(List<(bool IsTag, string Text)> pieces, int n)
    {
        if (n == pieces.Count - 1) return true;
        if (pieces[n + 1].IsTag) return false;
        var rest = pieces[n + 1].Text.AsSpan().TrimStart(" \t");
        return rest.StartsWith("\n") || rest.StartsWith("\r\n") || (n == pieces.Count - 2 && rest.IsEmpty);
    }

    /// <summary>Up to the end, an else or a closing tag, which is left where it stands.</summary>
    private List<TemplateNode> Parts(out string source)
    {
        var (parts, written) = (new List<TemplateNode>(), new StringBuilder());
        for (; at < tokens.Count; at++)
        {
            var (isTag, text) = tokens[at];
            if (isTag && (text == "else" || text[0] == '/')) break;
            if (isTag && text[0] == '#') parts.Add(Block());
            else if (isTag) parts.Add(Value(text));
            else if (text.Length > 0) parts.Add(new TemplateNode.Literal(text));
            else continue;
            written.Append(parts[^1] switch
            {
                TemplateNode.Block block => block.Source,
                TemplateNode.Value value => value.Source,
                _ => text
            });
        }
        source = written.ToString();
        return parts;
    }

    private TemplateNode.Block Block()
    {
        var opening = tokens[at++].Text;
        var words = Words(opening[1..]);
        var then = Parts(out var source);
        List<TemplateNode> otherwise = [];
        if (at < tokens.Count && tokens[at].Text == "else")
        {
            at++;
            otherwise = Parts(out var more);
            source += "{{else}}" + more;
        }
        if (at == tokens.Count || tokens[at].Text != $"/{words[0]}")
            throw new FormatException($"The block {{{{{opening}}}}} of the template is not closed.");
        return new(words[0], new(words[1]), then, otherwise)
        {
            Source = $"{{{{{opening}}}}}{source}{{{{/{words[0]}}}}}",
        };
    }

    private static TemplateNode.Value Value(string tag) => Words(tag) switch
    {
        [var path] => new($"{{{{{tag}}}}}", null, new(path), path),
        [var helper, var path, var name] => new($"{{{{{tag}}}}}", helper, new(path), name),
        [var helper, var path, var name, var argument] =>
            new($"{{{{{tag}}}}}", helper, new(path), name) { Argument = argument },
        _ => throw new FormatException($"A tag of the template is not understood: {tag}"),
    };

    /// <summary>At the spaces, except between quotes (which go) and brackets (which stay).</summary>
    private static List<string> Words(string tag)
    {
        var words = new List<string>();
        for (var n = 0; n < tag.Length;)
        {
            if (tag[n] == ' ') { n++; continue; }
            var end = tag[n] is '"' or '\'' ? tag.IndexOf(tag[n], n + 1) + 1
                : tag.IndexOf(' ', n) is var space && space < 0 ? tag.Length : space;
            if (tag[n] == '@' && tag.IndexOf('[', n, end - n) is > 0)
                end = tag.IndexOf(' ', tag.IndexOf(']', n)) is var behind and >= 0 ? behind : tag.Length;
            words.Add(tag[n] is '"' or '\'' ? tag[(n + 1)..(end - 1)] : tag[n..end]);
            n = end;
        }
        return words;
    }
}
