using System.Globalization;
using System.Net;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What the pages and the mail say that join a LINE account, in one language.</summary>
public sealed record LinkWords
{
    public required string Language { get; init; }
    public required string Title { get; init; }

    /// <summary>{0}: the shop's name.</summary>
    public required string Ask { get; init; }
    public required string Address { get; init; }
    public required string Send { get; init; }
    public required string Sent { get; init; }

    /// <summary>For who does not know the address.</summary>
    public required string ByOrder { get; init; }
    public required string Number { get; init; }
    public required string Phone { get; init; }
    public required string SentByOrder { get; init; }
    public required string Linked { get; init; }
    public required string Unlink { get; init; }
    public required string Proven { get; init; }
    public required string Prove { get; init; }
    public required string Confirm { get; init; }
    public required string ToLine { get; init; }
    public required string Anothers { get; init; }
    public required string Unanswered { get; init; }
    public required string Unknown { get; init; }

    /// <summary>{0}: the shop's name.</summary>
    public required string MailSubject { get; init; }

    /// <inheritdoc cref="MailSubject"/>
    public required string MailText { get; init; }

    public static LinkWords For(Customer? customer, ShopSettings shop) =>
        PreferenceWords.For(customer, shop).Language == "ja" ? Japanese : English;

    /// <summary>The page of a step.</summary>
    public static string Html(LinkStep step, ShopSettings shop)
    {
        var who = step switch
        {
            LinkStep.Asks(var line) => line,
            LinkStep.Sent(var line, _) => line,
            LinkStep.Linked(var line) => line,
            LinkStep.Proven(var account) => account,
            LinkStep.Confirms(var account, _) => account,
            LinkStep.Refused(var account, _) => account,
            _ => null,
        };
        var (say, frame) = (For(who, shop), PreferenceWords.For(who, shop));
        return PreferencePage.Frame(frame, shop, say.Title, step switch
        {
            LinkStep.Asks => $"<p>{Filled(say.Ask, shop)}</p><form method=\"post\">"
                + Field(say.Address, "email", "email", "email")
                + $"<button class=\"main\" name=\"choice\" value=\"ask\">{Safe(say.Send)}</button></form>"
                + "<details style=\"margin-top:1.2rem\"><summary style=\"padding:.6rem 0\">"
                + $"{Safe(say.ByOrder)}</summary>"
                + "<form method=\"post\">"
                + Field(say.Number, "order", "text", "off") + Field(say.Phone, "phone", "tel", "tel")
                + $"<button class=\"quiet\" name=\"choice\" value=\"order\">{Safe(say.Send)}</button></form></details>",
            LinkStep.Sent(_, var isByOrder) =>
                $"<p role=\"status\">{Safe(isByOrder ? say.SentByOrder : say.Sent)}</p>",
            LinkStep.Linked => $"<p>{Safe(say.Linked)}</p><form method=\"post\">"
                + $"<button class=\"quiet\" name=\"choice\" value=\"unlink\">{Safe(say.Unlink)}</button></form>",
            LinkStep.Proven => $"<p>{Filled(say.Proven, shop)}</p><form method=\"post\">"
                + $"<button class=\"main\" name=\"choice\" value=\"confirm\">{Safe(say.Prove)}</button></form>",
            LinkStep.Confirms(_, var url) => $"<p>{Safe(say.Confirm)}</p>"
                + $"<p><a href=\"{Safe(url)}\" rel=\"noreferrer\">{Safe(say.ToLine)}</a></p>",
            LinkStep.Refused(_, var another) => $"<p>{Safe(another ? say.Anothers : say.Unanswered)}</p>",
            _ => $"<p>{Safe(say.Unknown)}</p>",
        });
    }

    private static string Field(string label, string name, string type, string autocomplete) =>
        $"<label>{Safe(label)}<br><input type=\"{type}\" name=\"{name}\" autocomplete=\"{autocomplete}\" required "
        + "style=\"width:100%;height:2.6rem;font:inherit;border:1px solid #8a8f8b;border-radius:6px\"></label>";

    private static string Filled(string text, ShopSettings shop) =>
        Safe(string.Format(CultureInfo.InvariantCulture, text, shop.Name));

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static readonly LinkWords Japanese = new()
    {
        Language = "ja",
        Title = "LINEとの連携",
        Ask = "{0}をご利用のときのメールアドレスをお知らせください。確認のメールをお送りします。",
        Address = "メールアドレス",
        Send = "確認のメールを受け取る",
        Sent = "ご登録のあるアドレスでしたら、確認のメールをお送りしました。1時間以内にメールのリンクを開いてください。",
        ByOrder = "どのメールアドレスか分からないとき",
        Number = "ご注文番号",
        Phone = "ご注文のときの電話番号",
        SentByOrder = "ご注文番号と電話番号がご注文の内容と合うときは、そのときのメールアドレスに確認のメールをお送りしました。1時間以内にメールの"
            + "リンクを開いてください。",
        Linked = "このLINEは、お客様の情報と連携しています。",
        Unlink = "連携を解除する",
        Proven = "{0}のお客様の情報と、LINEを連携します。お心当たりがなければ、この画面を閉じてください。",
        Prove = "LINEと連携する",
        Confirm = "最後に、LINEの画面で連携をご確認ください。LINEを使っているスマートフォンでお開きください。",
        ToLine = "LINEで確認する",
        Anothers = "このLINEは、別のお客様の情報と連携しています。先にそちらの連携を解除してください。",
        Unanswered = "いまLINEにつながりません。しばらくしてから、もう一度お試しください。",
        Unknown = "このリンクは使えません。もう一度、LINEのメッセージからお開きください。",
        MailSubject = "【{0}】LINEとの連携のご確認",
        MailText = "LINEで、{0}のお客様の情報との連携のお申し込みがありました。お申し込みになった方は、1時間以内に次のリンクを"
            + "お開きください。お心当たりがなければ、このメールは捨ててください。何も変わりません。",
    };

    private static readonly LinkWords English = new()
    {
        Language = "en",
        Title = "Link your LINE account",
        Ask = "Which e-mail address do you use with {0}? We send you a mail to make sure that it is you.",
        Address = "E-mail address",
        Send = "Send me the mail",
        Sent = "If we know the address, a mail is on its way. Please open the link in it within an hour.",
        ByOrder = "I do not know which address",
        Number = "Order number",
        Phone = "Telephone number of the order",
        SentByOrder = "If both belong to one order, a mail is on its way to the address of its customer. Please open "
            + "the link in it within an hour.",
        Linked = "This LINE account is linked to what we know of you.",
        Unlink = "Unlink it",
        Proven = "This links your LINE account to what {0} knows of you. If you did not ask for it, close this page.",
        Prove = "Link my LINE account",
        Confirm = "At last LINE asks you once more. Open this on the phone on which you use LINE.",
        ToLine = "Confirm on LINE",
        Anothers = "This LINE account is linked to another customer. Unlink it there first.",
        Unanswered = "LINE does not answer just now. Please try again in a while.",
        Unknown = "This link cannot be used. Please open the one in LINE once more.",
        MailSubject = "{0}: link your LINE account",
        MailText = "Somebody asked on LINE to link their account to what {0} knows of you. If that was you, open the "
            + "link within an hour. If not, throw this mail away: nothing changes.",
    };
}
