using System.Buffers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>How deep and how tangled a mail's Markdown may be: far beyond any letter, and less than costs the reader of
/// it its time or its stack.</summary>
public static class MailDepth
{
    /// <summary>Quotes and entries of lists that begin on one line.</summary>
    private const int MostOnOneLine = 12;

    /// <summary>Quotes, lists, emphasis and links within each other; an entry of a list counts twice.</summary>
    private const int Deepest = 40;

    /// <summary>Characters of one paragraph that may begin emphasis or a link: all of them are held against each
    /// other.</summary>
    private const int MostDelimiters = 2000;

    private static readonly SearchValues<char> Rule = SearchValues.Create("-* \t\r\n");

    /// <summary>What can be seen before the text is read: where in it, and what is wrong. Null: nothing.</summary>
    public static (int At, string Message)? Tangle(ReadOnlySpan<char> text)
    {
        var delimiters = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = text[at..].IndexOf('\n') is >= 0 and var end ? end + 1 : text.Length - at;
            var line = text.Slice(at, length);
            if (Markers(line) is { } deep)
                return (at + deep, $"quotes and lists are nested too deeply: at most {MostOnOneLine} on one line");
            if (line.IsWhiteSpace()) delimiters = 0;
            delimiters += line.Count('*') + line.Count('_') + line.Count('[');
            if (delimiters > MostDelimiters)
                return (at, $"this paragraph is too deep a tangle: it holds more than {MostDelimiters} of * _ [");
            at += length;
        }
        return null;
    }

    /// <summary>The text as read; or null, and where in it the nesting becomes too deep.</summary>
    public static (MarkdownDocument? Document, int Deep) Parse(string marked)
    {
        if (Try(marked) is not { } document) return (null, FirstTooDeep(marked));
        return Below(document) is { } deep ? (null, Math.Clamp(deep.Span.Start, 0, marked.Length)) : (document, -1);
    }

    public static string Message =>
        $"the text is nested too deeply here: quotes, lists, emphasis and links go at most {Deepest} deep";

    /// <summary>Where on a line one quote or entry too many begins; null: nowhere. A line of nothing but - or * is a
    /// rule.</summary>
    private static int? Markers(ReadOnlySpan<char> line)
    {
        var markers = 0;
        for (var at = 0; at < line.Length;)
        {
            var rest = line[at..];
            var length = rest[0] is ' ' or '\t' or '>' ? 1 : Marker(rest);
            if (length == 0 || (rest[0] is '-' or '*' && !rest.ContainsAnyExcept(Rule))) return null;
            if (rest[0] is not (' ' or '\t') && ++markers > MostOnOneLine) return at;
            at += length;
        }
        return null;
    }

    /// <summary>How long the mark of a list's entry is that begins here; 0: there is none.</summary>
    private static int Marker(ReadOnlySpan<char> rest)
    {
        var digits = 0;
        while (digits < rest.Length && digits < 9 && char.IsAsciiDigit(rest[digits])) digits++;
        var isMark = digits < rest.Length && (digits == 0 ? rest[0] is '-' or '*' or '+' : rest[digits] is '.' or ')');
        return isMark && digits + 1 < rest.Length && char.IsWhiteSpace(rest[digits + 1]) ? digits + 1 : 0;
    }

    private static MarkdownDocument? Try(string marked)
    {
        try { return MailMarkdown.Parse(marked); }
        catch (ArgumentException) { return null; }   // the reader's own limit
    }

    /// <summary>The beginning of the first line up to which the text cannot be read.</summary>
    private static int FirstTooDeep(string marked)
    {
        var begins = new List<int> { 0 };
        for (var at = marked.IndexOf('\n'); at >= 0; at = marked.IndexOf('\n', at + 1)) begins.Add(at + 1);
        var (fine, deep) = (-1, begins.Count - 1);
        while (deep - fine > 1)
        {
            var middle = (fine + deep) / 2;
            if (Try(marked[..(middle + 1 < begins.Count ? begins[middle + 1] : marked.Length)]) is null) deep = middle;
            else fine = middle;
        }
        return begins[deep];
    }

    /// <summary>The block in which the nesting becomes too deep; null: nowhere.</summary>
    private static Block? Below(MarkdownDocument document)
    {
        var open = new Stack<(MarkdownObject Node, Block Block, int Depth)>([(document, document, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > Deepest) return at.Block;
            switch (at.Node)
            {
                case ContainerBlock blocks:
                    foreach (var block in blocks) open.Push((block, block, at.Depth + 1));
                    break;
                case LeafBlock { Inline: { } line }:
                    open.Push((line, at.Block, at.Depth));
                    break;
                case ContainerInline inlines:
                    foreach (var inline in inlines) open.Push((inline, at.Block, at.Depth + 1));
                    break;
            }
        }
        return null;
    }
}
