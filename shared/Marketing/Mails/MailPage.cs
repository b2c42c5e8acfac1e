namespace Automation.Marketing.Mails;

/// <summary>The frame around every mail: one column, the shop's logo or name on top, and the parts the law wants at the
/// foot. Marketing mail carries name, postal address, contact and, at once followed by the link, the sentence that one
/// may refuse (特定電子メール法 art. 4); mail about an order carries name and contact. A mail's own text cannot reach
/// it. Pages are literal text with tags as <see cref="PageReader"/> reads them.</summary>
/// <param name="language">Of the mail; null: the shop's own.</param>
/// <param name="hasBlocks">Are there blocks in it?</param>
internal sealed class MailPage(string? language, bool hasBlocks)
{
    private const string Font = "{{@root.shop.font}}";
    private const string Ink = "{{@root.shop.ink}}";
    private const string Ground = "{{@root.shop.ground}}";
    private const string Quiet = "{{@root.shop.quiet}}";
    private const string Heading = $"font-size:15px;font-weight:bold;letter-spacing:.06em;color:{Ink}";
    private const string Running =
        $"font-size:15px;line-height:1.9;color:{Ink};word-break:break-word;overflow-wrap:anywhere";
    private const string Hidden =
        "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all";

    /// <summary>Where its words are in the model.</summary>
    private readonly string words = $"@root.shop.in.[{language ?? MailWords.OfShop}]";

    public BlockPages Blocks => new(words);

    /// <summary>The page of the whole HTML part.</summary>
    /// <param name="above">A picture from edge to edge above the text; null: none.</param>
    public string Html(string subject, string? preheader, string? above, string body) => $$$"""
        <!DOCTYPE html>
        <html lang="{{{Say("language")}}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <meta name="format-detection" content="telephone=no,date=no,address=no">
        <title>{{{subject}}}</title>
        <style>
        @media (max-width:620px) {
          .pad { padding-left:20px !important; padding-right:20px !important; }
        {{{(hasBlocks ? BlockPages.Phone : "")}}}}
        @media (prefers-color-scheme:dark) {
          .page { background-color:#17191a !important; }
          .card { background-color:#222527 !important; }
          .ink, .ink p, .ink h1, .ink h2, .ink h3, .ink li, .ink td, .ink a[style*="underline"] {
            color:#ececea !important; }
          .small, .small a { color:#a9aca8 !important; }
        {{#if @root.shop.logo.dark}}
          .by-day { display:none !important; }
          .by-night { display:block !important; max-height:none !important; max-width:100% !important;
            opacity:1 !important; }
        {{/if}}
        {{{(hasBlocks ? BlockPages.Dark : "")}}}}
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background-color:{{{Ground}}};-webkit-text-size-adjust:100%">
        {{{Preheader(preheader)}}}<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0"
          border="0" style="background-color:{{{Ground}}}">
        <tr><td align="center" style="padding:24px 8px">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"
          style="width:100%;max-width:600px">
        <tr><td class="card"
          style="background-color:{{@root.shop.card}};border-top:4px solid {{@root.shop.accent}};border-radius:8px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td class="pad ink"
          style="padding:28px 40px 0;font-family:{{{Font}}};{{{Heading}}}">{{{Top}}}</td></tr>
        {{{Above(above)}}}<tr><td class="pad ink" style="padding:24px 40px 20px;font-family:{{{Font}}};{{{Running}}}">
        {{{body}}}
        </td></tr>
        </table>
        </td></tr>
        <tr><td class="pad small"
          style="padding:20px 40px 32px;font-family:{{{Font}}};font-size:12px;line-height:1.8;color:{{{Quiet}}}">
        {{#if @root.marketing}}
        <p style="margin:0 0 12px">{{{Say("optOut")}}}<br><a
          href="{{link @root.unsubscribeUrl "unsubscribeUrl"}}"
          style="color:{{{Quiet}}};text-decoration:underline">{{{Say("unsubscribe")}}}</a></p>
        {{{Footer}}}<p style="margin:0">{{{Say("name")}}}<br>
          {{{Say("postalAddress")}}}<br>
          {{{Contact}}}</p>
        {{else}}
        {{{Footer}}}<p style="margin:0">{{{Say("name")}}}<br>{{{Contact}}}</p>
        {{/if}}
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>

        """;

    /// <summary>The page of the whole text part.</summary>
    public string Text(string body) => $$$"""
        {{{body}}}
        ――――――――――
        {{#if @root.marketing}}
        {{{Say("optOut")}}}
        {{link @root.unsubscribeUrl "unsubscribeUrl"}}

        {{{Say("name")}}}
        {{{Say("postalAddress")}}}
        {{else}}
        {{{Say("name")}}}
        {{/if}}
        {{{Say("contact")}}}: {{say @root.shop.contact.email "shop.contact.email"}}{{{Phone}}}
        {{#if @root.shop.contact.url}}
        {{say @root.shop.contact.url "shop.contact.url"}}
        {{/if}}
        {{#each {{{words}}}.footer}}
        {{say this.words "brand.footer"}}: {{link this.url "brand.footer"}}
        {{/each}}

        """;

    /// <summary>Missing, it is missed under the name it has in shop.json.</summary>
    private string Say(string word) => $"{{{{say {words}.{word} \"shop.{word}\"}}}}";

    private string Top => "{{#if @root.shop.logo}}" + Logo("url", "by-day", "")
        + "{{#if @root.shop.logo.dark}}" + Logo("dark", "by-night", $"{Hidden};") + "{{/if}}"
        + $"{{{{else}}}}{Say("name")}{{{{/if}}}}";

    private string Logo(string which, string name, string hidden) =>
        $"<img class=\"{name}\" src=\"{{{{@root.shop.logo.{which}}}}}\" alt=\"{{{{{words}.name}}}}\" "
        + "width=\"{{@root.shop.logo.width}}\" "
        + $"style=\"{(hidden.Length == 0 ? "display:block;" : hidden)}height:auto;border:0\">";

    private string Footer =>
        $"{{{{#if {words}.footer}}}}<p style=\"margin:0 0 12px\">{{{{#each {words}.footer}}}}<a "
        + $"href=\"{{{{link this.url \"brand.footer\"}}}}\" style=\"display:inline-block;margin:0 16px 4px 0;"
        + $"color:{Quiet};text-decoration:underline\">{{{{say this.words \"brand.footer\"}}}}</a>{{{{/each}}}}</p>"
        + "{{/if}}";

    private static string Above(string? picture) => picture is null ? ""
        : $"<tr><td class=\"hero\" style=\"padding:20px 0 0;font-size:0;line-height:0\">{picture}</td></tr>\n";

    private const string Phone =
        """{{#if @root.shop.contact.phone}} / {{say @root.shop.contact.phone "shop.contact.phone"}}{{/if}}""";

    private string Contact =>
        $$$"""{{{Say("contact")}}}: <a href="mailto:{{say @root.shop.contact.email "shop.contact.email"}}" """
        + $$$"""style="color:{{{Quiet}}}">{{say @root.shop.contact.email "shop.contact.email"}}</a>""" + Phone
        + """{{#if @root.shop.contact.url}}<br><a href="{{link @root.shop.contact.url "shop.contact.url"}}" """
        + $$$"""style="color:{{{Quiet}}}">{{say @root.shop.contact.url "shop.contact.url"}}</a>{{/if}}""";

    /// <summary>Shown by inboxes beside the subject; the filler keeps the body's first words out of it.</summary>
    private static string Preheader(string? preheader) => preheader is null ? "" :
        $"<div style=\"{Hidden}\">{preheader}"
        + $"{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40))}</div>\n";
}
