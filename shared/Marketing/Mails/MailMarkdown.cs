using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>Markdown as mails use it: a new line is a new line, HTML is only text, emphasis works between Japanese
/// characters, block tags may stand on a line of their own.</summary>
public static partial class MailMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    public static MarkdownDocument Parse(string marked)
    {
        var document = Markdown.Parse(marked, Pipeline);
        MailPictures.TakeWidths(document);
        return document;
    }

    /// <summary>HTML of the body, styled inline as mail clients need it.</summary>
    internal static string Html(MarkdownDocument document, BlockPages blocks)
    {
        foreach (var node in document.Descendants()) Style(node);
        using var writer = new StringWriter();
        Renderer(writer, blocks).Render(document);
        return writer.ToString();
    }

    /// <summary>The picture above everything, from edge to edge.</summary>
    internal static string Hero(ParagraphBlock paragraph, BlockPages blocks)
    {
        foreach (var picture in paragraph.Inline!.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            var look = picture.GetAttributes();
            look.AddProperty("width", $"{MailPictures.Widest}");
            look.AddProperty("style", "display:block;width:100%;max-width:600px;height:auto;border:0");
        }
        using var writer = new StringWriter();
        Renderer(writer, blocks).WriteLeafInline(paragraph);
        return writer.ToString();
    }

    private static HtmlRenderer Renderer(TextWriter writer, BlockPages blocks)
    {
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new TagLineRenderer());
        renderer.ObjectRenderers.Insert(0, new LinkRenderer());
        renderer.ObjectRenderers.Insert(0, new BlockRenderer(blocks));
        renderer.ObjectRenderers.Insert(0, new RowRenderer());
        return renderer;
    }

    /// <summary>A link alone in its paragraph is a button; a picture that leads somewhere stays a picture.</summary>
    public static LinkInline? Button(ParagraphBlock paragraph) =>
        paragraph.Inline?.FirstChild is LinkInline { IsImage: false, NextSibling: null } link
            && !link.Any(part => part is LinkInline { IsImage: true }) ? link : null;

    /// <summary>The number of a list's first item.</summary>
    internal static int First(ListBlock list) =>
        int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseCjkFriendlyEmphasis().UseSoftlineBreakAsHardlineBreak()
            .UsePipeTables().UseAutoLinks().UseNonAsciiNoEscape().DisableHtml();
        builder.BlockParsers.Insert(0, new TagLineParser());
        return builder.Build();
    }

    private static void Style(MarkdownObject node)
    {
        var style = node switch
        {
            HeadingBlock { Level: 1 } => "margin:0 0 20px;font-size:22px;line-height:1.5;font-weight:bold",
            HeadingBlock { Level: 2 } => "margin:32px 0 12px;font-size:18px;line-height:1.5;font-weight:bold",
            HeadingBlock => "margin:24px 0 8px;font-size:16px;line-height:1.6;font-weight:bold",
            ParagraphBlock p when Button(p) is not null => "margin:28px 0;text-align:center",
            ParagraphBlock { Parent: ListItemBlock } => "margin:0 0 4px",
            ParagraphBlock => "margin:0 0 18px",
            ListBlock => "margin:0 0 18px;padding:0 0 0 24px",
            ListItemBlock => "margin:0 0 6px",
            QuoteBlock => "margin:0 0 18px;padding:2px 0 2px 16px;border-left:3px solid #d9d9d4",
            ThematicBreakBlock => "border:0;border-top:1px solid #e4e4df;margin:28px 0",
            Table => "width:100%;border-collapse:collapse;margin:0 0 18px",
            TableCell => $"{CellLook};text-align:left",
            LinkInline { IsImage: true } => "max-width:100%;height:auto;border:0;display:block",
            LinkInline { Parent.ParentBlock: ParagraphBlock p } link when Button(p) == link =>
                "display:inline-block;padding:14px 32px;border-radius:6px;background-color:{{@root.shop.accent}};"
                + "color:{{@root.shop.onAccent}};font-weight:bold;text-decoration:none",
            LinkInline or AutolinkInline => "color:{{@root.shop.accent}};text-decoration:underline",
            _ => null,
        };
        if (node is LinkInline { IsImage: true } picture && MailPictures.Width(picture) is { } width)
        {
            node.GetAttributes().AddProperty("width", width);
            style = width.EndsWith('%') ? $"width:{width};height:auto;border:0;display:block"
                : $"width:100%;max-width:{width}px;height:auto;border:0;display:block";
        }
        if (style is not null) node.GetAttributes().AddProperty("style", style);
    }

    /// <summary>Block tags alone on their line.</summary>
    internal sealed class TagLine(BlockParser parser) : LeafBlock(parser)
    {
        public required string Marks { get; init; }
    }

    private sealed class TagLineParser : BlockParser
    {
        public TagLineParser() => OpeningCharacters = [PlaceholderPass.Tag];

        public override bool CanInterrupt(BlockProcessor processor, Block block) => true;

        public override BlockState TryOpen(BlockProcessor processor)
        {
            var line = processor.Line.ToString().Trim();
            for (var at = 0; at < line.Length; at++)
            {
                if (char.IsWhiteSpace(line[at])) continue;
                if (line[at] != PlaceholderPass.Tag
                    || line.IndexOf(PlaceholderPass.Close, at) is not (var close and > 0)) return BlockState.None;
                at = close;
            }
            processor.NewBlocks.Push(new TagLine(
                this)
            { Marks = line, Column = processor.Column, Span = new(processor.Start, processor.Line.End) });
            return BlockState.BreakDiscard;
        }
    }

    private sealed class TagLineRenderer : HtmlObjectRenderer<TagLine>
    {
        protected override void Write(HtmlRenderer renderer, TagLine block) => renderer.WriteLine(block.Marks);
    }

    /// <summary>What stands between <c>```</c> lines.</summary>
    private sealed class BlockRenderer(BlockPages blocks) : HtmlObjectRenderer<FencedCodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, FencedCodeBlock block) =>
            renderer.WriteLine(MailBlockReader.Of(block) is { } known ? blocks.Html(known) : "");
    }

    /// <summary>The marks of a table's row that is nothing but block tags; null: it is a row like others.</summary>
    internal static string? Tags(TableRow row)
    {
        if (row.Count == 0 || row[0] is not TableCell { Count: 1 } first
            || first[0] is not LeafBlock { Inline.FirstChild: LiteralInline { NextSibling: null } only }
            || row.Skip(1).OfType<TableCell>().Any(cell => cell.OfType<LeafBlock>().Any(leaf =>
                leaf.Inline?.FirstChild is not null))) return null;
        var text = only.Content.ToString().Trim();
        return text.Length > 0 && TagsOnly().IsMatch(text) ? text : null;
    }

    /// <summary>The heading of a table that has none.</summary>
    internal static bool IsEmptyHeading(TableRow row) => row.IsHeader && row.OfType<TableCell>().All(cell =>
        cell.OfType<LeafBlock>().All(leaf => leaf.Inline?.FirstChild is null));

    private sealed class RowRenderer : HtmlObjectRenderer<Table>
    {
        private readonly HtmlTableRenderer whole = new();

        protected override void Write(HtmlRenderer renderer, Table table)
        {
            if (!table.OfType<TableRow>().Any(row => Tags(row) is not null))
            {
                whole.Write(renderer, table);
                return;
            }
            renderer.Write("<table").WriteAttributes(table).WriteLine("><tbody>");
            foreach (var row in table.OfType<TableRow>())
                if (Tags(row) is { } tags) renderer.WriteLine(tags);
                else if (!IsEmptyHeading(row)) Row(renderer, table, row);
            renderer.WriteLine("</tbody></table>");
        }

        private static void Row(HtmlRenderer renderer, Table table, TableRow row)
        {
            renderer.Write("<tr>");
            for (var n = 0; n < row.Count; n++)
            {
                var name = row.IsHeader ? "th" : "td";
                var aligned = n < table.ColumnDefinitions.Count ? table.ColumnDefinitions[n].Alignment : null;
                var style = ";text-align:" + (aligned switch
                {
                    TableColumnAlign.Right => "right",
                    TableColumnAlign.Center => "center",
                    _ => "left",
                });
                renderer.Write($"<{name} style=\"{CellLook}{style}\">");
                foreach (var leaf in ((TableCell)row[n]).OfType<LeafBlock>()) renderer.WriteLeafInline(leaf);
                renderer.Write($"</{name}>");
            }
            renderer.WriteLine("</tr>");
        }
    }

    private const string CellLook = "padding:8px 6px;border-bottom:1px solid #e4e4df";

    [GeneratedRegex("^(\uFDD2\\d+\uFDD1\\s*)+$")]
    private static partial Regex TagsOnly();

    /// <summary>Links whose address may hold blanks.</summary>
    private sealed class LinkRenderer : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            renderer.Write(link.IsImage ? "<img src=\"" : "<a href=\"");
            if (link.IsImage && MailPictures.Own(link.Url ?? "") is { } own)
                renderer.Write($"{{{{@root.shop.pictures.[{own}]}}}}");
            else foreach (var part in Address(link))
                if (part[0] is >= '\uFDD0' and <= '\uFDD4') renderer.Write(part);
                else renderer.WriteEscapeUrl(part);
            renderer.Write("\"");
            if (link.IsImage)
            {
                renderer.Write(" alt=\"");
                renderer.EnableHtmlForInline = false;
                renderer.WriteChildren(link);
                renderer.EnableHtmlForInline = true;
                renderer.Write("\"").WriteAttributes(link).Write(" />");
                return;
            }
            renderer.WriteAttributes(link).Write(">");
            renderer.WriteChildren(link);
            renderer.Write("</a>");
        }
    }

    /// <summary>A link's address in pieces: literal text, and marks that know where in the address they
    /// stand.</summary>
    internal static List<string> Address(LinkInline link)
    {
        var (url, parts) = (link.Url ?? "", new List<string>());
        for (var at = 0; at < url.Length;)
        {
            if (PlaceholderPass.MarkAt(url, at) is { } mark)
            {
                parts.Add(PlaceholderPass.InLink(mark, parts.Count == 0));
                at += mark.Length;
                continue;
            }
            var next = url.IndexOfAny([PlaceholderPass.Value, PlaceholderPass.Tag], at) is var found and >= 0 ? found
                : url.Length;
            parts.Add(url[at..next]);
            at = next;
        }
        return parts;
    }
}
