using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>One customer of a chunk, judged and rendered: where they are in it, which subject they get, and what goes
/// to the provider.</summary>
public sealed record Prepared(int Place, int Subject, BatchRecipient Recipient);

/// <summary>Judges and renders the customers of a chunk, each for the channel they prefer or, where the issue goes both
/// ways, for the chunk's own; whoever gets nothing, or not yet, has the reason in the chunk.</summary>
public sealed class ChunkPreparing(ChunkLedger ledger, PlannedMailings book, LineDispatch lines)
{
    public static bool IsAudience(CompiledIssue edition, Customer customer, DateTimeOffset now) =>
        edition.Newsletter.Audience is not { } audience || Conditions.Holds(audience, edition.Situation(customer, now));

    /// <param name="whom">Places and customers as they are now; null: no customer any more.</param>
    public async ValueTask<ReadyChunk> Prepare(
        Issue issue, CompiledIssue edition, Chunk chunk, IEnumerable<(int Place, Customer? Customer)> whom,
        Utf8Buffer ink, DateTimeOffset now)
    {
        var room = edition.Shop.Plan.Caps.Count == 0 ? null
            : Room.For(
                PlannedMailing.Of(edition.Newsletter, edition.Shop, issue, edition.FirstOfMonth),
                edition.Shop,
                await book.Read(issue.StartedAt),
                ledger);
        var work = new Work(issue, edition, chunk) { Room = room, Ink = ink, Now = now };
        ink.CutTo(0);
        chunk.Until = null;
        foreach (var (place, customer) in whom)
            if (chunk.States[place] == Chunk.Asked) await Again(work, place, customer);
            else if (customer is null) chunk.SetSkipped(place, "no customer any more");
            else await Prepare(work, place, customer);
        return work.Ready;
    }

    /// <summary>What is prepared, and for what.</summary>
    private sealed record Work(Issue Issue, CompiledIssue Edition, Chunk Chunk)
    {
        public required Room? Room { get; init; }
        public required Utf8Buffer Ink { get; init; }
        public required DateTimeOffset Now { get; init; }
        public ReadyChunk Ready { get; } = new();

        public string SendId(CustomerId customer) =>
            Chunk.IsBeside ? Edition.LineSendId(customer) : Edition.SendId(customer);

        private readonly HashSet<string> addresses = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>An address gets it once; on LINE it is <c>line:U…</c>.</summary>
        public bool IsFirst(string address, int place)
        {
            if (addresses.Add(address)) return true;
            Chunk.SetSkipped(place, "the address is another customer's too");
            return false;
        }
    }

    /// <summary>Judged and rendered; not now or not at all: the chunk says why.</summary>
    private async ValueTask Prepare(Work work, int place, Customer customer)
    {
        var ((issue, edition, chunk), now) = (work, work.Now);
        var situation = edition.Situation(customer, now);
        if (chunk.IsBeside && !(edition.Line is not null && lines.IsThere))
        {
            chunk.SetSkipped(place, "the shop is not on LINE");
            return;
        }
        var byLine = chunk.IsBeside || (edition.Line is not null && !edition.IsBothWays && lines.IsThere
            && Readers.Way(customer) == Identity.Line);
        var channel = byLine ? Identity.Line : "email";
        switch (await Judge(work, situation, channel))
        {
            case null: chunk.SetSkipped(place, "not in the audience any more"); return;
            case Verdict.Refused no: chunk.SetSkipped(place, no.Reason); return;
            case Verdict.Deferred later: Wait(chunk, place, later.Until, later.Reason); return;
        }
        var subject = edition.Test.Drawn(edition.Id, customer.Id) ?? issue.Winner;
        if (!byLine && subject is null)
        {
            Wait(chunk, place, issue.DecidedAt(edition.Test), SubjectTest.Reason);
            return;
        }
        if (customer.MergedFrom.Count > 0 && await Went(edition.Id, customer.MergedFrom, chunk.IsBeside))
        {
            chunk.SetSkipped(place, "had it under another id");
            return;
        }
        if (byLine && lines.Rests is var (until, reason))
        {
            Hold(chunk, place, Readers.HeldByLine(issue, until, reason));
            return;
        }
        situation = await edition.Whole(situation);
        if (byLine) ByLine(work, place, situation, work.Ready.Lines);
        else ByMail(work, place, situation, subject!.Value);
    }

