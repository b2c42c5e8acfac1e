using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Is there room under the plan's caps for one more issue to a customer, at the place where it counts? At
/// first sight by what may have gone to them, which costs no read; where that would hold the issue back, by what
/// did.</summary>
public sealed class Room
{
    private readonly IReadOnlyList<Cap> caps;
    private readonly TimeZoneInfo zone;
    private readonly IReadOnlyList<PlannedMailing> others;
    private readonly DeliveryHistory receipts;
    private readonly PlannedMailing issue;
    private readonly int smallest;

    private Room(
        ShopSettings shop, IReadOnlyList<PlannedMailing> others, DeliveryHistory receipts, PlannedMailing issue)
    {
        (caps, zone) = (shop.Plan.Caps, Zones.Of(null, shop.TimeZone));
        (this.others, this.receipts, this.issue) = (others, receipts, issue);
        smallest = caps.Count == 0 ? int.MaxValue : caps.Min(cap => cap.Messages);
    }

    /// <summary>For an issue's mails.</summary>
    /// <param name="book">All appointments.</param>
    public static Room For(
        PlannedMailing issue, ShopSettings shop, IReadOnlyList<PlannedMailing> book, ChunkLedger ledger)
    {
        var reach = shop.Plan.Reach;
        return new(
            shop,
            reach == default ? [] : [.. book.Where(other => other.Id != issue.Id && Matters(other, issue, reach))],
            new(ledger),
            issue);
    }

    /// <summary>At first sight: yes is certain, anything else is not. Pure.</summary>
    public Verdict Judge(Situation situation)
    {
        var recent = situation.Customer.Recent;
        if (recent.Count + others.Count < smallest) return Verdict.Yes;
        return Judge([
            .. Written(situation),
            .. others.Where(other => other.HasBegun || other.IsFor(situation)).Select(other => other.Place)
        ]);
    }

    /// <summary>The same by the ledger.</summary>
    public async ValueTask<Verdict> Look(Situation situation)
    {
        var messages = Written(situation).ToList();
        foreach (var other in others)
            if (await receipts.Counts(other, situation, yields: !other.IsBefore(issue))) messages.Add(other.Place);
        return Judge(messages);
    }

    /// <summary>It has a place on its day or does not go: whoever waited for one would get it on a day on which it does
    /// not count.</summary>
    private Verdict Judge(IReadOnlyList<PlanMoment> messages) =>
        Cap.Full(caps, messages, issue.Place) is { } full ? Verdict.No($"cap: {full}") : Verdict.Yes;

    private IEnumerable<PlanMoment> Written(Situation situation) =>
        situation.Customer.Recent.Select(recent => PlanMoment.Of(recent.At, zone));

    /// <summary>Both can be in one stretch of the plan, and the other went to somebody or has precedence.</summary>
    private static bool Matters(PlannedMailing other, PlannedMailing issue, TimeSpan reach) =>
        (other.HasBegun || other.IsBefore(issue))
        && ((other.Place.At - issue.Place.At).Duration() < reach
            || Math.Abs(other.Day.DayNumber - issue.Day.DayNumber) < reach.TotalDays);
}
