using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Console.Words;

/// <summary>How what happens is called: as something that happens, and as the thing itself.</summary>
/// <param name="Happened">注文が入った: followed by とき, ら, のを…</param>
/// <param name="Happens">注文が入る: followed by まで, のを…</param>
/// <param name="Thing">注文: followed by から, の…</param>
/// <param name="Happening">an order is placed</param>
/// <param name="TheThing">the order</param>
public sealed record EventPhrase(
    string Happened, string Happens, string Thing, string Happening, string TheThing);

/// <summary>Events in words; the shop's own are called by their names.</summary>
public static class EventWords
{
    private static readonly Dictionary<string, EventPhrase> Known = new(StringComparer.Ordinal)
    {
        [EventTypes.OrderPlaced] = new("注文が入った", "注文が入る", "注文", "an order is placed", "the order"),
        [EventTypes.OrderPaid] =
            new("注文の支払いが済んだ", "注文の支払いが済む", "お支払い", "an order is paid", "the payment"),
        [EventTypes.OrderUpdated] =
            new("注文の内容が変わった", "注文の内容が変わる", "注文の変更", "an order is changed", "the change"),
        [EventTypes.OrderPartiallyFulfilled] = new(
            "注文の一部を発送した", "注文の一部を発送する", "一部の発送",
            "part of an order is shipped", "the first part's shipping"),
        [EventTypes.OrderFulfilled] = new(
            "注文の品を発送した", "注文の品を発送する", "発送", "an order is shipped", "the shipping"),
        [EventTypes.OrderDelivered] = new(
            "注文の品が届いた", "注文の品が届く", "お届け", "an order is delivered", "the delivery"),
        [EventTypes.OrderCancelled] = new(
            "注文がキャンセルされた", "注文がキャンセルされる", "キャンセル", "an order is cancelled", "the cancellation"),
        [EventTypes.OrderRefunded] =
            new("注文が返金された", "注文が返金される", "返金", "an order is refunded", "the refund"),
        [EventTypes.CheckoutStarted] = new(
            "購入手続きが始まった", "購入手続きが始まる", "購入手続きの開始", "a checkout is begun", "the checkout"),
        [EventTypes.CheckoutAbandoned] = new(
            "購入手続きが途中で止まった", "購入手続きが途中で止まる", "途中で止まった購入手続き",
            "a checkout is abandoned", "the abandoned checkout"),
        [EventTypes.CustomerCreated] = new(
            "お客様が新しく登録された", "お客様が新しく登録される", "登録",
            "a customer becomes known", "becoming known"),
        [EventTypes.CustomerUpdated] = new(
            "お客様の情報が変わった", "お客様の情報が変わる", "情報の変更",
            "what is known of the customer changes", "the change"),
        [EventTypes.CustomerLate] = new(
            "いつもの間隔を過ぎても注文がない", "いつもの間隔を過ぎても注文がない状態になる", "ごぶさたに気づいた日",
            "a regular is late by their own rhythm", "being noticed as late"),
        [EventTypes.DateReached] = new("その日になった", "その日になる", "その日", "the day comes", "the day"),
        [EventTypes.Became] = new(
            "条件に当てはまるようになった", "条件に当てはまるようになる", "当てはまった日",
            "the condition comes to hold", "the day it came to hold"),
        [EventTypes.CustomerErased] = new(
            "お客様の情報が消去された", "お客様の情報が消去される", "消去", "the customer is erased", "the erasure"),
        [EventTypes.ConsentPending] = new(
            "案内の登録が申し込まれた", "案内の登録が申し込まれる", "登録の申し込み",
            "a subscription is asked for", "the request to subscribe"),
        [EventTypes.ConsentGiven] = new(
            "案内への同意があった", "案内への同意がある", "同意", "consent is given", "the consent"),
        [EventTypes.ConsentWithdrawn] = new(
            "案内への同意が取り消された", "案内への同意が取り消される", "同意の取り消し",
            "consent is withdrawn", "the withdrawal"),
        [EventTypes.MailDelivered] =
            new("メールが届いた", "メールが届く", "メールの到着", "a mail is delivered", "the mail's arrival"),
        [EventTypes.MailOpened] =
            new("メールが開かれた", "メールが開かれる", "開封", "a mail is opened", "the opening"),
        [EventTypes.MailClicked] = new(
            "メールのリンクが押された", "メールのリンクが押される", "クリック", "a link in the mail is clicked", "the click"),
        [EventTypes.MailBounced] =
            new("メールが戻ってきた", "メールが戻ってくる", "不達", "a mail bounces", "the bounce"),
        [EventTypes.LineFollowed] = new(
            "LINEで友だちに追加された", "LINEで友だちに追加される", "友だち追加", "the shop is followed on LINE", "the follow"),
        [EventTypes.LineUnfollowed] = new(
            "LINEでブロックされた", "LINEでブロックされる", "ブロック", "the shop is blocked on LINE", "the block"),
        [EventTypes.LineSaid] = new(
            "LINEでメッセージが届いた", "LINEでメッセージが届く", "LINEのメッセージ", "a LINE message comes", "the message"),
        [EventTypes.LineTapped] = new(
            "LINEのボタンが押された", "LINEのボタンが押される", "ボタン操作", "a button is tapped on LINE", "the tap"),
        [EventTypes.LineLinked] = new(
            "LINEと会員情報が連携された", "LINEと会員情報が連携される", "LINE連携", "the LINE account is linked", "the link"),
        [EventTypes.LineUnsent] = new(
            "LINEのメッセージが取り消された", "LINEのメッセージが取り消される", "送信取消",
            "a LINE message is taken back", "the taking back"),
    };

    public static EventPhrase Of(string type) => Known.GetValueOrDefault(type) ?? new(
        $"「{type}」が起きた", $"「{type}」が起きる", $"「{type}」", $"“{type}” happens", $"“{type}”");

    /// <summary>Any of several: 注文が入ったかメールのリンクが押された.</summary>
    public static EventPhrase Of(EventNames events, Language say)
    {
        if (events.All is [var only]) return Of(only);
        var phrases = events.All.Select(Of).ToList();
        string Any(Func<EventPhrase, string> word) => TimeWords.Listed([.. phrases.Select(word)], say);
        return new(
            Any(one => one.Happened), Any(one => one.Happens), Any(one => one.Thing),
            Any(one => one.Happening), Any(one => one.TheThing));
    }

    /// <summary>For a list: 注文が入った, an order is placed.</summary>
    public static string Name(string type, Language say) =>
        Of(type) is var phrase ? say[phrase.Happened, phrase.Happening] : type;
}
