using System.Globalization;
using System.Net;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What the pages and the mail say that join a LINE account, in one language.</summary>
public sealed class LinkWords(bool isJapanese) : Bilingual(isJapanese)
{
    public string Title => this["LINEとの連携", "Link your LINE account"];

    /// <summary>{0}: the shop's name.</summary>
    public string Ask => this[
        "{0}をご利用のときのメールアドレスをお知らせください。確認のメールをお送りします。",
        "Which e-mail address do you use with {0}? We send you a mail to make sure that it is you."];
    public string Address => this["メールアドレス", "E-mail address"];
    public string Send => this["確認のメールを受け取る", "Send me the mail"];
    public string Sent => this[
        "ご登録のあるアドレスでしたら、確認のメールをお送りしました。1時間以内にメールのリンクを開いてください。",
        "If we know the address, a mail is on its way. Please open the link in it within an hour."];

    /// <summary>For who does not know the address.</summary>
    public string ByOrder => this["どのメールアドレスか分からないとき", "I do not know which address"];
    public string Number => this["ご注文番号", "Order number"];
    public string Phone => this["ご注文のときの電話番号", "Telephone number of the order"];
    public string SentByOrder => this[
        "ご注文番号と電話番号がご注文の内容と合うときは、そのときのメールアドレスに確認のメールをお送りしました。1時間以内にメールの"
            + "リンクを開いてください。",
        "If both belong to one order, a mail is on its way to the address of its customer. Please open "
            + "the link in it within an hour."];
    public string Linked => this["このLINEは、お客様の情報と連携しています。", "This LINE account is linked to what we know of you."];
    public string Unlink => this["連携を解除する", "Unlink it"];
    public string Proven => this[
        "{0}のお客様の情報と、LINEを連携します。お心当たりがなければ、この画面を閉じてください。",
        "This links your LINE account to what {0} knows of you. If you did not ask for it, close this page."];
    public string Prove => this["LINEと連携する", "Link my LINE account"];
    public string Confirm => this[
        "最後に、LINEの画面で連携をご確認ください。LINEを使っているスマートフォンでお開きください。",
        "At last LINE asks you once more. Open this on the phone on which you use LINE."];
    public string ToLine => this["LINEで確認する", "Confirm on LINE"];
    public string Anothers => this[
        "このLINEは、別のお客様の情報と連携しています。先にそちらの連携を解除してください。",
        "This LINE account is linked to another customer. Unlink it there first."];
    public string Unanswered => this[
        "いまLINEにつながりません。しばらくしてから、もう一度お試しください。", "LINE does not answer just now. Please try again in a while."];
    public string Unknown => this[
        "このリンクは使えません。もう一度、LINEのメッセージからお開きください。", "This link cannot be used. Please open the one in LINE once more."];

    /// <summary>{0}: the shop's name.</summary>
    public string MailSubject => this["【{0}】LINEとの連携のご確認", "{0}: link your LINE account"];

    /// <inheritdoc cref="MailSubject"/>
    public string MailText => this[
        "LINEで、{0}のお客様の情報との連携のお申し込みがありました。お申し込みになった方は、1時間以内に次のリンクを"
            + "お開きください。お心当たりがなければ、このメールは捨ててください。何も変わりません。",
        "Somebody asked on LINE to link their account to what {0} knows of you. If that was you, open the "
            + "link within an hour. If not, throw this mail away: nothing changes."];

    public static LinkWords For(Customer? customer, ShopSettings shop) =>
        new(PreferenceWords.AreJapanese(customer, shop));

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
}
