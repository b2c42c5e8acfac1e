using System.Text;
using Automation.Marketing.Mails;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Answers;

/// <summary>An answer's Markdown as plain text, which every channel can show: paragraphs, lists, headings; a link is
/// its words and its address. Pure.</summary>
public static class AnswerText
{
    /// <exception cref="AnswerShapeException">There is something in it that a chat does not show.</exception>
    public static string Of(string markdown)
    {
        if (markdown.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var blank)
            throw new AnswerShapeException(blank, "answers have no blanks {{ }}: everybody gets the same words");
        var parts = MailMarkdown.Parse(markdown).Select(Block).Where(text => text.Length > 0).ToList();
        return parts.Count > 0 ? string.Join("\n\n", parts)
            : throw new AnswerShapeException(0, "an answer says nothing");
    }

    private static string Block(Block block) => block switch
    {
        HeadingBlock heading => Words(heading.Inline),
        ParagraphBlock paragraph => Words(paragraph.Inline),
        ListBlock list => string.Join('\n', Items(list)),
        QuoteBlock quote => string.Join('\n', quote.Select(Block)),
        ThematicBreakBlock => "",
        _ => throw Nothing(block.Span.Start),
    };

    private static IEnumerable<string> Items(ListBlock list)
    {
        var number = MailMarkdown.First(list);
        foreach (var item in list.OfType<ListItemBlock>())
            yield return (list.IsOrdered ? $"{number++}. " : "・") + string.Join('\n', item.Select(Block));
    }

    private static string Words(ContainerInline? inlines)
    {
        var words = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            words.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                LineBreakInline => "\n",
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => link.Url,
                LinkInline { IsImage: true } picture => throw Nothing(picture.Span.Start),
                LinkInline link => Words(link) is var said && said == link.Url ? said : $"{said} {link.Url}",
                ContainerInline inner => Words(inner),
                _ => "",
            });
        return words.ToString().Trim();
    }

    private static AnswerShapeException Nothing(int at) => new(
        Math.Max(0, at), "an answer is text: paragraphs, lists, headings and links; pictures and tables are not shown");
}

/// <summary>Something in an answer that cannot be said in a chat.</summary>
/// <param name="at">Where in the text.</param>
public sealed class AnswerShapeException(int at, string message) : Exception(message)
{
    public int At => at;
}
