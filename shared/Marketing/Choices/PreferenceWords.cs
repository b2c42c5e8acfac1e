using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What the pages for customers say, in one language.</summary>
public sealed class PreferenceWords(bool isJapanese) : Bilingual(isJapanese)
{
    public string Title => this["メールの設定", "Your mail settings"];

    /// <summary>{0}: the shop's name.</summary>
    public string Intro => this[
        "{0}からお届けするご案内メールを、いつでもお好みに合わせて変更いただけます。",
        "Choose how often {0} may write to you. You can change this at any time."];
    public string Stop => this["すべての配信を停止する", "Stop all mails"];
    public string StopNote => this[
        "押すとすぐに停止します。ご注文に関する大切なご連絡は、停止後もお届けします。",
        "Takes effect at once. You will still get important messages about your orders."];
    public string Less => this["お届けを減らす", "Fewer mails"];
    public string Monthly => this["月に一度だけ受け取る", "Only once a month"];
    public string MonthlyNote => this["お便りは、毎月はじめの一通だけにします。", "Of each newsletter only the first one of the month."];
    public string IsMonthly => this["いまは、お便りを月に一度お届けしています。", "You get newsletters once a month."];
    public string Weekly => this["毎回受け取る", "Get every issue"];
    public string Pause => this["30日間お休みする", "Pause for 30 days"];
    public string PauseNote => this["お休みのあいだは、ご案内をお届けしません。", "No news from us until then."];

    /// <summary>{0}: the date.</summary>
    public string IsPaused => this["{0}まで、お休み中です。", "Paused until {0}."];
    public string Resume => this["お休みをやめて、受け取る", "End the pause"];
    public string Topics => this["受け取るお便り", "Newsletters you get"];
    public string Save => this["この内容で保存する", "Save"];
    public string Saved => this["変更を保存しました。", "Your settings are saved."];
    public string StoppedTitle => this["配信を停止しました", "You are unsubscribed"];
    public string JustStopped => this[
        "{0}からのご案内メールは、今後お届けしません。これまでお読みいただき、ありがとうございました。",
        "{0} will send you no more news. Thank you for reading until now."];
    public string Stopped => this["{0}からのご案内メールは、お届けしていません。", "{0} does not send you news."];
    public string Again => this["ご案内メールをもう一度受け取る", "Send me news again"];
    public string AgainNote => this[
        "確認のメールをお送りします。メールに記載のリンクを押していただくと、お届けを再開します。",
        "We will send you a mail first. News comes once you have opened the link in it."];
    public string AgainByWriting => this[
        "お届けの再開をご希望の場合は、下記までご連絡ください。", "If you would like to get news again, write to us."];
    public string Asked => this[
        "確認のメールをお送りします。メールに記載のリンクを押していただくと、お届けを再開します。それまで、ご案内はお届けしません。",
        "We are sending you a mail to make sure that it is you. News comes once you have opened the link in "
            + "it, and not before."];
    public string UnknownTitle => this["リンクを確認できませんでした", "We could not read this link"];
    public string Unknown => this[
        "お手数ですが、メールに記載のリンクをもう一度お開きください。うまくいかない場合は、下記までご連絡いただければ、こちらで停止いたします。",
        "Please open the link in the mail once more. If it still does not work, write to us and we will "
            + "unsubscribe you."];
    public string ConfirmTitle => this["ご登録の確認", "Please confirm"];

    /// <summary>{0}: the shop's name.</summary>
    public string ConfirmIntro => this[
        "{0}からのご案内メールをお受け取りになりますか。下のボタンを押すと、登録が完了します。お心当たりのない場合は、このページを閉じてください。何もお届けしません。",
        "Would you like to get news from {0} by mail? Your registration is complete once you press the button. If "
            + "you did not ask for this, close this page: you will hear nothing."];
    public string Confirm => this["ご案内メールを受け取る", "Send me news by mail"];
    public string ConfirmedTitle => this["ご登録ありがとうございます", "Thank you"];
    public string Confirmed => this[
        "{0}からのご案内メールをお届けします。配信の停止や変更は、メールに記載のリンクからいつでも行えます。",
        "You will get news from {0}. You can stop or change it at any time with the link in each mail."];
    public string TooLate => this[
        "このリンクはお使いいただけなくなりました。ご案内メールは、お届けしていません。", "This link can no longer be used. You do not get news by mail."];
    public string ConfirmUnknown => this[
        "お手数ですが、メールに記載のリンクをもう一度お開きください。うまくいかない場合は、下記までご連絡ください。",
        "Please open the link in the mail once more. If it still does not work, write to us."];
    public string Elsewhere => this["ほかの受け取り方", "Elsewhere"];

    /// <summary>{0}: the channel.</summary>
    public string AlsoBy => this["{0}でも、ご案内をお届けしています。", "We also send you news by {0}."];

    /// <inheritdoc cref="AlsoBy"/>
    public string StopBy => this["{0}での配信を停止する", "Stop news by {0}"];

    /// <inheritdoc cref="AlsoBy"/>
    public string NotBy => this["{0}では、ご案内をお届けしていません。", "We do not send you news by {0}."];
    public string Contact => this["お問い合わせ: ", "Contact: "];

    /// <summary>{0}: the shop's name.</summary>
    public string Back => this["{0}のサイトへ戻る", "Back to {0}"];
    public string DateFormat => this["M月d日", "d MMMM"];

    public static PreferenceWords For(Customer? customer, ShopSettings shop) => new(AreJapanese(customer, shop));

    /// <summary>Does this customer read Japanese?</summary>
    public static bool AreJapanese(Customer? customer, ShopSettings shop) =>
        (customer?.Language ?? shop.Language).StartsWith("ja", StringComparison.OrdinalIgnoreCase);

    /// <summary>The channels a customer has a say about, in Japanese and in English.</summary>
    public static readonly IReadOnlyDictionary<string, (string Ja, string En)> Channels =
        new Dictionary<string, (string, string)> { ["email"] = ("メール", "e-mail"), ["line"] = ("LINE", "LINE") };

    public string Name(string channel) => this[Channels[channel].Ja, Channels[channel].En];

    public string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(DateFormat, CultureInfo.InvariantCulture);
}
