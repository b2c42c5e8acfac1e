using System.Text;

namespace Automation.Marketing.Mails;

/// <summary>Blocks as pieces of a page (<see cref="PageReader"/>): tables where Outlook knows nothing else, one card
/// below the other on a phone, and a text that says the same. Pure.</summary>
/// <param name="words">Where the words of the mail's language are in the model.</param>
internal sealed class BlockPages(string words)
{
    private const string Frame = "role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";
    private const string Line = "border-bottom:1px solid #e4e4df";
    private const string Small = "font-size:13px;line-height:1.7";

    /// <summary>Of the text within a card: 600 pixels less 40 at each side.</summary>
    private const int Width = 520;

    /// <summary>What only mails with blocks need: cards one below the other on a phone, lines in the dark.</summary>
    public const string Phone = "  .product, .beside { max-width:100% !important; }\n";

    /// <inheritdoc cref="Phone"/>
    public const string Dark = "  .ink a.name { color:#ececea !important; }\n"
        + "  .line { border-color:#4a4f52 !important; }\n";

    public string Html(MailBlock block) => block switch
    {
        MailBlock.Products products => Products(products),
        MailBlock.OrderTable => Order(),
        MailBlock.Coupon coupon => Coupon(coupon),
        _ => "<p style=\"margin:0 0 18px;text-align:center\">{{#each @root.shop.social}}<a "
            + "href=\"{{link this.url \"brand.social\"}}\" class=\"name line\" style=\"display:inline-block;"
            + "margin:0 4px 8px;padding:5px 16px;border:1px solid #8a8f8b;border-radius:20px;font-size:13px;"
            + "color:{{@root.shop.accent}};text-decoration:none\">{{say this.words \"brand.social\"}}</a>{{/each}}</p>",
    };

    public string Text(MailBlock block) => block switch
    {
        MailBlock.Products { Of: ProductsOf.Named } products => string.Concat(products.Ids.Select(id =>
            TextOf($"@root.shop.products.[{id}]"))),
        MailBlock.Products { Of: ProductsOf.Suggestions } => Each("suggestions", TextOf("this")),
        MailBlock.Products => NeedsOrder(Each("order.rows", TextOf("this"))),
        MailBlock.OrderTable => NeedsOrder(Each("order.rows",
            "{{say this.title \"title\"}}{{#if this.variant}} {{say this.variant \"variant\"}}{{/if}} "
            + "× {{say this.quantity \"quantity\"}}  {{say this.amount \"price\"}}\n")
            + $"{Say("total")}  {{{{say @root.order.total \"order.total\"}}}}"
            + $"{{{{#if @root.order.refunded}}}} ({Say("refunded")} "
            + "{{say @root.order.refunded \"order.refunded\"}}){{/if}}\n"),
        MailBlock.Coupon coupon => string.Join('\n', [$"【 {coupon.Code} 】", .. coupon.Notes]),
        _ => "{{#each @root.shop.social}}\n{{say this.words \"brand.social\"}}: "
            + "{{link this.url \"brand.social\"}}\n{{/each}}",
    };

    private static string Each(string list, string entry) =>
        $"{{{{#each @root.{list}}}}}\n{entry}{{{{/each}}}}\n";

    private static string TextOf(string product) =>
        $"{{{{#if {product}.title}}}}\n・{{{{say {product}.title \"title\"}}}}{{{{#if {product}.price}}}}"
        + $"  {{{{say {product}.price \"price\"}}}}{{{{/if}}}}\n{{{{#if {product}.leads}}}}\n  "
        + $"{{{{say {product}.leads \"url\"}}}}\n{{{{/if}}}}\n{{{{/if}}}}\n";

    /// <summary>Without an order a mail that shows one is not whole.</summary>
    private static string NeedsOrder(string page) =>
        $"{{{{#if @root.order}}}}\n{page}{{{{else}}}}\n{{{{say @root.order.total \"order.total\"}}}}\n{{{{/if}}}}\n";

    private string Say(string word) => $"{{{{say {words}.{word} \"{word}\"}}}}";

    private string Products(MailBlock.Products products)
    {
        var button = products.Button is { } own ? Escaped(own) : Say("see");
        if (products.Of == ProductsOf.Named)
        {
            var cards = new StringBuilder();
            foreach (var id in products.Ids)
                cards.Append($"{{{{#if @root.shop.products.[{id}].title}}}}")
                    .Append(Card($"@root.shop.products.[{id}]", products.Ids.Count, button)).Append("{{/if}}");
            return Cards(cards.ToString());
        }
        var list = products.Of == ProductsOf.Suggestions ? "suggestions" : "order";
        var page = new StringBuilder();
        foreach (var (count, n) in (ReadOnlySpan<(string, int)>)[("one", 1), ("two", 2), ("three", 3)])
            page.Append($"{{{{#if @root.shown.{list}.{count}}}}}")
                .Append(Cards(
                    $"{{{{#each @root.shown.{list}.{count}}}}}{Card("this", n, button)}{{{{/each}}}}"))
                .Append("{{/if}}");
        return products.Of == ProductsOf.Suggestions
            ? $"{{{{#if @root.suggestions}}}}{page}{{{{/if}}}}" : NeedsOrder(page.Append('\n').ToString());
    }

    private static string Cards(string cards) => $"""
        <table {Frame} width="100%" style="margin:0 0 18px"><tr><td align="center" style="font-size:0">
        <!--[if mso]><table {Frame}><tr><![endif]-->{cards}<!--[if mso]></tr></table><![endif]-->
        </td></tr></table>
        """;

