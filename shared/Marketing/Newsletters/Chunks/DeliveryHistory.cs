using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Did an issue go to a customer, or will it? By the ledger. Customers asked for in the order of their ids
/// share what was read: a chunk is read once.</summary>
public sealed class DeliveryHistory(ChunkLedger ledger)
{
    private readonly Dictionary<(IssueId, bool), Chunk> last = [];

    /// <summary>It went to the customer, or will; by mail and by LINE is once.</summary>
    /// <param name="yields">What has not gone to them does not count: whoever asks has precedence.</param>
    public async ValueTask<bool> Counts(PlannedMailing appointment, Situation situation, bool yields)
    {
        var (customer, met) = (situation.Customer, appointment.HasBegun);
        foreach (var (isBeside, isForThem) in Ways(appointment, customer))
        {
            var isOver = !isForThem;
            foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
                switch (await State(appointment.Id, id, isBeside))
                {
                    case Chunk.Sent or Chunk.Claimed or Chunk.Uncertain or Chunk.Asked: return true;
                    case >= Chunk.FirstReason: isOver = true; break;
                }
            met &= isOver;
        }
        return !met && !yields && !appointment.IsOver && appointment.IsFor(situation);
    }

    /// <summary>The ways by which it may have gone to a customer, and whether they are to get it by each.</summary>
    private static IReadOnlyList<(bool IsBeside, bool IsForThem)> Ways(PlannedMailing appointment, Customer customer) =>
        appointment switch
        {
            { HasBegun: false } => [],
            { Issue.IsBothWays: true } => [(false, Readers.IsByMail(customer)), (true, Readers.IsByLine(customer))],
            _ => [(false, true)],
        };

    private async ValueTask<byte?> State(IssueId issue, CustomerId customer, bool isBeside)
    {
        if (!last.TryGetValue((issue, isBeside), out var chunk) || !chunk.Spans(issue, customer))
        {
            if (await ledger.Around(issue, customer, isBeside) is not { } read) return null;
            chunk = last[(issue, isBeside)] = read;
        }
        return chunk.Find(customer) is >= 0 and var place && !chunk.IsWaiting(place) ? chunk.States[place] : null;
    }
}
