using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>What became of the work on a chunk.</summary>
/// <param name="Sent">How many were handed over.</param>
/// <param name="Rest">Nothing more before: the provider is busy.</param>
/// <param name="Stopped">Nothing more before somebody does something: why.</param>
/// <param name="IsContended">Somebody else has the chunk.</param>
public sealed record ChunkDone(
    int Sent = 0, DateTimeOffset? Rest = null, string? Stopped = null, bool IsContended = false);

/// <summary>Sends one chunk of an issue: gate, render, claim, hand over, mark. The claim is one write, the mark
/// another.</summary>
public sealed class ChunkSending(
    ChunkLedger ledger, ChunkClaims claims, ChunkPreparing preparing, ChunkDispatch dispatch, RateLimit pace,
    TimeProvider time)
{
    /// <summary>Whom there is something to do for: those who wait and whose time has come, those LINE is asked about
    /// again, and failures of an earlier round.</summary>
    public static IReadOnlyList<int> Open(Chunk chunk, Issue issue, DateTimeOffset now)
    {
        var open = new List<int>();
        var (due, again) =
            (chunk.Until is null || chunk.Until <= now || chunk.Round < issue.Round, chunk.Round < issue.Round);
        for (var n = 0; n < chunk.Count; n++)
            if ((due && (chunk.IsWaiting(n) || chunk.States[n] == Chunk.Asked)) || (again && chunk.IsFailed(n)))
                open.Add(n);
        return open;
    }

    /// <param name="customers">Those of the chunk's stretch, as they are now, in the order of their ids.</param>
    public async Task<ChunkDone> Send(Issue issue, CompiledIssue edition, Chunk chunk, IEnumerable<Customer> customers,
        bool isNew, Utf8Buffer ink, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var again = chunk.Claim is not null;
        if (again) chunk.TakeOverLines();
        var whom = isNew ? Audience(edition, chunk, customers, now)
            : Known(chunk, again ? TakeOver(chunk, Open(chunk, issue, now)) : Open(chunk, issue, now), customers);
        var ready = await preparing.Prepare(issue, edition, chunk, whom, ink, now);
        var today = await Warm(edition, chunk, ready.Mails, cancellation);
        // Before the claim: stopped or killed while it waits for its turn, nobody is uncertain. What is claimed is
        // carried to its end.
        if (ready.Mails.Count > 0) await pace.Wait(ready.Mails.Count, cancellation);
        cancellation.ThrowIfCancellationRequested();
        chunk.Round = issue.Round;
        var handover = dispatch.Claim(edition, issue, ready, ink, chunk, time.GetUtcNow());
        var claim = chunk.Claim = handover is null ? null : claims.Begin();
        if (!again || !dispatch.IsIdempotent) chunk.At = time.GetUtcNow();
        try
        {
            if (!await (isNew ? ledger.Add(chunk, CancellationToken.None)
                : ledger.Update(chunk, CancellationToken.None))) return new(IsContended: true);
            if (handover is null) return new();
            var handed = await handover();
            await Mark(chunk);
            await pace.GiveBack(
                edition.Domain, ready.Mails.Count(one => chunk.IsWaiting(one.Place) || chunk.IsFailed(one.Place)),
                today);
            return handed;
        }
        finally
        {
            if (claim is not null) claims.End(claim);
        }
    }

    /// <summary>Whom a warming domain cannot write to today waits for tomorrow; answers when that is.</summary>
    private async ValueTask<DateTimeOffset> Warm(
        CompiledIssue edition, Chunk chunk, List<Prepared> ready, CancellationToken cancellation)
    {
        var (granted, until) = await pace.Take(
            edition.Domain, $"{chunk.Partition}|{chunk.Key}|{chunk.ETag.Value}", ready.Count, cancellation);
        foreach (var one in ready.Skip(granted)) ChunkPreparing.Wait(chunk, one.Place, until, "warm-up");
        ready.RemoveRange(granted, ready.Count - granted);
        return until;
    }

    /// <summary>A dead process's claim: where a message twice is one it is sent again, else nobody knows what became of
    /// it.</summary>
    private IReadOnlyList<int> TakeOver(Chunk chunk, IReadOnlyList<int> open)
    {
        var claimed = chunk.In(Chunk.Claimed).ToList();
        if (dispatch.IsIdempotent) return [.. open.Union(claimed).Order()];
        foreach (var place in claimed) chunk.Set(place, Chunk.Uncertain);
        if (claimed.Count > 0) chunk.Reason = Reconciliation.Killed;
        return open;
    }

    /// <summary>Those whom the issue is for, each put into the new chunk.</summary>
    private static IEnumerable<(int Place, Customer? Customer)> Audience(
        CompiledIssue edition, Chunk chunk, IEnumerable<Customer> customers, DateTimeOffset now)
    {
        foreach (var customer in customers)
            if (IsIn(edition, chunk, customer) && ChunkPreparing.IsAudience(edition, customer, now))
                yield return (chunk.Add(customer.Id), customer);
    }

    /// <summary>Where an issue goes both ways: is it for them by the chunk's way?</summary>
    private static bool IsIn(CompiledIssue edition, Chunk chunk, Customer customer) =>
        chunk.IsBeside ? Readers.IsByLine(customer) : !edition.IsBothWays || Readers.IsByMail(customer);

    /// <summary>Those at the open places of a chunk there is; null: no customer any more.</summary>
    private static IEnumerable<(int Place, Customer? Customer)> Known(
        Chunk chunk, IReadOnlyList<int> open, IEnumerable<Customer> customers)
    {
        using var next = customers.GetEnumerator();
        var any = next.MoveNext();
        foreach (var place in open)
        {
            var id = chunk.Customer(place);
            while (any && string.CompareOrdinal(next.Current.Id.Value, id.Value) < 0) any = next.MoveNext();
            yield return (place, any && next.Current.Id == id ? next.Current : null);
        }
    }

    /// <summary>Writes the outcomes; where the provider's events settled something meanwhile, theirs stay.</summary>
    private async Task Mark(Chunk chunk)
    {
        var claim = chunk.Claim;
        chunk.Claim = null;
        while (!await ledger.Update(chunk, CancellationToken.None))
        {
            if (await ledger.Again(chunk) is not { } stored || stored.Claim != claim) return;
            for (var place = 0; place < stored.Count; place++)
                if (stored.States[place] != Chunk.Claimed) chunk.Take(place, stored);
            chunk.ETag = stored.ETag;
        }
    }
}
