using Automation.Marketing.Customers;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Newsletters;

/// <summary>
/// When issues went to customers, by the ledger. Customers asked for in the order of their ids share what was read: a chunk is read once.
/// </summary>
public sealed class Receipts(ChunkLedger ledger)
{
    private readonly Dictionary<IssueId, Chunk> last = [];

    /// <summary>When an appointment went to the customer, or will; null: it did not and will not.</summary>
    /// <param name="yields">What has not gone to them does not count: whoever asks has precedence.</param>
    public async ValueTask<DateTimeOffset?> Of(Appointment appointment, Situation situation, bool yields, DateTimeOffset now)
    {
        var met = false;
        if (appointment.HasBegun)
            foreach (var id in (CustomerId[])[situation.Customer.Id, .. situation.Customer.MergedFrom])
                switch (await State(appointment.Id, id))
                {
                    case (Chunk.Sent or Chunk.Claimed or Chunk.Uncertain, var at): return at;
                    case ( >= Chunk.FirstReason, _): met = true; break;
                }
        return met || yields || appointment.IsOver || !appointment.IsFor(situation) ? null : appointment.Promised(now);
    }

    private async ValueTask<(byte State, DateTimeOffset At)?> State(IssueId issue, CustomerId customer)
    {
        if (!last.TryGetValue(issue, out var chunk) || !chunk.Spans(issue, customer))
        {
            if (await ledger.Around(issue, customer) is not { } read) return null;
            chunk = last[issue] = read;
        }
        return chunk.Find(customer) is >= 0 and var place && !chunk.IsWaiting(place) ? (chunk.States[place], chunk.At) : null;
    }
}
