using System.Text.RegularExpressions;
using Automation.Console.Words;
using Automation.Marketing.Time;

namespace Automation.Console.Customers;

/// <summary>Why something was not done, in the page's language: the rules' own short reasons as sentences. What is not
/// known here stays as it is.</summary>
public static partial class ReasonWords
{
    public static string Of(string? reason, Language say) => reason switch
    {
        null or "" => "",
        "test customer" => say["テスト注文のお客様です", "is a customer of test orders"],
        "no line address" => say["LINEのアカウントが分かりません", "there is no LINE account"],
        "the shop is not on LINE" => say["LINEのチャネルが設定されていません", "the shop has no channel of LINE"],
        "LINE 429: the month's messages are used up" => say[
            "LINEの今月の配信数を使い切りました", "the month's LINE messages are used up"],
        "LINE did not answer, and is asked again with the same key" => say[
            "LINEの応答がなく、同じキーで再確認しています", "LINE did not answer, and is asked again"],
        "LINE did not answer" => say["LINEの応答がありませんでした", "LINE did not answer"],
        "LINE 429: too many requests" => say["LINEが混み合っています", "LINE is busy"],
        "the address is another customer's too" => say[
            "同じアドレスの別のお客様に届いています", "the address is another customer's too"],
        "no email address" => say["メールアドレスがありません", "there is no e-mail address"],
        "consent: unknown" => say["案内メールへの同意がありません", "has not agreed to marketing mails"],
        "consent: pending" => say["同意がまだ確認されていません", "has not confirmed the consent yet"],
        "consent: withdrawn" => say["お客様が配信を停止しています", "has stopped marketing mails"],
        "paused by the customer" or "pauses mails" => say["お客様が一時休止中です", "the customer takes a break from mails"],
        "subject test" => say["件名テストの結果を待っています", "waits for the test of its subjects"],
        "quiet hours" => say["おやすみ時間帯です", "quiet hours"],
        "left this newsletter" => say["このニュースレターの受け取りをやめています", "has left this newsletter"],
        "wants one issue a month" => say["月に一度だけの受け取りを選んでいます", "wants one issue a month only"],
        "not in the audience" => say["配信対象の条件に当てはまりません", "is not in the audience"],
        "is in it already" => say["すでにこのジャーニーの途中です", "is in it already"],
        "reentry never" => say["一度きりのジャーニーで、すでに通っています", "may walk it once only, and has"],
        "merged" => say["同じお客様の別のIDで続いています", "goes on under another id of the same person"],
        "had it under another id" => say["別のIDですでに受け取っています", "had it under another id"],
        "taken out by hand" => say["担当者が終了しました", "taken out by hand"],
        "the journey is paused" => say["このジャーニーは一時停止中です", "the journey is paused"],
        "its date is another by now" => say["日付が変わりました", "its date is another by now"],
        "its walk is gone" => say["ジャーニーの記録がありません", "its walk is gone"],
        "its window is closed" => say["送信できる時間帯ではありません", "its window is closed"],
        "newsletter day" => say["ニュースレターの日です", "the newsletter's day"],
        "warm-up" => say["送信ドメインの慣らし期間中です", "the domain is warming up"],
        "there is no order to begin with" => say["もとになるご注文がありません", "there is no order to begin with"],
        "only an event can start it" =>
            say["出来事そのものがなければ始められません", "only an event can start it"],
        "customer erased" or "customer.erased" => say["お客様の情報が消去されました", "the customer was erased"],
        _ => Pattern(reason, say),
    };

    /// <summary>Why an address is never written to.</summary>
    public static string Suppression(string reason, Language say) => reason switch
    {
        "hard bounce" => say["届かないアドレスです", "the address does not exist"],
        "complaint" => say["迷惑メールとして報告されました", "it complained about a mail"],
        "invalid address" => say["アドレスの形式が正しくありません", "it is not a valid address"],
        "erased" => say["ご本人の希望で消去されました", "its owner was erased"],
        _ => reason,
    };

