using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Automation.Marketing.Mails;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Lines;

/// <summary>Markdown as LINE shows it (Messaging API, "Flex Message elements"). Paragraphs alone are a text; headings,
/// pictures, buttons, lists and tables make a bubble, and a line <c>---</c> begins the next one. Pure.</summary>
/// <param name="values">What the marks in the document stand for.</param>
/// <param name="pictures">Addresses of the shop's own pictures, by name.</param>
internal sealed class LineBlocks(IReadOnlyList<string> values, IReadOnlyDictionary<string, string> pictures)
{
    /// <summary>Messaging API: characters (UTF-16) of a text, bubbles beside each other.</summary>
    private const int LongestText = 5000, MostBubbles = 12;

    private const string Quiet = "#777777", Line = "#cccccc";

    /// <summary>The message's object: a text, or a flex message with its alt text.</summary>
    /// <param name="accent">The shop's colour.</param>
    /// <exception cref="LineShapeException">LINE would not take it.</exception>
    public JsonObject Message(MarkdownDocument document, string alt, string accent)
    {
        if (document.All(IsPlain)) return Text(document);
        var bubbles = new JsonArray();
        var part = new List<Block>();
        foreach (var block in document)
            if (block is not ThematicBreakBlock) part.Add(block);
            else if (part.Count > 0)
            {
                bubbles.Add(Bubble(part, accent));
                part.Clear();
            }
        if (part.Count > 0) bubbles.Add(Bubble(part, accent));
        if (bubbles.Count is 0 or > MostBubbles)
            throw new LineShapeException($"there can be 1 to {MostBubbles} bubbles; here are {bubbles.Count}", "---");
        var single = bubbles.Count == 1 ? bubbles[0]!.DeepClone() : null;
        return new()
        {
            ["type"] = "flex",
            ["altText"] = alt,
            ["contents"] = single ?? new JsonObject { ["type"] = "carousel", ["contents"] = bubbles },
        };
    }

    private static bool IsPlain(Block block) =>
        block is ParagraphBlock paragraph && Buttons(paragraph) is null && Picture(paragraph) is null;

    private JsonObject Text(MarkdownDocument document)
    {
        var text = string.Join("\n\n", document.OfType<ParagraphBlock>().Select(one => Words(one.Inline, true)))
            .Trim();
        if (text.Length == 0) throw new LineShapeException("there is no text left", "");
        if (text.Length > LongestText)
            throw new LineShapeException($"a text has at most {LongestText} characters; here are {text.Length}", "");
        return new() { ["type"] = "text", ["text"] = text };
    }

    private JsonObject Bubble(List<Block> blocks, string accent)
    {
        var bubble = new JsonObject { ["type"] = "bubble" };
        var (body, footer) = (new JsonArray(), new JsonArray());
        for (var n = 0; n < blocks.Count; n++)
        {
            if (n == 0 && blocks[0] is ParagraphBlock first && Picture(first) is { } hero)
                bubble["hero"] = Image(hero, isHero: true);
            else if (blocks[n] is ParagraphBlock paragraph && Buttons(paragraph) is { } buttons)
                foreach (var button in buttons) footer.Add(Button(button, accent, footer.Count == 0));
            else foreach (var component in Components(blocks[n])) body.Add(component);
        }
        if (body.Count > 0) bubble["body"] = Box("vertical", body, ("spacing", "md"));
        if (footer.Count > 0) bubble["footer"] = Box("vertical", footer, ("spacing", "sm"));
        return bubble.Count > 1 ? bubble : throw new LineShapeException("a bubble is empty", "---");
    }

