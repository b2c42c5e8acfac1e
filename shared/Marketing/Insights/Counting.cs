using System.Globalization;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Insights;

/// <summary>What one timeline contributes to the figures, unit by unit: an enrollment, a send, what became of it, the
/// customer. Pure. A unit that is not there (deleted, not known) is missing, which is not the same as counting
/// nothing.</summary>
public static class Counting
{
    /// <summary>Orders count for a journey without a goal this long after its start.</summary>
    public static readonly Period UsualWindow = new(30, PeriodUnit.Day);

    /// <summary>Orders count for an issue this long after its delivery.</summary>
    public static readonly Period IssueWindow = new(7, PeriodUnit.Day);

    /// <param name="journeys">The version a walk is pinned to.</param>
    /// <param name="settled">The customer's first walk of each journey, where that was counted before.</param>
    public static Counted Of(Subject subject, Func<string, int, Journey?> journeys,
        IReadOnlyDictionary<string, string> settled, TimeZoneInfo zone)
    {
        if (subject.Own?.ErasedAt is not null || subject.Owner?.ErasedAt is not null || subject.Owner?.Test == true)
            return Counted.Nothing;
        var (units, firsts) = (new Dictionary<string, Figures>(StringComparer.Ordinal), Firsts(subject, settled));
        var orders = (subject.Owner?.Orders ?? OrderFacts.None).Latest;
        foreach (var walk in subject.Enrollments)
            units[walk.Id.RowKey] = OfEnrollment(walk, journeys(walk.Id.Journey, walk.Version), orders,
                firsts.GetValueOrDefault(walk.Id.Journey) == walk.Id.Key, zone);
        foreach (var send in subject.Sends)
        {
            if (SendPlace.Of(send) is not { } place) continue;
            units[$"s|{send.Id}"] = OfSend(send, place, zone);
            if (send.State == SendState.Accepted
                && subject.Enrollments.FirstOrDefault(one => one.Id == place.Enrollment) is { } walk)
                units[$"t|{send.Id}"] = OfWhatFollowed(
                    send, place, walk, journeys(walk.Id.Journey, walk.Version), orders, zone);
        }
        foreach (var engaged in subject.Engagements) units[$"g|{engaged.SendId}"] = OfEngagement(engaged, orders, zone);
        foreach (var (send, place) in OptOuts(subject))
        {
            units[$"u|{send}"] = new();
            place.Count(units[$"u|{send}"], "optedOut");
        }
        units["customer"] = OfCustomer(subject.Own, zone);
        return new(units, firsts);
    }

    /// <summary>Which walk of each journey was the first; the earliest of those there, unless settled before.</summary>
    private static Dictionary<string, string> Firsts(Subject subject, IReadOnlyDictionary<string, string> settled)
    {
        var firsts = new Dictionary<string, string>(settled, StringComparer.Ordinal);
        foreach (var walk in subject.Enrollments.OrderBy(walk => walk.StartedAt).ThenBy(
            walk => walk.Id.Key, StringComparer.Ordinal)) firsts.TryAdd(walk.Id.Journey, walk.Id.Key);
        return firsts;
    }

    private static Figures OfEnrollment(
        Enrollment walk, Journey? journey, IReadOnlyList<OrderSummary> orders, bool isFirst, TimeZoneInfo zone)
    {
        var (figures, name) = (new Figures(), $"journey|{walk.Id.Journey}|");
        if (walk.BeginsAt is not null) return figures;   // nobody has entered yet
        figures.Add($"{name}entered");
        if (walk.Outcome is { } outcome) figures.Add($"{name}{outcome.ToString().ToLowerInvariant()}");
        else
        {
            figures.Add($"{name}live");
            figures.Add($"{name}at|{walk.Version}|{walk.Walk.Cursor}");
            if (walk.Until is { } until) figures.Add($"{name}due|{Day(until, zone)}");
        }
        if (walk.GoalAt is not null) figures.Add($"{name}goals");
        var closes = (journey?.Goal?.Within ?? UsualWindow).After(walk.StartedAt, zone);
        var bought = Bought(orders, walk.StartedAt, closes, walk.Trigger.Order);
        Add(bought, (what, amount) => figures.Add($"{name}{what}", amount));
        if (isFirst && ControlGroup.Of(walk, journey) is { } group)
        {
            var lift = $"lift|{walk.Id.Journey}|{Day(closes.AddDays(1), zone)}|{group}|";
            figures.Add($"{lift}people");
            Add(bought, (what, amount) => figures.Add($"{lift}{what}", amount));
        }
        return figures;
    }

    private static Figures OfSend(Send send, SendPlace place, TimeZoneInfo zone)
    {
        var figures = new Figures();
        if (send.State == SendState.Accepted) figures.Add($"day|{Day(send.At, zone)}|mails");
        if (send.State switch
        {
            SendState.Accepted => "sent",
            SendState.Refused => "refused",
            SendState.Uncertain => "uncertain",
            _ => null
        } is { } what) place.Count(figures, what);
        return figures;
    }

