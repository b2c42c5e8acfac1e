using System.Globalization;
using System.Text;
using Automation.Marketing.Files;

namespace Automation.Marketing.Mails;

/// <summary>How a blank is used where it stands.</summary>
public enum BlankPlace { Text, LinkStart, LinkPart }

/// <summary>The blanks of one mail while its Markdown is turned into HTML and text: each stands as a mark no Markdown
/// rule touches (noncharacters U+FDD0…U+FDD1 around its number, U+FDD2…U+FDD1 for block tags) and comes back as a tag
/// of the page.</summary>
public sealed class PlaceholderPass
{
    public const char Value = '\uFDD0';
    public const char Close = '\uFDD1';
    public const char Tag = '\uFDD2';
    private const char LinkStart = '\uFDD3';
    private const char LinkPart = '\uFDD4';

    /// <summary>The mail's language; null: the shop's own.</summary>
    public string? Language { get; init; }

    private readonly List<PlaceholderUse> blanks = [];
    private readonly List<(int Marked, int Written)> pieces = [];

    public IReadOnlyList<PlaceholderUse> Placeholders => blanks;

    /// <summary>The passage with its blanks as marks; what is wrong with them goes to
    /// <paramref name="problems"/>.</summary>
    /// <param name="isMarkdown">It is read as Markdown before its blanks are filled: block tags among the rows of a
    /// table become rows.</param>
    public string Mark(MailSource source, Passage passage, List<Problem> problems, bool isMarkdown = false)
    {
        foreach (var c in passage.Text)
            if (c is >= '\uFDD0' and <= '\uFDEF') problems.Add(source.Problem(passage.Offset + passage.Text.IndexOf(
                c, StringComparison.Ordinal), "the text holds a character that means nothing (U+FDD0–U+FDEF)"));
        var marked = new StringBuilder();
        var at = passage.Offset;
        pieces.Clear();
        var (first, uses) = (blanks.Count, PlaceholderGrammar.Read(
            source, PlaceholderScan.Find(source, passage, problems), blanks.Count, problems));
        var rows = isMarkdown ? TableTags.Of(source.Text, uses, first) : new HashSet<int>();
        foreach (var use in uses)
        {
            var edge = rows.Contains(blanks.Count - first) ? "|" : "";
            pieces.Add((marked.Length, at));
            marked.Append(source.Text, at, use.Placeholder.Offset - at);
            at = use.Placeholder.Offset + use.Placeholder.Length;
            if (use.Placeholder.Kind != BlankKind.Comment)
                marked.Append(edge).Append(use.Placeholder.IsBlockTag ? Tag : Value).Append(blanks.Count)
                    .Append(Close).Append(edge);
            blanks.Add(use);
        }
        pieces.Add((marked.Length, at));
        return marked.Append(source.Text, at, passage.Offset + passage.Text.Length - at).ToString();
    }

    /// <summary>Where in the file an index of the passage marked last stands.</summary>
    public int Written(int index)
    {
        var (marked, written) = pieces.FindLast(piece => piece.Marked <= index);
        return written + index - marked;
    }

    /// <summary>Something that is looked at without a blank of its own: a block's order, its suggestions.</summary>
    /// <param name="isNeeded">Without it the mail makes no sense.</param>
    /// <param name="at">In the file.</param>
    public void Ask(string name, bool isNeeded, int at) => blanks.Add(new(
        new Placeholder(at, 0, isNeeded ? BlankKind.Value : BlankKind.If, [new Word(at, name, false)]),
        $"@root.{name}"));

    /// <summary>A mark again, saying that it stands in a link's address.</summary>
    public static string InLink(string mark, bool first) => (first ? LinkStart : LinkPart) + mark[1..];

    /// <summary>Marks become tags of the page (<see cref="PageReader"/>).</summary>
    public string Unmark(string marked)
    {
        var template = new StringBuilder(marked.Length + 200);
        for (var at = 0; at < marked.Length; at++)
        {
            if (marked[at] is not (Value or Tag or LinkStart or LinkPart))
            {
                template.Append(marked[at]);
                continue;
            }
            // A backslash before a blank is not text: elsewhere it keeps a blank from being one, here nothing does.
            while (template.Length > 0 && template[^1] == '\\') template.Length--;
            var close = marked.IndexOf(Close, at);
            template.Append(BlankAt(marked, at).Expression(marked[at] switch
            {
                LinkStart => BlankPlace.LinkStart,
                LinkPart => BlankPlace.LinkPart,
                _ => BlankPlace.Text
            }, Language));
            at = close;
        }
        return template.ToString();
    }

    /// <summary>The blank whose mark begins at an index of what was marked.</summary>
    public PlaceholderUse BlankAt(string marked, int at) => blanks[int.Parse(
        marked.AsSpan(at + 1, marked.IndexOf(Close, at) - at - 1), NumberStyles.None, CultureInfo.InvariantCulture)];

    /// <summary>The mark that begins at an index, or null.</summary>
    public static string? MarkAt(string text, int at) =>
        text[at] is Value or Tag && text.IndexOf(Close, at) is var close and > 0 ? text[at..(close + 1)] : null;
}