    /// <summary>The plan counts what goes both ways as one: who has the one gets the other.</summary>
    private async ValueTask<Verdict?> Judge(Work work, Situation situation, string channel)
    {
        var (edition, chunk) = (work.Edition, work.Chunk);
        var verdict = await Judge(edition.Newsletter, edition.FirstOfMonth, situation, work.Room, channel);
        return verdict is Verdict.Refused && edition.IsBothWays && work.Room is not null
            && await Went(
                edition.Id, [situation.Customer.Id, .. situation.Customer.MergedFrom], !chunk.IsBeside)
            ? await Judge(edition.Newsletter, edition.FirstOfMonth, situation, null, channel) : verdict;
    }

    private static void ByMail(Work work, int place, Situation situation, int subject)
    {
        var (edition, customer, ink, begin) = (work.Edition, situation.Customer, work.Ink, work.Ink.Length);
        try
        {
            var send = edition.SendId(customer.Id);
            var unsubscribe = edition.UnsubscribeUrl(customer.Id, send);
            var page = edition.Pages[subject];
            var ends = new int[page.Tags.Count];
            page.Fill(situation, unsubscribe, ink, ends);
            if (work.IsFirst(customer.Email!, place))
                work.Ready.Mails.Add(new(place, subject, new()
                {
                    SendId = send,
                    To = customer.Email!,
                    UnsubscribeUrl = unsubscribe,
                    Start = begin,
                    Ends = ends,
                }));
        }
        catch (MissingValueException missing)
        {
            ink.CutTo(begin);
            work.Chunk.SetFailed(place, $"not rendered: {missing.Message}");
        }
    }

    private static void ByLine(Work work, int place, Situation situation, List<PreparedLine> ready)
    {
        var (send, to) =
            (work.SendId(situation.Customer.Id), Gate.Address(situation.Customer, Identity.Line)!);
        try
        {
            var json = work.Edition.Line!.For(situation, send);
            if (work.IsFirst($"{Identity.Line}:{to}", place)) ready.Add(new(place, send, to, json));
        }
        catch (Exception wrong) when (wrong is MissingValueException or LineShapeException)
        {
            work.Chunk.SetFailed(place, $"not rendered: {wrong.Message}");
        }
    }

    /// <summary>LINE is asked about them again: whatever they have chosen since, it was on its way.</summary>
    private async ValueTask Again(Work work, int place, Customer? customer)
    {
        work.Ready.Asked.Add(place);
        if (customer is null || Gate.Address(customer, Identity.Line) is null || work.Edition.Line is null
            || !lines.IsThere) return;
        var situation = await work.Edition.Whole(work.Edition.Situation(customer, work.Now));
        ByLine(work, place, situation, work.Ready.Again);
    }

    /// <summary>Does a customer get it, as they are? Only whom the plan would hold back at first sight is looked for in
    /// the ledger. Null: not in the audience.</summary>
    internal static async ValueTask<Verdict?> Judge(
        Newsletter newsletter, bool firstOfMonth, Situation situation, Room? room, string channel = "email")
    {
        var (shop, now) = (situation.Shop, situation.Now);
        var opens = shop.QuietHours is { } quiet
            ? quiet.Outside.NextOpening(now, Zones.Of(situation.Customer.TimeZone, shop.TimeZone)) : now;
        var verdict = Readers.Judge(newsletter, firstOfMonth, situation, opens, channel);
        return verdict is not Verdict.Allowed || room is null || room.Judge(situation) is Verdict.Allowed
            ? verdict
            : await room.Look(situation);
    }

    /// <summary>They wait, or it is too late for them.</summary>
    internal static void Hold(Chunk chunk, int place, Verdict verdict)
    {
        if (verdict is Verdict.Deferred later) Wait(chunk, place, later.Until, later.Reason);
        else if (verdict is Verdict.Refused no) chunk.SetSkipped(place, no.Reason);
    }

    internal static void Wait(Chunk chunk, int place, DateTimeOffset until, string reason)
    {
        chunk.SetWaiting(place, reason);
        chunk.WaitUntil(until);
    }

    /// <summary>Did it go to one of them, by mail or as the LINE message beside it?</summary>
    private async ValueTask<bool> Went(IssueId issue, IReadOnlyList<CustomerId> ids, bool isBeside)
    {
        foreach (var id in ids)
            if (await ledger.Find(issue, id, isBeside) is var (chunk, place) && chunk.HasGone(place)) return true;
        return false;
    }
}
