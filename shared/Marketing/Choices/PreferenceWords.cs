using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What the pages for customers say, in one language.</summary>
public sealed record PreferenceWords
{
    public required string Language { get; init; }
    public required string Title { get; init; }

    /// <summary>{0}: the shop's name.</summary>
    public required string Intro { get; init; }
    public required string Stop { get; init; }
    public required string StopNote { get; init; }
    public required string Less { get; init; }
    public required string Monthly { get; init; }
    public required string MonthlyNote { get; init; }
    public required string IsMonthly { get; init; }
    public required string Weekly { get; init; }
    public required string Pause { get; init; }
    public required string PauseNote { get; init; }

    /// <summary>{0}: the date.</summary>
    public required string IsPaused { get; init; }
    public required string Resume { get; init; }
    public required string Topics { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string StoppedTitle { get; init; }
    public required string JustStopped { get; init; }
    public required string Stopped { get; init; }
    public required string Again { get; init; }
    public required string AgainNote { get; init; }
    public required string AgainByWriting { get; init; }
    public required string Asked { get; init; }
    public required string UnknownTitle { get; init; }
    public required string Unknown { get; init; }
    public required string ConfirmTitle { get; init; }

    /// <summary>{0}: the shop's name.</summary>
    public required string ConfirmIntro { get; init; }
    public required string Confirm { get; init; }
    public required string ConfirmedTitle { get; init; }
    public required string Confirmed { get; init; }
    public required string TooLate { get; init; }
    public required string ConfirmUnknown { get; init; }
    public required string Elsewhere { get; init; }

    /// <summary>{0}: the channel.</summary>
    public required string AlsoBy { get; init; }

    /// <inheritdoc cref="AlsoBy"/>
    public required string StopBy { get; init; }

    /// <inheritdoc cref="AlsoBy"/>
    public required string NotBy { get; init; }
    public required string Contact { get; init; }

    /// <summary>{0}: the shop's name.</summary>
    public required string Back { get; init; }
    public required string DateFormat { get; init; }

    public static PreferenceWords For(Customer? customer, ShopSettings shop) =>
        (customer?.Language ?? shop.Language).StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English;

    /// <summary>The channels a customer has a say about, in Japanese and in English.</summary>
    public static readonly IReadOnlyDictionary<string, (string Ja, string En)> Channels =
        new Dictionary<string, (string, string)> { ["email"] = ("メール", "e-mail"), ["line"] = ("LINE", "LINE") };

    public string Name(string channel) => Language == "ja" ? Channels[channel].Ja : Channels[channel].En;

    public string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(DateFormat, CultureInfo.InvariantCulture);

    public static readonly PreferenceWords Japanese = new()
    {
        Language = "ja",
        Title = "メールの設定",
        Intro = "{0}からお届けするご案内メールを、いつでもお好みに合わせて変更いただけます。",
        Stop = "すべての配信を停止する",
        StopNote = "押すとすぐに停止します。ご注文に関する大切なご連絡は、停止後もお届けします。",
        Less = "お届けを減らす",
        Monthly = "月に一度だけ受け取る",
        MonthlyNote = "お便りは、毎月はじめの一通だけにします。",
        IsMonthly = "いまは、お便りを月に一度お届けしています。",
        Weekly = "毎回受け取る",
        Pause = "30日間お休みする",
        PauseNote = "お休みのあいだは、ご案内をお届けしません。",
        IsPaused = "{0}まで、お休み中です。",
        Resume = "お休みをやめて、受け取る",
        Topics = "受け取るお便り",
        Save = "この内容で保存する",
        Saved = "変更を保存しました。",
        StoppedTitle = "配信を停止しました",
        JustStopped = "{0}からのご案内メールは、今後お届けしません。これまでお読みいただき、ありがとうございました。",
        Stopped = "{0}からのご案内メールは、お届けしていません。",
        Again = "ご案内メールをもう一度受け取る",
        AgainNote = "確認のメールをお送りします。メールに記載のリンクを押していただくと、お届けを再開します。",
        AgainByWriting = "お届けの再開をご希望の場合は、下記までご連絡ください。",
        Asked = "確認のメールをお送りします。メールに記載のリンクを押していただくと、お届けを再開します。それまで、ご案内はお届けしません。",
        UnknownTitle = "リンクを確認できませんでした",
        Unknown = "お手数ですが、メールに記載のリンクをもう一度お開きください。うまくいかない場合は、下記までご連絡いただければ、こちらで停止いたします。",
        ConfirmTitle = "ご登録の確認",
        ConfirmIntro = "{0}からのご案内メールをお受け取りになりますか。下のボタンを押すと、登録が完了します。お心当たりのない場合は、このページを閉じてください。何もお届けしません。",
        Confirm = "ご案内メールを受け取る",
        ConfirmedTitle = "ご登録ありがとうございます",
        Confirmed = "{0}からのご案内メールをお届けします。配信の停止や変更は、メールに記載のリンクからいつでも行えます。",
        TooLate = "このリンクはお使いいただけなくなりました。ご案内メールは、お届けしていません。",
        ConfirmUnknown = "お手数ですが、メールに記載のリンクをもう一度お開きください。うまくいかない場合は、下記までご連絡ください。",
        Elsewhere = "ほかの受け取り方",
        AlsoBy = "{0}でも、ご案内をお届けしています。",
        StopBy = "{0}での配信を停止する",
        NotBy = "{0}では、ご案内をお届けしていません。",
        Contact = "お問い合わせ: ",
        Back = "{0}のサイトへ戻る",
        DateFormat = "M月d日",
    };

    public static readonly PreferenceWords English = new()
    {
        Language = "en",
        Title = "Your mail settings",
        Intro = "Choose how often {0} may write to you. You can change this at any time.",
        Stop = "Stop all mails",
        StopNote = "Takes effect at once. You will still get important messages about your orders.",
        Less = "Fewer mails",
        Monthly = "Only once a month",
        MonthlyNote = "Of each newsletter only the first one of the month.",
        IsMonthly = "You get newsletters once a month.",
        Weekly = "Get every issue",
        Pause = "Pause for 30 days",
        PauseNote = "No news from us until then.",
        IsPaused = "Paused until {0}.",
        Resume = "End the pause",
        Topics = "Newsletters you get",
        Save = "Save",
        Saved = "Your settings are saved.",
        StoppedTitle = "You are unsubscribed",
        JustStopped = "{0} will send you no more news. Thank you for reading until now.",
        Stopped = "{0} does not send you news.",
        Again = "Send me news again",
        AgainNote = "We will send you a mail first. News comes once you have opened the link in it.",
        AgainByWriting = "If you would like to get news again, write to us.",
        Asked = "We are sending you a mail to make sure that it is you. News comes once you have opened the link in "
            + "it, and not before.",
        UnknownTitle = "We could not read this link",
        Unknown = "Please open the link in the mail once more. If it still does not work, write to us and we will "
            + "unsubscribe you.",
        ConfirmTitle = "Please confirm",
        ConfirmIntro =
            "Would you like to get news from {0} by mail? Your registration is complete once you press the button. If "
            + "you did not ask for this, close this page: you will hear nothing.",
        Confirm = "Send me news by mail",
        ConfirmedTitle = "Thank you",
        Confirmed = "You will get news from {0}. You can stop or change it at any time with the link in each mail.",
        TooLate = "This link can no longer be used. You do not get news by mail.",
        ConfirmUnknown = "Please open the link in the mail once more. If it still does not work, write to us.",
        Elsewhere = "Elsewhere",
        AlsoBy = "We also send you news by {0}.",
        StopBy = "Stop news by {0}",
        NotBy = "We do not send you news by {0}.",
        Contact = "Contact: ",
        Back = "Back to {0}",
        DateFormat = "d MMMM",
    };
}