    /// <summary>What starts journeys.</summary>
    public static string Event(string type, Language say) => type switch
    {
        "order.placed" => say["ご注文", "an order was placed"],
        "order.paid" => say["お支払い", "an order was paid"],
        "order.updated" => say["ご注文の変更", "an order was changed"],
        "order.partiallyFulfilled" => say["一部の発送", "a part was shipped"],
        "order.fulfilled" => say["発送", "an order was shipped"],
        "order.delivered" => say["お届け", "an order was delivered"],
        "checkout.started" => say["購入手続きの開始", "a checkout was begun"],
        "checkout.abandoned" => say["途中で止まった購入手続き", "a checkout was abandoned"],
        "order.cancelled" => say["キャンセル", "an order was cancelled"],
        "order.refunded" => say["返金", "an order was refunded"],
        "customer.created" => say["お客様の登録", "a customer became known"],
        "customer.updated" => say["お客様情報の変更", "a customer's data changed"],
        "customer.late" => say["いつもより遅れている", "a regular is late"],
        "consent.pending" => say["同意の確認待ち", "a consent is to be confirmed"],
        "consent.given" => say["配信への同意", "a consent was given"],
        "consent.withdrawn" => say["配信停止", "a consent was withdrawn"],
        "line.followed" => say["LINEの友だち追加", "the shop was followed on LINE"],
        "line.unfollowed" => say["LINEのブロック", "the shop was blocked on LINE"],
        "line.said" => say["LINEのメッセージ", "a LINE message came"],
        "line.tapped" => say["LINEのボタン", "a button was tapped on LINE"],
        "line.linked" => say["LINE連携", "the LINE account was linked"],
        _ => type,
    };

    private static string Pattern(string reason, Language say)
    {
        if (reason.StartsWith("suppressed: ", StringComparison.Ordinal))
            return say["このアドレスには送れません: ", "this address is never written to: "] + Suppression(reason[12..], say);
        if (reason.StartsWith("left: ", StringComparison.Ordinal))
            return say["ジャーニーを離れました: ", "left the journey: "] + Of(reason[6..], say);
        if (Cap().Match(reason) is { Success: true } cap)
            return say[
                $"配信数の上限です（{Period.Parse(cap.Groups[2].Value).Stretch(say)}に{cap.Groups[1].Value}通）",
                $"the plan's cap: {reason[5..]}"];
        if (Expired().Match(reason) is { Success: true } expired) return Expiry(expired, say);
        if (Unknown().Match(reason) is { Success: true } unknown)
        {
            var field = FieldWords.Name(unknown.Groups[1].Value, say);
            return say[$"{field.Split('(')[0]}が分かりません", $"{field} is not known"];
        }
        if (Published().Match(reason) is { Success: true } published)
            return say[$"第{published.Groups[1].Value}版が公開されました", reason];
        if (Ahead().Match(reason) is { Success: true } ahead)
            return say[$"ジャーニー {ahead.Groups[1].Value} が優先されます", reason];
        if (Again().Match(reason) is { Success: true } again)
            return say[
                $"再開までの期間（{again.Groups[1].Value}）が過ぎていません", $"may come again after {again.Groups[1].Value} only"];
        return Event(reason, say);
    }

    private static string Expiry(Match expired, Language say)
    {
        var after = Period.Parse(expired.Groups[1].Value).Stretch(say);
        var by = expired.Groups[2].Value is { Length: > 0 } kept ? $": {Of(kept, say)}" : "";
        return say[$"送れないまま期限（{after}）を過ぎました{by}", $"expired after {after}{by}"];
    }

    [GeneratedRegex("^(.+) has precedence$")]
    private static partial Regex Ahead();

    [GeneratedRegex("^cap: ([0-9]+) per (.+)$")]
    private static partial Regex Cap();

    [GeneratedRegex("^expired after (.+?)(?:: (.+))?$")]
    private static partial Regex Expired();

    [GeneratedRegex(@"^([a-z]+\.[A-Za-z.]+) is not known$")]
    private static partial Regex Unknown();

    [GeneratedRegex("^version ([0-9]+) was published$")]
    private static partial Regex Published();

    [GeneratedRegex("^reentry after (.+)$")]
    private static partial Regex Again();
}
