using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What pages and mails say of a change of address, in one language. {0}: the shop's name; {1}: the address,
/// masked.</summary>
public sealed class AddressWords(bool isJapanese) : Bilingual(isJapanese)
{
    public string Title => this["お届け先のメールアドレス", "Where your mails go"];

    /// <summary>{0}: the address, masked.</summary>
    public string Now => this["いまのお届け先: {0}", "Now: {0}"];
    public string New => this["新しいメールアドレス", "New e-mail address"];
    public string Ask => this["アドレスを変更する", "Change the address"];
    public string Sent => this[
        "新しいアドレスに確認のメールをお送りします。1時間以内にメールのリンクを開いてください。それまで、いまのアドレスにお届けします。",
        "We send a mail to the new address. Please open the link in it within an hour; until then your mails go "
            + "where they went."];
    public string NotAnAddress => this["メールアドレスをご確認ください。", "Please check the address."];
    public string TooOften => this["しばらくしてから、もう一度お試しください。", "Please try again in a while."];
    public string Question => this[
        "{0}からのメールを、これからは {1} でお受け取りになりますか。お心当たりがなければ、この画面を閉じてください。",
        "Would you like to get the mails from {0} at {1} from now on? If you did not ask for this, close "
            + "this page."];
    public string Confirm => this["このアドレスで受け取る", "Use this address"];
    public string Done => this["これからは {1} にお届けします。", "From now on your mails go to {1}."];
    public string Anothers => this[
        "このアドレスは、別のお客様の情報に登録されています。下記までご連絡ください。", "This address belongs to another customer. Please write to us."];
    public string Unknown => this[
        "このリンクはお使いいただけません。もう一度、メールの設定からお申し込みください。",
        "This link cannot be used any more. Please ask again on the page with your mail settings."];
    public string AskSubject => this["【{0}】メールアドレスのご確認", "{0}: is this your address?"];
    public string AskText => this[
        "{0}からのメールのお届け先を、このアドレスに変えるお申し込みがありました。お申し込みになった方は、1時間以内に次のリンクをお開きください。"
            + "お心当たりがなければ、このメールは捨ててください。何も変わりません。",
        "Somebody asked to get the mails from {0} at this address. If that was you, open the link within an "
            + "hour. If not, throw this mail away: nothing changes."];
    public string ToldSubject => this["【{0}】メールアドレスを変更しました", "{0}: your address was changed"];
    public string ToldText => this[
        "{0}からのメールのお届け先を、お申し込みにより {1} に変更しました。お心当たりがなければ、このメールにご返信ください。",
        "As you asked, the mails from {0} now go to {1}. If it was not you, answer this mail."];

    public static AddressWords For(Customer? customer, ShopSettings shop) =>
        new(PreferenceWords.AreJapanese(customer, shop));
}