    /// <summary>A single one has its words beside the picture; several have them below.</summary>
    private static string Card(string product, int beside, string button) => beside == 1
        ? $"{{{{#if {product}.picture}}}}{Cell("beside", 216, Picture(product, 204))}{{{{/if}}}}"
            + Cell("beside", Width - 216, About(product, button, 17, "left"))
        : Cell("product", Width / beside,
            Picture(product, (Width / beside) - 12) + About(product, button, 15, "center"));

    private static string Cell(string name, int width, string content) => $"""
        <!--[if mso]><td width="{width}" valign="top"><![endif]--><div class="{name}"
        style="display:inline-block;width:100%;max-width:{width}px;vertical-align:top">{content}</div><!--[if
        mso]></td><![endif]-->
        """;

    private static string Picture(string product, int width) =>
        $"{{{{#if {product}.picture}}}}<div style=\"padding:0 6px 12px;text-align:center\">"
        + Linked(product, $"<img src=\"{{{{{product}.picture}}}}\" alt=\"{{{{{product}.title}}}}\" width=\"{width}\" "
            + "style=\"display:block;width:100%;height:auto;border:0;border-radius:6px\" />")
        + "</div>{{/if}}";

    private static string About(string product, string button, int size, string align) =>
        $"<div style=\"padding:0 8px 16px;text-align:{align};font-size:15px\">"
        + $"<p style=\"margin:0 0 4px;font-size:{size}px;line-height:1.5;font-weight:bold\">"
        + Linked(product, $"{{{{say {product}.title \"title\"}}}}", " class=\"name\" "
            + "style=\"color:{{@root.shop.ink}};text-decoration:none\"")
        + $"</p>{{{{#if {product}.price}}}}<p style=\"margin:0 0 10px;{Small}\">{{{{say {product}.price \"price\"}}}}"
        + $"</p>{{{{/if}}}}{{{{#if {product}.leads}}}}{Button(product, button, align)}{{{{/if}}}}</div>";

    private static string Button(string product, string button, string align) => $"""
        <table {Frame} align="{align}"><tr><td bgcolor="{TheAccent}" style="border-radius:6px"><a
        href="{Value($"{product}.leads")}" style="display:inline-block;padding:10px 22px;border-radius:6px;
        background-color:{TheAccent};color:{Value("@root.shop.onAccent")};font-size:14px;line-height:1.4;
        font-weight:bold;text-decoration:none">{button}</a></td></tr></table>
        """;

    private const string TheAccent = "{{@root.shop.accent}}";

    private static string Value(string path) => $"{{{{{path}}}}}";

    private static string Linked(string product, string content, string look = "") =>
        $"{{{{#if {product}.leads}}}}<a href=\"{Value($"{product}.leads")}\"{look}>{content}</a>{{{{else}}}}{content}"
        + "{{/if}}";

    private string Order()
    {
        const string cell = $"padding:10px 0;{Line};vertical-align:top;text-align:left;line-height:1.6";
        var row = $"<tr>{{{{#if this.picture}}}}<td class=\"line\" width=\"76\" style=\"{cell}\"><img "
            + $"src=\"{Value("this.picture")}\" alt=\"\" width=\"64\" style=\"display:block;width:64px;height:auto;"
            + $"border:0;border-radius:4px\" /></td><td class=\"line\" style=\"{cell}\">{{{{else}}}}"
            + $"<td class=\"line\" colspan=\"2\" style=\"{cell}\">{{{{/if}}}}{{{{say this.title \"title\"}}}}"
            + $"<br /><span style=\"{Small}\">{{{{#if this.variant}}}}{{{{say this.variant \"variant\"}}}} "
            + "{{/if}}× {{say this.quantity \"quantity\"}}</span></td>"
            + $"<td class=\"line\" style=\"{cell};text-align:right;white-space:nowrap;padding-left:12px\">"
            + "{{say this.amount \"price\"}}</td></tr>";
        return NeedsOrder(
            "<table class=\"order\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
            + "style=\"border-collapse:collapse;margin:0 0 18px\"><tbody>"
            + $"{{{{#each @root.order.rows}}}}{row}{{{{/each}}}}"
            + Sum("total", "order.total", "font-weight:bold")
            + $"{{{{#if @root.order.refunded}}}}{Sum("refunded", "order.refunded", Small)}{{{{/if}}}}"
            + "</tbody></table>\n");
    }

    private string Sum(string word, string path, string look) =>
        $"<tr class=\"sum\"><td colspan=\"2\" style=\"padding:10px 0;text-align:left;{look}\">{Say(word)}</td>"
        + $"<td style=\"padding:10px 0 10px 12px;text-align:right;white-space:nowrap;{look}\">"
        + $"{{{{say @root.{path} \"{path}\"}}}}</td></tr>";

    private static string Coupon(MailBlock.Coupon coupon) =>
        $"<table {Frame} width=\"100%\" style=\"margin:0 0 18px\"><tr><td align=\"center\" class=\"coupon\" "
        + $"style=\"padding:18px 16px;border:2px dashed {TheAccent};border-radius:8px\">"
        + "<p style=\"margin:0;font-size:22px;line-height:1.5;font-weight:bold;letter-spacing:.1em;"
        + $"font-family:Consolas,Menlo,monospace\">{Escaped(coupon.Code)}</p>"
        + string.Concat(coupon.Notes.Select(note => $"<p style=\"margin:6px 0 0;{Small}\">{Escaped(note)}</p>"))
        + "</td></tr></table>";

    /// <summary>Text of the file's own; marks stay.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