    private IEnumerable<JsonNode> Components(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                return Text(Words(heading.Inline, false), ("weight", "bold"),
                    ("size", heading.Level switch { 1 => "xl", 2 => "lg", _ => "md" }));
            case ParagraphBlock paragraph when Picture(paragraph) is { } picture: return [Image(picture, false)];
            case ParagraphBlock paragraph: return Text(Words(paragraph.Inline, false));
            case ListBlock list: return Items(list);
            case QuoteBlock quote:
                return quote.SelectMany(inner => inner is ParagraphBlock said
                    ? Text(Words(said.Inline, false), ("size", "sm"), ("color", Quiet))
                    : throw Nothing(inner));
            case Table table: return [Rows(table)];
            case CodeBlock code:
                return Coupon(code is FencedCodeBlock { Info: { Length: > 0 } word } and not { Info: "coupon" }
                    ? throw new LineShapeException(Otherwise(word), $"```{word}")
                    : Filled(code.Lines.ToString().Trim()));
            default: throw Nothing(block);
        }
    }

    private static LineShapeException Nothing(Block block) =>
        new($"nothing in LINE looks like this ({block.GetType().Name.Replace("Block", "", StringComparison.Ordinal)
            .ToLowerInvariant()})", "");

    /// <summary>LINE refuses texts without a character; what is left of a blank without a value is nothing.</summary>
    private static IEnumerable<JsonNode> Text(string text, params ReadOnlySpan<(string Name, string Value)> look)
    {
        if (text.Trim().Length == 0) return [];
        var component = new JsonObject { ["type"] = "text", ["text"] = text.Trim(), ["wrap"] = true };
        foreach (var (name, value) in look) component[name] = value;
        return [component];
    }

    private List<JsonNode> Items(ListBlock list)
    {
        var items = new List<JsonNode>();
        var number = MailMarkdown.First(list);
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var words = string.Join('\n', item.Select(inner =>
                inner is ParagraphBlock said ? Words(said.Inline, false) : throw Nothing(inner)));
            if (words.Trim().Length > 0)
                items.AddRange(Text((list.IsOrdered ? $"{number++}. " : "・") + words.Trim()));
        }
        return items;
    }

    /// <summary>An order: each row a line, the last cell to the right. A heading without words is left out.</summary>
    private JsonObject Rows(Table table)
    {
        var rows = new JsonArray();
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = new JsonArray();
            var words = row.OfType<TableCell>()
                .Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Words(leaf.Inline, false))))
                .ToList();
            if (words.TrueForAll(string.IsNullOrWhiteSpace)) continue;
            for (var n = 0; n < words.Count; n++)
            {
                // A cell keeps its place also where there is nothing to say.
                var cell = new JsonObject
                {
                    ["type"] = "text",
                    ["text"] = words[n].Trim() is { Length: > 0 } said ? said : " ",
                    ["size"] = "sm",
                    ["wrap"] = true,
                };
                if (n == words.Count - 1 && n > 0) (cell["align"], cell["flex"]) = ("end", 0);
                if (row.IsHeader) cell["weight"] = "bold";
                cells.Add(cell);
            }
            rows.Add(Box("horizontal", cells, ("spacing", "md")));
        }
        return rows.Count > 0 ? Box("vertical", rows, ("spacing", "sm"))
            : throw new LineShapeException("a table has no rows", "|");
    }

    /// <summary>How a mail's block is written for LINE.</summary>
    private static string Otherwise(string word) => word switch
    {
        "order" => "on LINE an order is a table: | {{title}} × {{quantity}} | {{money price}} |",
        "products" => "on LINE a product is a bubble: a picture, a heading, a link on a line of its own, and --- "
            + "before the next",
        "social" => "on LINE a link on a line of its own is a button",
        _ => $"there is no block \"{word}\" on LINE; there is coupon",
    };

    /// <summary>The code, and below it what is to be said of it.</summary>
    private static IEnumerable<JsonNode> Coupon(string text)
    {
        var lines = text.Split('\n', 2);
        var words = new JsonArray([.. Text(lines[0], ("weight", "bold"), ("size", "lg"), ("align", "center")),
            .. lines.Length > 1 ? Text(lines[1], ("size", "sm"), ("align", "center")) : []]);
        return words.Count == 0 ? [] : [Box("vertical", words, ("paddingAll", "md"), ("borderWidth", "normal"),
            ("borderColor", Line), ("cornerRadius", "md"))];
    }

    private JsonObject Button(LinkInline link, string accent, bool isFirst)
    {
        var button = new JsonObject
        {
            ["type"] = "button",
            ["style"] = isFirst ? "primary" : "secondary",
            ["height"] = "sm",
            ["action"] = LineAction.To(Address(link), Words(link, false)),
        };
        if (isFirst) button["color"] = accent;
        return button;
    }

    private JsonObject Image(LinkInline picture, bool isHero)
    {
        var url = Address(picture);
        if (MailPictures.Own(url) is { } own)
            url = pictures.GetValueOrDefault(own)
                ?? throw new LineShapeException($"there is no picture \"{url}\"", url);
        if (!url.StartsWith("https://", StringComparison.Ordinal))
            throw new LineShapeException($"LINE shows pictures from https addresses only, not \"{url}\"", url);
        var image = new JsonObject { ["type"] = "image", ["url"] = url, ["size"] = "full" };
        if (isHero) (image["aspectRatio"], image["aspectMode"]) = ("20:13", "cover");
        return image;
    }

    private static JsonObject Box(
        string layout, JsonArray contents, params ReadOnlySpan<(string Name, string Value)> look)
    {
        var box = new JsonObject { ["type"] = "box", ["layout"] = layout, ["contents"] = contents };
        foreach (var (name, value) in look) box[name] = value;
        return box;
    }

    /// <summary>The links of a paragraph that holds nothing else, each on its line; null: it is not one.</summary>
    private static List<LinkInline>? Buttons(ParagraphBlock paragraph)
    {
        var links = new List<LinkInline>();
        foreach (var inline in paragraph.Inline ?? Enumerable.Empty<Inline>())
            if (inline is LinkInline { IsImage: false } link) links.Add(link);
            else if (inline is not LineBreakInline
                && !(inline is LiteralInline literal && literal.Content.ToString().Trim().Length == 0)) return null;
        return links.Count > 0 ? links : null;
    }

    private static LinkInline? Picture(ParagraphBlock paragraph) =>
        paragraph.Inline?.FirstChild is LinkInline { IsImage: true, NextSibling: null } picture ? picture : null;

    /// <summary>The words of a line. In a text an address stands behind its words and can be tapped; in a bubble only
    /// buttons can.</summary>
    private string Words(ContainerInline? inlines, bool isText)
    {
        var words = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            words.Append(inline switch
            {
                LiteralInline literal => Filled(literal.Content.ToString()),
                LineBreakInline => "\n",
                CodeInline code => Filled(code.Content),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => Filled(link.Url),
                LinkInline { IsImage: true } => throw new LineShapeException(
                    "a picture stands on a line of its own, with an empty line before and behind", "!["),
                LinkInline link when isText => Words(link, true) is var said && Address(link) is var url
                    && (said.Length == 0 || said == url) ? url : $"{said} {LineAction.Address(url)}",
                LinkInline link => throw new LineShapeException(
                    "a link within a sentence cannot be tapped in a bubble: put it on a line of its own, it becomes a "
                    + "button", Words(link, true)),
                ContainerInline inner => Words(inner, isText),
                _ => "",
            });
        return words.ToString();
    }

    /// <summary>A link's address: a value at its beginning is an address itself, any other a part of one.</summary>
    private string Address(LinkInline link)
    {
        var address = new StringBuilder();
        foreach (var part in MailMarkdown.Address(link))
            if (part[0] is not (>= '\uFDD0' and <= '\uFDD4')) address.Append(part);
            else
            {
                var value = values[int.Parse(part.AsSpan(1, part.Length - 2), CultureInfo.InvariantCulture)];
                address.Append(address.Length == 0 ? value : Uri.EscapeDataString(value));
            }
        return address.ToString();
    }

    /// <summary>Marks become what they stand for.</summary>
    private string Filled(string text)
    {
        if (text.IndexOf(PlaceholderPass.Value, StringComparison.Ordinal) < 0) return text;
        var filled = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
            if (PlaceholderPass.MarkAt(text, at) is not { } mark) filled.Append(text[at]);
            else
            {
                filled.Append(values[int.Parse(mark.AsSpan(1, mark.Length - 2), CultureInfo.InvariantCulture)]);
                at += mark.Length - 1;
            }
        return filled.ToString();
    }
}
