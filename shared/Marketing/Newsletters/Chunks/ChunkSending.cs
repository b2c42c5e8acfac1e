using Automation.Marketing.Inbox;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Time;

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
public sealed class ChunkSending(ChunkLedger ledger, ChunkClaims claims, BatchDispatch handing, RateLimit pace,
    PlannedMailings book, TimeProvider time)
{
    public static bool IsAudience(CompiledIssue edition, Customer customer, DateTimeOffset now) =>
        edition.Newsletter.Audience is not { } audience || Conditions.Holds(audience, edition.Situation(customer, now));

    /// <summary>Whom there is something to do for: those who wait and whose time has come, and failures of an earlier
    /// round.</summary>
    public static IReadOnlyList<int> Open(Chunk chunk, Issue issue, DateTimeOffset now)
    {
        var open = new List<int>();
        var (due, again) =
            (chunk.Until is null || chunk.Until <= now || chunk.Round < issue.Round, chunk.Round < issue.Round);
        for (var n = 0; n < chunk.Count; n++)
            if ((due && chunk.IsWaiting(n)) || (again && chunk.IsFailed(n))) open.Add(n);
        return open;
    }

    /// <param name="customers">Those of the chunk's stretch, as they are now, in the order of their ids.</param>
    public async Task<ChunkDone> Send(Issue issue, CompiledIssue edition, Chunk chunk, IEnumerable<Customer> customers,
        bool isNew, Utf8Buffer ink, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var again = chunk.Claim is not null;
        var whom = isNew ? Audience(edition, chunk, customers, now)
            : Known(chunk, again ? TakeOver(chunk, Open(chunk, issue, now)) : Open(chunk, issue, now), customers);
        var room = edition.Shop.Plan.Caps.Count == 0 ? null
            : Room.For(
                PlannedMailing.Of(edition.Newsletter, edition.Shop, issue, edition.FirstOfMonth),
                edition.Shop,
                await book.Read(issue.StartedAt),
                ledger);
        var ready = await Prepare(issue, edition, room, chunk, whom, ink, now);
        var today = await Warm(edition, chunk, ready, cancellation);
        // Before the claim: stopped or killed while it waits for its turn, nobody is uncertain. What is claimed is
        // carried to its end.
        if (ready.Count > 0) await pace.Wait(ready.Count, cancellation);
        cancellation.ThrowIfCancellationRequested();
        chunk.Round = issue.Round;
        var claim = chunk.Claim = ready.Count > 0 ? claims.Begin() : null;
        if (!again || !handing.IsIdempotent) chunk.At = time.GetUtcNow();
        foreach (var one in ready) chunk.Set(one.Place, Chunk.Claimed);
        try
        {
            if (!await (isNew ? ledger.Add(chunk, CancellationToken.None)
                : ledger.Update(chunk, CancellationToken.None))) return new(IsContended: true);
            if (ready.Count == 0) return new();
            var handed = await handing.Hand(edition, ready, ink, chunk);
            await Mark(chunk);
            await pace.GiveBack(
                edition.Domain, ready.Count(one => chunk.IsWaiting(one.Place) || chunk.IsFailed(one.Place)), today);
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
            edition.Domain, $"{chunk.Partition}|{chunk.After}|{chunk.ETag.Value}", ready.Count, cancellation);
        foreach (var one in ready.Skip(granted)) Wait(chunk, one.Place, until, "warm-up");
        ready.RemoveRange(granted, ready.Count - granted);
        return until;
    }

    /// <summary>A dead process's claim: where a message twice is one it is sent again, else nobody knows what became of
    /// it.</summary>
    private IReadOnlyList<int> TakeOver(Chunk chunk, IReadOnlyList<int> open)
    {
        var claimed = chunk.In(Chunk.Claimed).ToList();
        if (handing.IsIdempotent) return [.. open.Union(claimed).Order()];
        foreach (var place in claimed) chunk.Set(place, Chunk.Uncertain);
        if (claimed.Count > 0) chunk.Reason = Reconciliation.Killed;
        return open;
    }

    /// <summary>Those whom the issue is for, each put into the new chunk.</summary>
    private static IEnumerable<(int Place, Customer? Customer)> Audience(
        CompiledIssue edition, Chunk chunk, IEnumerable<Customer> customers, DateTimeOffset now)
    {
        foreach (var customer in customers)
            if (IsAudience(edition, customer, now)) yield return (chunk.Add(customer.Id), customer);
    }

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

    private async ValueTask<List<Prepared>> Prepare(Issue issue, CompiledIssue edition, Room? room, Chunk chunk,
        IEnumerable<(int Place, Customer? Customer)> whom, Utf8Buffer ink, DateTimeOffset now)
    {
        var (ready, addresses) = (new List<Prepared>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        ink.CutTo(0);
        chunk.Until = null;
        foreach (var (place, customer) in whom)
        {
            if (customer is null) chunk.SetSkipped(place, "no customer any more");
            else if (await Prepare(issue, edition, room, chunk, place, customer, ink, now) is { } one)
            {
                if (addresses.Add(one.Recipient.To)) ready.Add(one);
                else chunk.SetSkipped(place, "the address is another customer's too");
            }
        }
        return ready;
    }

    /// <summary>Judged and rendered; null: not now or not at all, and the chunk says why.</summary>
    private async ValueTask<Prepared?> Prepare(Issue issue, CompiledIssue edition, Room? room, Chunk chunk, int place,
        Customer customer, Utf8Buffer ink, DateTimeOffset now)
    {
        var situation = edition.Situation(customer, now);
        switch (await Judge(edition.Newsletter, edition.FirstOfMonth, situation, room))
        {
            case null: chunk.SetSkipped(place, "not in the audience any more"); return null;
            case Verdict.Refused no: chunk.SetSkipped(place, no.Reason); return null;
            case Verdict.Deferred later: Wait(chunk, place, later.Until, later.Reason); return null;
        }
        if ((edition.Test.Drawn(edition.Id, customer.Id) ?? issue.Winner) is not { } subject)
        {
            Wait(chunk, place, issue.DecidedAt(edition.Test), SubjectTest.Reason);
            return null;
        }
        if (customer.MergedFrom.Count > 0 && await Had(edition.Id, customer))
        {
            chunk.SetSkipped(place, "had it under another id");
            return null;
        }
        situation = await edition.Whole(situation);
        var begin = ink.Length;
        try
        {
            var send = edition.SendId(customer.Id);
            var unsubscribe = edition.UnsubscribeUrl(customer.Id, send);
            var page = edition.Pages[subject];
            var ends = new int[page.Tags.Count];
            page.Fill(situation, unsubscribe, ink, ends);
            return new(place, subject, new(send, customer.Email!, unsubscribe, begin, ends));
        }
        catch (MissingValueException missing)
        {
            ink.CutTo(begin);
            chunk.SetFailed(place, $"not rendered: {missing.Message}");
            return null;
        }
    }

    /// <summary>Does a customer get it, as they are? Only whom the plan would hold back at first sight is looked for in
    /// the ledger. Null: not in the audience.</summary>
    internal static async ValueTask<Verdict?> Judge(
        Newsletter newsletter, bool firstOfMonth, Situation situation, Room? room)
    {
        var (shop, now) = (situation.Shop, situation.Now);
        var opens = shop.QuietHours is { } quiet
            ? quiet.Outside.NextOpening(now, Zones.Of(situation.Customer.TimeZone, shop.TimeZone)) : now;
        var verdict = Readers.Judge(newsletter, firstOfMonth, situation, opens);
        return verdict is not Verdict.Allowed || room is null || room.Judge(situation) is Verdict.Allowed
            ? verdict
            : await room.Look(situation);
    }

    private static void Wait(Chunk chunk, int place, DateTimeOffset until, string reason)
    {
        chunk.SetWaiting(place, reason);
        if (chunk.Until is null || until < chunk.Until) chunk.Until = until;
    }

    /// <summary>Did somebody who turned out to be this customer get it?</summary>
    private async ValueTask<bool> Had(IssueId issue, Customer customer)
    {
        foreach (var former in customer.MergedFrom)
            if (await ledger.Find(issue, former) is var (chunk, place)
                && chunk.States[place] is Chunk.Sent or Chunk.Uncertain or Chunk.Claimed) return true;
        return false;
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

/// <summary>One customer of a chunk, judged and rendered: where they are in it, which subject they get, and what goes
/// to the provider.</summary>
public sealed record Prepared(int Place, int Subject, BatchRecipient Recipient);
