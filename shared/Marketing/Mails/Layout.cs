using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Marketing.Mails;

/// <summary>The frame around every mail: one column, the shop's name on top, and the parts the law wants at the foot.
/// Marketing mail carries name, postal address, contact and, at once followed by the link, the sentence that one may
/// refuse (特定電子メール法 art. 4); mail about an order carries name and contact. A mail's own text cannot reach it.</summary>
public static partial class Layout
{
    public const string OptOut = "今後このようなご案内が不要な場合は、下記よりいつでも配信を停止いただけます。";
    private const string DefaultAccent = "#2f5d50";
    private const string Font =
        "-apple-system,BlinkMacSystemFont,'Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic Medium',Meiryo,'Noto "
        + "Sans JP',sans-serif";
    private const string Heading = "font-size:15px;font-weight:bold;letter-spacing:.06em;color:#2b2e2c";
    private const string Running =
        "font-size:15px;line-height:1.9;color:#2b2e2c;word-break:break-word;overflow-wrap:anywhere";

    /// <summary>The page of the whole HTML part, with tags as <see cref="PageReader"/> reads them.</summary>
    public static string Html(string subject, string? preheader, string body) => $$$"""
        <!DOCTYPE html>
        <html lang="{{say @root.shop.language "shop.language"}}">
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
        }
        @media (prefers-color-scheme:dark) {
          .page { background-color:#17191a !important; }
          .card { background-color:#222527 !important; }
          .ink, .ink p, .ink h1, .ink h2, .ink h3, .ink li, .ink td, .ink a[style*="underline"] {
            color:#ececea !important; }
          .small, .small a { color:#a9aca8 !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background-color:#f4f4f1;-webkit-text-size-adjust:100%">
        {{{Preheader(preheader)}}}<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0"
          border="0" style="background-color:#f4f4f1">
        <tr><td align="center" style="padding:24px 8px">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"
          style="width:100%;max-width:600px">
        <tr><td class="card"
          style="background-color:#ffffff;border-top:4px solid {{@root.shop.accent}};border-radius:8px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td class="pad ink"
          style="padding:28px 40px 0;font-family:{{{Font}}};{{{Heading}}}">{{say @root.shop.name "shop.name"}}</td></tr>
        <tr><td class="pad ink" style="padding:24px 40px 20px;font-family:{{{Font}}};{{{Running}}}">
        {{{body}}}
        </td></tr>
        </table>
        </td></tr>
        <tr><td class="pad small"
          style="padding:20px 40px 32px;font-family:{{{Font}}};font-size:12px;line-height:1.8;color:#6d716d">
        {{#if @root.marketing}}
        <p style="margin:0 0 12px">{{say @root.shop.optOut "shop.optOut"}}<br><a
          href="{{link @root.unsubscribeUrl "unsubscribeUrl"}}"
          style="color:#6d716d;text-decoration:underline">配信を停止する</a></p>
        <p style="margin:0">{{say @root.shop.name "shop.name"}}<br>
          {{say @root.shop.postalAddress "shop.postalAddress"}}<br>
          {{{Contact}}}</p>
        {{else}}
        <p style="margin:0">{{say @root.shop.name "shop.name"}}<br>{{{Contact}}}</p>
        {{/if}}
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>

        """;

    /// <summary>The page of the whole text part.</summary>
    public static string Text(string body) => $$$"""
        {{{body}}}
        ――――――――――
        {{#if @root.marketing}}
        {{say @root.shop.optOut "shop.optOut"}}
        {{link @root.unsubscribeUrl "unsubscribeUrl"}}

        {{say @root.shop.name "shop.name"}}
        {{say @root.shop.postalAddress "shop.postalAddress"}}
        {{else}}
        {{say @root.shop.name "shop.name"}}
        {{/if}}
        お問い合わせ: {{say @root.shop.contact.email "shop.contact.email"}}{{{Phone}}}
        {{#if @root.shop.contact.url}}
        {{say @root.shop.contact.url "shop.contact.url"}}
        {{/if}}

        """;

    private const string Phone =
        """{{#if @root.shop.contact.phone}} / {{say @root.shop.contact.phone "shop.contact.phone"}}{{/if}}""";

    private const string Contact =
        """お問い合わせ: <a href="mailto:{{say @root.shop.contact.email "shop.contact.email"}}" style="color:#6d716d">"""
        + """{{say @root.shop.contact.email "shop.contact.email"}}</a>""" + Phone
        + """{{#if @root.shop.contact.url}}<br><a href="{{link @root.shop.contact.url "shop.contact.url"}}" """
        + """style="color:#6d716d">{{say @root.shop.contact.url "shop.contact.url"}}</a>{{/if}}""";

    /// <summary>The colour if it is one (#rrggbb): it goes into style attributes.</summary>
    public static string Accent(string accent) => Colour().IsMatch(accent) ? accent : DefaultAccent;

    /// <summary>Ink that can be read on the accent: white, or near black on light accents.</summary>
    public static string OnAccent(string accent)
    {
        var rgb = int.Parse(Accent(accent).AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var light = (0.299 * (rgb >> 16)) + (0.587 * ((rgb >> 8) & 255)) + (0.114 * (rgb & 255));
        return light > 160 ? "#1f2321" : "#ffffff";
    }

    /// <summary>Shown by inboxes beside the subject; the filler keeps the body's first words out of it.</summary>
    private static string Preheader(string? preheader) => preheader is null ? "" :
        $"<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all\">{preheader}"
        + $"{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40))}</div>\n";

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Colour();
}
