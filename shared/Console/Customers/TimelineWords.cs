using System.Text.Json;
using Automation.Marketing.History;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Console.Customers;

/// <summary>One line of a timeline: of which kind, what happened, and more about it.</summary>
/// <param name="Style">Of its badge.</param>
public sealed record Happening(string Kind, string? Style, string Text, IReadOnlyList<string> More);

/// <summary>A customer's timeline in words.</summary>
public sealed class TimelineWords(CustomerView view, Visit visit)
{
    private Language Say => visit.Say;

    /// <summary>What somebody looks at first: the latest on top.</summary>
    public IEnumerable<(DateTimeOffset At, Happening What)> Latest(int atMost) =>
        view.Timeline.Reverse().Take(atMost).Select(entry => (entry.At, Of(entry)));

    /// <summary>Walks that go on, oldest first.</summary>
    public static IReadOnlyList<Enrollment> Live(CustomerView view) =>
        [.. view.Timeline.Where(entry => entry.Kind == "enrollment").Select(Walk).Where(walk => walk.IsLive)];

    /// <summary>Orders, the latest first.</summary>
    public static IEnumerable<Order> Orders(CustomerView view) =>
        view.Timeline.Reverse().Where(entry => entry.Kind == "order").Select(Order);

    private Happening Of(TimelineEntry entry) => entry.Kind switch
    {
        "order" => Of(Order(entry)),
        "enrollment" => Of(Walk(entry)),
        "send" => Of(entry.What.Deserialize(SendJson.Send)!),
        "consent" => Of(entry, entry.What.Deserialize(CustomerJson.ConsentRecord)!),
        "engagement" => Of(entry.What.Deserialize(EngagementJson.Record)!),
        _ => new(entry.Kind, null, entry.Key, []),
    };

    private static Order Order(TimelineEntry entry) => entry.What.Deserialize(CustomerJson.Order)!;

    /// <summary>The row's key is <c>{journey}|{key}</c>; whose it is does not matter where it stands.</summary>
    private static Enrollment Walk(TimelineEntry entry)
    {
        var key = entry.Key.Split('|', 2);
        var walk = entry.What.Deserialize(JourneyJson.Enrollment)!;
        return walk with { Id = new(walk.Trigger.Customer, key[0], key[1]) };
    }

    private Happening Of(Order order)
    {
        List<string> more = [.. order.Lines.Select(line => $"{line.Title} × {Say.Number(line.Quantity)}")];
        if (order.IsVoid) more.Add(Say["キャンセルされました", "was cancelled"]);
        else if (order.FulfilledAt is { } shipped)
            more.Add(Say[$"発送 {visit.Moment(shipped)}", $"shipped {visit.Moment(shipped)}"]);
        if (order.Refunded > 0)
            more.Add(Say[$"返金 {Amount(order, order.Refunded)}", $"refunded {Amount(order, order.Refunded)}"]);
        return new(
            Say["注文", "Order"], order.IsVoid ? "quiet" : "good",
            $"{order.Number} · {Amount(order, order.Total)}", more);
    }

    /// <summary>Whatever currency it is in.</summary>
    public string Amount(Order order, decimal value) =>
        Say.Amount(value, order.Currency.Length > 0 ? order.Currency : visit.Currency);

    private Happening Of(Enrollment walk)
    {
        var name = view.JourneyName(walk.Id.Journey);
        var how = walk.Trigger.Id.StartsWith("hand:", StringComparison.Ordinal)
            ? Say["担当者が登録", "by hand"]
            : ReasonWords.Event(walk.Trigger.Type, Say);
        List<string> more = [Say[$"きっかけ: {how}", $"because: {how}"], Standing(walk)];
        if (walk.GoalAt is { } reached)
            more.Add(Say[$"目標達成 {visit.Moment(reached)}", $"reached its goal {visit.Moment(reached)}"]);
        return new(
            Say["ジャーニー", "Journey"], walk.IsLive ? "warn" : "quiet",
            Say[$"「{name}」を開始", $"began {name}"], more);
    }

