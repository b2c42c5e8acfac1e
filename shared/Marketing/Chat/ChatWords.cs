using System.Globalization;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>The chat's own words in one language; what it says of the shop comes from the shop's answers.
/// Pure.</summary>
public sealed class ChatWords(bool isJapanese, ShopSettings shop) : Bilingual(isJapanese)
{
    private const string Weekdays = "日月火水木金土";
    private readonly TimeZoneInfo zone = Zones.Of(null, shop.TimeZone);

    public string Helped => this["はい、解決しました", "Yes, it did"];
    public string NotHelped => this["いいえ", "No"];
    public string People => this["担当者に相談する", "Ask a person"];
    public string LinkButton => this["会員情報と連携する", "Link my account"];
    public string DidYouMean => this["お尋ねになりたいのは、次のどれに近いでしょうか。", "Is it one of these?"];
    public string NoneOfThese => this["どれでもない", "None of these"];

    public string Unknown => this[
        "申し訳ございません、うまく読み取れませんでした。別の言い方でもう一度お書きいただくか、担当者にご相談ください。",
        "I am sorry, I did not understand. Please try other words, or ask a person."];

    public string DidNotHelp => this[
        "お役に立てず申し訳ございません。もう少し詳しくお書きいただくか、担当者にご相談ください。",
        "I am sorry that this did not help. Please tell a little more, or ask a person."];

    public string Glad => this["お役に立てて何よりです。", "Glad to hear it."];
    public string Welcome => this["こちらこそ、ありがとうございます。", "You are welcome."];

    public string Greeting => this[
        $"こんにちは、{shop.Name}です。ご用件をどうぞお書きください。",
        $"Hello, this is {shop.Name}. How can we help?"];

    public string Noted => this[
        "承りました。担当者に申し伝えます。続けてお書きいただいても大丈夫です。",
        "Thank you, I will pass this on. You can write more if you like."];

    public string StillWaiting => this[
        "担当者に申し伝えております。もうしばらくお待ちください。", "I have passed it on already. Please bear with us."];

    public string Stopped => this[
        "承知しました。こちらへのご案内の配信を、ただいま停止しました。ご注文に関するお知らせはこれまでどおりお届けします。",
        "Done: you will get no more offers here. Messages about your orders still come."];

    public string OtherChoices => this["メールなど、ほかの配信の停止・変更", "E-mail and other choices"];

    public string LinkFirst => this[
        "ご注文についてお答えするには、お客さまご本人の確認が必要です。下のボタンから会員情報と連携してください。",
        "To speak about an order I need to know who you are. Please link your account with the button below."];

    public string ProveFirst => this[
        "ご注文についてお答えするには、お客さまご本人の確認が必要です。",
        "To speak about an order I need to know who you are."];

    public string LinkForMore => this[
        "お客さまのご注文の状況は、会員情報と連携するとこちらでお答えできます。",
        "Link your account and I can tell you about your own order here."];

    public string ProveButton => this["ご注文を確認する", "Find my order"];

    public string ProveHow => this[
        "ご注文についてお答えするため、ご注文番号とメールアドレスをお知らせください。確認コードをメールでお送りします。",
        "To speak about an order I need its number and your e-mail address; a code comes to you by mail."];

    public string ProveForMore => this[
        "お客さまのご注文の状況は、ご注文番号とメールアドレスを確認できましたらこちらでお答えします。",
        "Prove an order by its number and your e-mail address, and I can tell you how it stands."];

    public string Proved(string number) => this[$"ご注文 {number} を確認しました", $"Proved order {number}"];

    public string StopWhose => this[
        "ご案内の配信は、お送りしたメールの一番下にあるリンクからいつでも停止いただけます。こちらで停止する場合は、先にご注文をご確認ください。",
        "The link at the end of each of our mails stops them at any time. To stop them here, find an order of yours "
        + "first."];

    public string NoOrder => this["お客さまのご注文は見つかりませんでした。", "I found no order of yours."];

    public string NotAmongYours(string number) => this[
        $"ご注文番号「{number}」は、お客さまのご注文の中に見つかりませんでした。", $"I found no order {number} among yours."];

    public string HandedOver => this[
        "担当者におつなぎします。このままお待ちください。お返事はこちらに届きます。",
        "I am passing you to a person. Please stay, the answer comes here."];

    public string HandedOverLater(DateTimeOffset? by) => by is { } when
        ? this[
            $"ただいま担当者が不在のため、{Moment(when)}以降に順にお返事いたします。ご用件をこのままお書きください。お返事はこちらに届きます。",
            $"Nobody is here just now. A person will answer from {Moment(when)} on. Please write what it is about; the "
            + "answer comes here."]
        : this[
            "担当者より、あらためてお返事いたします。ご用件をこのままお書きください。お返事はこちらに届きます。",
            "A person will get back to you. Please write what it is about; the answer comes here."];

    /// <summary>A day on the shop's calendar.</summary>
    public string Day(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return IsJapanese
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Month}月{local.Day}日")
            : local.ToString("d MMMM", CultureInfo.InvariantCulture);
    }

    /// <summary>A moment on the shop's clocks.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return IsJapanese
            ? string.Create(CultureInfo.InvariantCulture,
                $"{local.Month}月{local.Day}日({Weekdays[(int)local.DayOfWeek]}){local:HH:mm}")
            : local.ToString("ddd d MMMM, HH:mm", CultureInfo.InvariantCulture);
    }

    public string Money(decimal amount, string currency) => IsJapanese && currency == "JPY"
        ? string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.##}円")
        : currency == "JPY" ? string.Create(CultureInfo.InvariantCulture, $"¥{amount:#,0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.00} {currency}");
}
