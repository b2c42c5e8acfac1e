using Automation.Marketing.Plan;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters;

/// <summary>
/// Is there room under the plan's caps for one more issue to a customer? At first sight by what may have gone to them, which costs no
/// read; where that would hold the issue back, by what did.
/// </summary>
public sealed class Room
{
    private readonly IReadOnlyList<Cap> caps;
    private readonly IReadOnlyList<Appointment> others;
    private readonly Receipts receipts;
    private readonly IssueId id;
    private readonly DateTimeOffset slot, now;
    private readonly int smallest;

    private Room(ShopPlan plan, IReadOnlyList<Appointment> others, Receipts receipts, IssueId id, DateTimeOffset slot, DateTimeOffset now)
    {
        (caps, this.others, this.receipts, this.id, this.slot, this.now) = (plan.Caps, others, receipts, id, slot, now);
        smallest = caps.Count == 0 ? int.MaxValue : caps.Min(cap => cap.Messages);
    }

    /// <summary>For an issue's mails at a moment.</summary>
    /// <param name="book">All appointments.</param>
    /// <param name="at">When its mails go; later than <paramref name="now"/> where it is still to come.</param>
    public static Room For(IssueId id, DateTimeOffset slot, ShopPlan plan, IReadOnlyList<Appointment> book, ChunkLedger ledger, DateTimeOffset now, DateTimeOffset at) =>
        new(plan, plan.Caps.Count == 0 ? [] : [.. book.Where(other => other.Id != id && (other.HasBegun || other.IsBefore(id, slot)) && other.Latest(now) is var latest && latest <= at && at - latest < plan.Reach)], new(ledger), id, slot, now);

    /// <summary>At first sight: yes is certain, anything else is not. Pure.</summary>
    public Verdict Judge(Situation situation)
    {
        var recent = situation.Customer.Recent;
        if (recent.Count + others.Count < smallest) return Verdict.Yes;
        return Cap.Judge(caps, [.. recent.Select(one => one.At), .. others.Where(other => other.HasBegun || other.IsFor(situation)).Select(other => other.Latest(now))], situation.Now);
    }

    /// <summary>The same by the ledger.</summary>
    public async ValueTask<Verdict> Look(Situation situation)
    {
        var messages = situation.Customer.Recent.Select(one => one.At).ToList();
        foreach (var other in others)
            if (await receipts.Of(other, situation, yields: !other.IsBefore(id, slot), now) is { } at) messages.Add(at);
        return Cap.Judge(caps, messages, situation.Now);
    }
}
