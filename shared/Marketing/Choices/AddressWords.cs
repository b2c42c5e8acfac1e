using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What pages and mails say of a change of address, in one language. {0}: the shop's name; {1}: the address,
/// masked.</summary>
public sealed record AddressWords
{
    public required string Language { get; init; }
    public required string Title { get; init; }

    /// <summary>{0}: the address, masked.</summary>
    public required string Now { get; init; }
    public required string New { get; init; }
    public required string Ask { get; init; }
    public required string Sent { get; init; }
    public required string NotAnAddress { get; init; }
    public required string TooOften { get; init; }
    public required string Question { get; init; }
    public required string Confirm { get; init; }
    public required string Done { get; init; }
    public required string Anothers { get; init; }
    public required string Unknown { get; init; }
    public required string AskSubject { get; init; }
    public required string AskText { get; init; }
    public required string ToldSubject { get; init; }
    public required string ToldText { get; init; }

    public static AddressWords For(Customer? customer, ShopSettings shop) =>
        PreferenceWords.For(customer, shop).Language == "ja" ? Japanese : English;

    private static readonly AddressWords Japanese = new()
    {
        Language = "ja",
        Title = "お届け先のメールアドレス",
        Now = "いまのお届け先: {0}",
        New = "新しいメールアドレス",
        Ask = "アドレスを変更する",
        Sent = "新しいアドレスに確認のメールをお送りします。1時間以内にメールのリンクを開いてください。それまで、いまのアドレスにお届けします。",
        NotAnAddress = "メールアドレスをご確認ください。",
        TooOften = "しばらくしてから、もう一度お試しください。",
        Question = "{0}からのメールを、これからは {1} でお受け取りになりますか。お心当たりがなければ、この画面を閉じてください。",
        Confirm = "このアドレスで受け取る",
        Done = "これからは {1} にお届けします。",
        Anothers = "このアドレスは、別のお客様の情報に登録されています。下記までご連絡ください。",
        Unknown = "このリンクはお使いいただけません。もう一度、メールの設定からお申し込みください。",
        AskSubject = "【{0}】メールアドレスのご確認",
        AskText = "{0}からのメールのお届け先を、このアドレスに変えるお申し込みがありました。お申し込みになった方は、1時間以内に次のリンクをお開きください。"
            + "お心当たりがなければ、このメールは捨ててください。何も変わりません。",
        ToldSubject = "【{0}】メールアドレスを変更しました",
        ToldText = "{0}からのメールのお届け先を、お申し込みにより {1} に変更しました。お心当たりがなければ、このメールにご返信ください。",
    };

    private static readonly AddressWords English = new()
    {
        Language = "en",
        Title = "Where your mails go",
        Now = "Now: {0}",
        New = "New e-mail address",
        Ask = "Change the address",
        Sent = "We send a mail to the new address. Please open the link in it within an hour; until then your mails go "
            + "where they went.",
        NotAnAddress = "Please check the address.",
        TooOften = "Please try again in a while.",
        Question = "Would you like to get the mails from {0} at {1} from now on? If you did not ask for this, close "
            + "this page.",
        Confirm = "Use this address",
        Done = "From now on your mails go to {1}.",
        Anothers = "This address belongs to another customer. Please write to us.",
        Unknown = "This link cannot be used any more. Please ask again on the page with your mail settings.",
        AskSubject = "{0}: is this your address?",
        AskText = "Somebody asked to get the mails from {0} at this address. If that was you, open the link within an "
            + "hour. If not, throw this mail away: nothing changes.",
        ToldSubject = "{0}: your address was changed",
        ToldText = "As you asked, the mails from {0} now go to {1}. If it was not you, answer this mail.",
    };
}