    /// <summary>Where a walk is, or how it ended.</summary>
    public string Standing(Enrollment walk) => walk switch
    {
        { Outcome: null, Until: { } until } when until > visit.Now =>
            Say[$"進行中（次は{visit.Moment(until)}）", $"is in it, goes on {visit.Moment(until)}"],
        { Outcome: null } => Say["進行中", "is in it"],
        { Outcome: Outcome.Completed } => Say["最後まで完了", "walked it to its end"],
        { Outcome: Outcome.Holdout } => Say["比較のため送らないグループ", "is in the group that gets nothing, for comparison"],
        { Outcome: Outcome.Left } => Say[
            $"途中で終了: {ReasonWords.Of(walk.Because, Say)}", $"left: {ReasonWords.Of(walk.Because, Say)}"],
        _ => Say[$"失敗: {walk.Because}", $"failed: {walk.Because}"],
    };

    private Happening Of(Send send)
    {
        var (style, words) = send.State switch
        {
            SendState.Accepted => ("good", Say[$"「{Mail(send.Mail)}」を送信", $"sent {Mail(send.Mail)}"]),
            SendState.Refused => ("quiet", Say[$"「{Mail(send.Mail)}」は送信せず", $"did not send {Mail(send.Mail)}"]),
            SendState.Released => ("warn", Say[$"「{Mail(send.Mail)}」は保留中", $"holds {Mail(send.Mail)} back"]),
            SendState.Uncertain => ("warn", Say[$"「{Mail(send.Mail)}」は送信できたか不明", $"perhaps sent {Mail(send.Mail)}"]),
            _ => ("warn", Say[$"「{Mail(send.Mail)}」を送信中", $"is sending {Mail(send.Mail)}"]),
        };
        List<string> more = [];
        if (send.Reason is not null && send.State != SendState.Accepted) more.Add(ReasonWords.Of(send.Reason, Say));
        if (EnrollmentId.Parse(send.For.Split('@')[0]) is { } walk)
            more.Add(Say[$"ジャーニー「{view.JourneyName(walk.Journey)}」", $"journey {view.JourneyName(walk.Journey)}"]);
        return new(send.Channel == Identity.Line ? "LINE" : Say["メール", "Mail"], style, words, more);
    }

    /// <summary>An issue's mail is called as its newsletter and date.</summary>
    private string Mail(string mail) =>
        mail.Split('/') is [var newsletter, var date] ? $"{view.NewsletterName(newsletter)} {date}" : mail;

    private Happening Of(TimelineEntry entry, ConsentRecord said)
    {
        var channel = CustomerWords.Channel(entry.Key.Split('|')[^1], Say);
        var state = CustomerWords.State(said.State, Say);
        return new(
            Say["同意", "Consent"], CustomerWords.Style(said.State),
            $"{channel}: {state}", [.. Evidence(said)]);
    }

    /// <summary>How we know of a consent.</summary>
    public IEnumerable<string> Evidence(ConsentRecord said)
    {
        yield return CustomerWords.How(said.How, Say);
        if (said.Wording is { } wording) yield return Say[$"文言「{wording}」", $"wording: “{wording}”"];
        if (said.Page is { } page) yield return Say[$"ページ {page}", $"page: {page}"];
        if (said.Ip is { } ip) yield return $"IP {ip}";
        if (said.Evidence is { } shown && !shown.StartsWith($"{view.Customer.Id}-", StringComparison.Ordinal))
            yield return Say[$"記録: {shown}", $"evidence: {shown}"];
    }

    private Happening Of(EngagementRecord became)
    {
        List<string> more = [];
        void Add(DateTimeOffset? at, string japanese, string english)
        {
            if (at is { } moment) more.Add($"{Say[japanese, english]} {visit.Moment(moment)}");
        }

        Add(became.DeliveredAt, "到着", "delivered");
        Add(became.OpenedAt, "開封", "opened");
        foreach (var link in became.Links ?? [])
            if (became.Human(link) is { } clicked)
                more.Add($"{Say["クリック", "clicked"]} {visit.Moment(clicked)}: {link.Link}");
        Add(became.Bounced?.At, "届かず", "bounced");
        Add(became.SoftBounced?.At, "一時的に届かず", "could not be delivered then");
        Add(became.Dropped?.At, "送信されず", "dropped by the provider");
        Add(became.ComplainedAt, "迷惑メールとして報告", "reported as spam");
        Add(became.UnsubscribedAt, "配信停止", "unsubscribed");
        var style = became switch
        {
            { ComplainedAt: not null } or { Bounced: not null } => "bad",
            { OpenedAt: not null } or { ClickedAt: not null } => "good",
            _ => "quiet",
        };
        return new(
            Say["反応", "Response"], style,
            Say[$"「{Mail(became.Mail)}」のその後", $"what became of {Mail(became.Mail)}"], more);
    }
}