    /// <summary>What followed a mail, and how fast it went out where it was a thank-you.</summary>
    private static Figures OfWhatFollowed(Send send, SendPlace place, Enrollment walk, Journey? journey,
        IReadOnlyList<OrderSummary> orders, TimeZoneInfo zone)
    {
        var figures = new Figures();
        Add(Bought(orders, send.At, (journey?.Goal?.Within ?? UsualWindow).After(send.At, zone), walk.Trigger.Order),
            (what, amount) => place.Count(figures, what, amount));
        if (walk.Trigger.Type is EventTypes.OrderPlaced or EventTypes.OrderPaid && journey is not null
            && Thanks.IsAtOnce(journey, place.Cursor!))
        {
            figures.Add($"thanks|{Day(send.At, zone)}|order|{Durations.Bucket(send.At - walk.Trigger.At)}");
            figures.Add($"thanks|{Day(send.At, zone)}|known|{Durations.Bucket(send.At - walk.StartedAt)}");
        }
        return figures;
    }

    private static Figures OfEngagement(Engaged engaged, IReadOnlyList<OrderSummary> orders, TimeZoneInfo zone)
    {
        var figures = new Figures();
        foreach (var (what, happened) in ((string, bool)[])[("delivered", engaged.DeliveredAt is not null),
            ("opened", engaged.Opened), ("clicked", engaged.Clicked),
            ("bounced", engaged.Bounced), ("unsubscribed", engaged.Unsubscribed), ("complained", engaged.Complained)])
            if (happened) engaged.Place.Count(figures, what);
        if (engaged is { Place.IsIssue: true, DeliveredAt: { } delivered })
            Add(Bought(orders, delivered, IssueWindow.After(delivered, zone), null),
                (what, amount) => engaged.Place.Count(figures, what, amount));
        return figures;
    }

    /// <summary>Each send once, however the reader said no.</summary>
    private static IEnumerable<(string Send, SendPlace Place)> OptOuts(Subject subject)
    {
        var places = subject.Sends.Select(send => (send.Id, Place: SendPlace.Of(send)))
            .Concat(subject.Engagements.Select(engaged => (Id: engaged.SendId, Place: (SendPlace?)engaged.Place)))
            .Where(one => one.Place is not null).DistinctBy(one => one.Id).ToDictionary(
                one => one.Id, one => one.Place!);
        foreach (var send in subject.OptedOut.Concat(subject.Engagements.Where(e => e.Unsubscribed || e.Complained)
            .Select(e => e.SendId)).Distinct())
            if (places.TryGetValue(send, out var place)) yield return (send, place);
    }

    /// <summary>By the month of the first order: who came back (F2), what they were worth, month by month since; and
    /// how often they usually come. Whose first orders were never told belongs to no month that is known.</summary>
    private static Figures OfCustomer(Customer? customer, TimeZoneInfo zone)
    {
        var figures = new Figures();
        if (customer is not { MergedInto: null, Test: false, Orders.Untold: 0 }
            || Facts.FirstAt(customer.Orders) is not { } first)
            return figures;
        var (begin, count) = (TimeZoneInfo.ConvertTime(first, zone), Facts.Count(customer.Orders));
        var name = string.Create(CultureInfo.InvariantCulture, $"cohort|{begin:yyyy-MM}|");
        figures.Add($"{name}customers");
        if (count > 1) figures.Add($"{name}again");
        figures.Add($"{name}orders", count);
        figures.Add($"{name}revenue", Facts.Total(customer.Orders));
        if (Facts.UsualIntervalDays(customer.Orders, null) is { } usual) figures.Add(Rhythms.Figure(usual));
        foreach (var order in customer.Orders.Latest)
        {
            if (order.Void) continue;
            figures.Add($"day|{Day(order.At, zone)}|orders");
            figures.Add($"day|{Day(order.At, zone)}|revenue", Worth(order));
            if (order.At < first) continue;
            var at = TimeZoneInfo.ConvertTime(order.At, zone);
            figures.Add(string.Create(CultureInfo.InvariantCulture,
                $"{name}month|{(at.Year - begin.Year) * 12 + at.Month - begin.Month}"), Worth(order));
        }
        return figures;
    }

    private static (int Orders, decimal Revenue) Bought(
        IReadOnlyList<OrderSummary> orders, DateTimeOffset after, DateTimeOffset until, string? except)
    {
        var (count, revenue) = (0, 0m);
        foreach (var order in orders)
        {
            if (order.Void || order.At <= after || order.At > until || order.Key == except) continue;
            count++;
            revenue += Worth(order);
        }
        return (count, revenue);
    }

    private static void Add((int Orders, decimal Revenue) bought, Action<string, decimal> add)
    {
        if (bought.Orders == 0) return;
        add("buyers", 1);
        add("orders", bought.Orders);
        add("revenue", bought.Revenue);
    }

    private static decimal Worth(OrderSummary order) => (order.Total ?? 0) - order.Refunded;

    private static string Day(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
