using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Did an issue go to a customer, or will it? By the ledger. Customers asked for in the order of their ids
/// share what was read: a chunk is read once.</summary>
public sealed class DeliveryHistory(ChunkLedger ledger)
{
    private readonly Dictionary<IssueId, Chunk> last = [];

    /// <summary>It went to the customer, or will.</summary>
    /// <param name="yields">What has not gone to them does not count: whoever asks has precedence.</param>
    public async ValueTask<bool> Counts(PlannedMailing appointment, Situation situation, bool yields)
    {
        var met = false;
        if (appointment.HasBegun)
            foreach (var id in (CustomerId[])[situation.Customer.Id, .. situation.Customer.MergedFrom])
                switch (await State(appointment.Id, id))
                {
                    case Chunk.Sent or Chunk.Claimed or Chunk.Uncertain or Chunk.Asked: return true;
                    case >= Chunk.FirstReason: met = true; break;
                }
        return !met && !yields && !appointment.IsOver && appointment.IsFor(situation);
    }

    private async ValueTask<byte?> State(IssueId issue, CustomerId customer)
    {
        if (!last.TryGetValue(issue, out var chunk) || !chunk.Spans(issue, customer))
        {
            if (await ledger.Around(issue, customer) is not { } read) return null;
            chunk = last[issue] = read;
        }
        return chunk.Find(customer) is >= 0 and var place && !chunk.IsWaiting(place) ? chunk.States[place] : null;
    }
}
