using System.Net;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Sending;

/// <summary>The three faces of the opt-out page: plain, in Japanese, without cookies or scripts.</summary>
public enum UnsubscribePage { Ask, Done, Unknown }

/// <summary>The opt-out page as HTML.</summary>
public static class UnsubscribePages
{
    public static string Html(this UnsubscribePage page, ShopSettings shop)
    {
        var name = WebUtility.HtmlEncode(shop.Name);
        var (title, text) = page switch
        {
            UnsubscribePage.Ask => ("メール配信の停止", $"""<p>{name}からのご案内メールを停止します。下のボタンを押すと、すぐに停止されます。</p><form method="post"><button type="submit">配信を停止する</button></form><p class="note">ご注文に関する大切なご連絡は、停止後もお届けします。</p>"""),
            UnsubscribePage.Done => ("配信を停止しました", $"<p>{name}からのご案内メールは、今後お届けしません。これまでお読みいただき、ありがとうございました。</p>"),
            _ => ("リンクを確認できませんでした", "<p>お手数ですが、メールに記載のリンクをもう一度お開きください。うまくいかない場合は、下記までご連絡いただければ、こちらで停止いたします。</p>"),
        };
        return $$"""
            <!DOCTYPE html>
            <html lang="ja">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>{{title}} | {{name}}</title>
            <style>
            body { margin:0; background:#f4f4f1; color:#2b2e2c; font:16px/1.8 -apple-system,BlinkMacSystemFont,"Hiragino Sans","Yu Gothic Medium",Meiryo,sans-serif; }
            main { max-width:32rem; margin:10vh auto 0; padding:2rem; background:#fff; border-top:4px solid {{Mails.Layout.Accent(shop.Accent)}}; border-radius:8px; }
            h1 { font-size:1.3rem; margin:0 0 1rem; }
            button { font:inherit; font-weight:bold; padding:.8rem 2rem; border:0; border-radius:6px; background:{{Mails.Layout.Accent(shop.Accent)}}; color:{{Mails.Layout.OnAccent(shop.Accent)}}; cursor:pointer; }
            .note, footer { font-size:.85rem; color:#6d716d; }
            footer { max-width:32rem; margin:1rem auto; padding:0 2rem; }
            </style>
            </head>
            <body>
            <main><h1>{{title}}</h1>{{text}}</main>
            <footer>{{name}}<br>{{WebUtility.HtmlEncode(shop.PostalAddress)}}<br>お問い合わせ: {{WebUtility.HtmlEncode(shop.Contact.Email)}}</footer>
            </body>
            </html>

            """;
    }
}
