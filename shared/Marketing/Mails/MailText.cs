using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>The text part of a mail, made from the same Markdown: headings marked, lists with ・, links as <c>text:
/// url</c>.</summary>
public sealed class MailText
{
    private readonly StringBuilder text = new();
    private readonly BlockPages blocks;

    private MailText(BlockPages blocks) => this.blocks = blocks;

    internal static string Of(MarkdownDocument document, BlockPages blocks)
    {
        var part = new MailText(blocks);
        part.Blocks(document, "");
        return part.text.ToString().Trim('\n') + "\n";
    }

    private void Blocks(ContainerBlock blocks, string indent)
    {
        foreach (var block in blocks) Write(block, indent);
    }

    private void Write(Block block, string indent)
    {
        switch (block)
        {
            case MailMarkdown.TagLine tags: text.Append(tags.Marks).Append('\n'); break;
            case HeadingBlock heading: Line(indent, (heading.Level == 1 ? "■ " : "▼ ") + Inline(heading.Inline)); break;
            case ParagraphBlock paragraph: Line(indent, Inline(paragraph.Inline)); break;
            case ListBlock list: List(list, indent); break;
            case ThematicBreakBlock: Line(indent, "――――――――――"); break;
            case QuoteBlock quote: Blocks(quote, indent + "  "); break;
            case Table table: Rows(table, indent); break;
            case ContainerBlock inner: Blocks(inner, indent); break;
            case FencedCodeBlock fenced when MailBlockReader.Of(fenced) is { } known:
                text.Append(blocks.Text(known).TrimEnd('\n')).Append("\n\n");
                break;
            case LeafBlock leaf: Line(indent, leaf.Lines.ToString()); break;
        }
    }

    /// <summary>A paragraph and the empty line after it; further lines are indented alike.</summary>
    private void Line(string indent, string line) =>
        text.Append(indent).Append(line.Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append("\n\n");

    private void List(ListBlock list, string indent)
    {
        var number = MailMarkdown.First(list);
        foreach (var block in list)
        {
            var begin = text.Length;
            Blocks((ContainerBlock)block, indent + "  ");
            text.Remove(begin, Math.Min(indent.Length + 2, text.Length - begin)).Insert(
                begin, indent + (list.IsOrdered ? $"{number++}. " : "・"));
            if (text.Length > 1 && text[^1] == '\n' && text[^2] == '\n') text.Length--;
        }
        text.Append('\n');
    }

    private void Rows(Table table, string indent)
    {
        foreach (var row in table.OfType<TableRow>())
            if (MailMarkdown.Tags(row) is { } tags) text.Append(tags).Append('\n');
            else if (!MailMarkdown.IsEmptyHeading(row))
                text.Append(indent).AppendJoin("  ", row.OfType<TableCell>().Select(
                cell => string.Join(" ", cell.OfType<LeafBlock>().Select(leaf => Inline(leaf.Inline))))).Append('\n');
        text.Append('\n');
    }

    private static string Inline(ContainerInline? inlines)
    {
        var line = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            line.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                LineBreakInline => "\n",
                CodeInline code => code.Content,
                AutolinkInline link => link.Url,
                LinkInline { IsImage: true } image => Inline(image),
                LinkInline link => Link(Inline(link), string.Concat(MailMarkdown.Address(link))),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                ContainerInline inner => Inline(inner),
                _ => "",
            });
        return line.ToString();
    }

    private static string Link(string words, string url) => words.Length == 0 || words == url ? url : $"{words}: {url}";
}
