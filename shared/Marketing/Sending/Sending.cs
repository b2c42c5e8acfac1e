using Automation.Marketing.People;
using Automation.Marketing.Plan;
using Automation.Marketing.Segments;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>Writes to a customer, once: gate, render, claim the ledger row, hand over. Killed before the claim nothing
/// happened; killed after it the row says claimed, and the next attempt carries on where the transport takes the same
/// message twice as one, and calls it uncertain where not.</summary>
public sealed class Sending(
    Ledger ledger, SendAttention attention, PlanGuard plan, DeliveryChannels channels, MarketingOptions options,
    TimeProvider time)
{
    /// <summary>How much longer than a handover another process's claim is left alone.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly Attempts attempts = new();

    /// <summary>Which of several channels a send goes by: the one it was claimed on, else LINE where it reaches the
    /// customer, else the last.</summary>
    /// <param name="id">The send's id; the same on whichever it goes.</param>
    internal async ValueTask<string> Choose(
        string id, IReadOnlyList<string> among, Purpose purpose, Customer customer, CancellationToken cancellation) =>
        await ledger.Find(id, cancellation) is { Send: { State: not SendState.Released } send } ? send.Channel
        : among.Contains(Identity.Line) && channels.Line.Reaches(customer, purpose) ? Identity.Line
        : among[^1];

    /// <summary>What came of it; a mark still to be made is left in the request's timeline.</summary>
    /// <exception cref="SendUnderWayException">Another process may be at it: try again later.</exception>
    public async Task<SendOutcome> Send(SendRequest request, CancellationToken cancellation)
    {
        var ended = await End(request, cancellation);
        if (ended.Mark is { } mark) request.Timeline.Mark(mark);
        return ended.Outcome;
    }

    private async Task<EndedSend> End(SendRequest request, CancellationToken cancellation)
    {
        var id = Ledger.Id(request.Timeline.Customer, request.For);
        var way = channels.By(request.Channel);
        var prepared = request.Refusal is { } refusal
            ? new Prepared(Verdict.No(refusal))
            : await way.Prepare(id, request.Mail, request.Purpose, request.Situation, time.GetUtcNow());
        var row = prepared.Delivery is null ? await ledger.Find(id, cancellation) : null;
        while (true)
        {
            if (row is { Send.State: not (SendState.Released or SendState.Claimed) })
                return new(new SendOutcome.Settled(row.Send, IsNews: false));
            if (row is { Send.State: SendState.Claimed, Claim: { } claim })
            {
                if (attempts.Find(claim) is { } same) return await same.WaitAsync(cancellation);
                if (!IsDead(row)) throw new SendUnderWayException();
                if (row.Send.Channel != way.Channel || !way.MayRepeat(row.Send, time.GetUtcNow())
                    || prepared.Delivery is null) return await Lost(row, cancellation);
            }
            var send = row is null ? Begin(id, request)
                : row.Send with { Channel = way.Channel, Mail = request.Mail, Purpose = request.Purpose };
            switch (await Plan(id, request, prepared.Verdict, row))
            {
                case Verdict.Deferred later:
                    if (await Hold(send, row, later, cancellation))
                        return new(new SendOutcome.Later(later.Until, later.Reason, prepared.IsBusy));
                    row = await ledger.Find(id, cancellation);
                    continue;
                // What the gate lets pass was not looked up; the plan may have held it back before.
                case Verdict.Refused when prepared.Delivery is not null && row is null
                    && await ledger.Find(id, cancellation) is { } held:
                    row = held;
                    continue;
                case Verdict.Refused(var reason):
                    return Settled(
                        send with { State = SendState.Refused, Reason = reason, At = time.GetUtcNow() }, row);
            }
            // A claim taken over keeps its time: the same message gets the same name in the outbox.
            send = send with
            {
                State = SendState.Claimed,
                Reason = null,
                Attempts = send.Attempts + 1,
                At = row is { Send.State: SendState.Claimed } ? send.At : time.GetUtcNow()
            };
            if (await Claim(send, row, prepared.Delivery!, request.Timeline, cancellation) is { } ended) return ended;
            row = await ledger.Find(id, cancellation);
        }
    }

    /// <summary>One more attempt at an uncertain send; null: not now (it is settled, the provider is busy, the
    /// walk's row has changed).</summary>
    internal async Task<Send?> Resend(
        LedgerRow row, Situation situation, TimelineBatch timeline, CancellationToken cancellation)
    {
        var send = row.Send with
        {
            At = time.GetUtcNow(),
            Reason = Reconciliation.Resent,
            Attempts = row.Send.Attempts + 1,
            Repeats = row.Send.Repeats + 1
        };
        var way = channels.By(send.Channel);
        var prepared = await way.Prepare(send.Id, send.Mail, send.Purpose, situation, send.At);
        if (prepared.Verdict is Verdict.Deferred) return null;
        if (prepared.Verdict is Verdict.Refused(var why))
            return await Update(Reconciliation.NotResent(row.Send, why), row);
        var attempt = attempts.Begin();
        try
        {
            var claim = Ledger.Write(send with { State = SendState.Claimed }, attempt, row);
            if (await timeline.Claim(claim, cancellation) is not Claimed.Ours ours) return null;
            var claimed = new LedgerRow(send, attempt, ours.ETag);
            var now = await prepared.Delivery!(send.At, cancellation) switch
            {
                DeliveryResult.Accepted accepted =>
                    send with { State = SendState.Accepted, ProviderId = accepted.ProviderId, At = time.GetUtcNow() },
                DeliveryResult.Unclear unclear =>
                    send.Unclear($"{send.Reason}; {unclear.Reason}", unclear.Answered, time.GetUtcNow()),
                DeliveryResult.Refused refused => Reconciliation.NotResent(row.Send, refused.Reason),
                DeliveryResult.Busy busy => Rested(way, busy, row.Send),
                _ => throw new InvalidOperationException("A handover of an unknown kind."),
            };
            return await Update(now, claimed) is { } marked && !ReferenceEquals(marked, row.Send) ? marked : null;
        }
        finally { attempts.Drop(attempt); }

        async Task<Send?> Update(Send to, LedgerRow over) =>
            await ledger.Update(to, null, over, CancellationToken.None) ? to : null;
    }

    private static Send Rested(DeliveryChannel way, DeliveryResult.Busy busy, Send unchanged)
    {
        way.Rested(busy);
        return unchanged;
    }

    /// <summary>Settles a send that is held back and will not go: the ledger write still to be made; null where it is
    /// not held back.</summary>
    /// <param name="reason">What it was for.</param>
    internal async ValueTask<RowAction?> LetGo(
        CustomerId timeline, string reason, string because, CancellationToken cancellation) =>
        (await Held(timeline, reason, cancellation) ?? await Held(timeline, Ledger.OnLine(reason), cancellation))
            is { } row ? Ledger.Write(
                row.Send with { State = SendState.Refused, Reason = $"left: {because}", At = time.GetUtcNow() },
                null,
                row)
            : null;

    private async ValueTask<LedgerRow?> Held(CustomerId timeline, string reason, CancellationToken cancellation) =>
        await ledger.Find(Ledger.Id(timeline, reason), cancellation) is { Send.State: SendState.Released } row
            ? row : null;

    /// <summary>May the claim still be somebody's?</summary>
    internal bool IsDead(LedgerRow row) =>
        row.Claim is not { } claim || (attempts.IsOurs(claim) ? attempts.Find(claim) is null
            : options.IsSingleProcess
                || time.GetUtcNow() - row.Send.At > channels.By(row.Send.Channel).Longest + Margin);

    /// <summary>The gate's verdict, and for marketing the plan's; a claim taken over was counted when it was
    /// made.</summary>
    private async ValueTask<Verdict> Plan(string id, SendRequest request, Verdict verdict, LedgerRow? row)
    {
        if (request.Purpose != Purpose.Marketing || row is { Send.State: SendState.Claimed }) return verdict;
        var now = time.GetUtcNow();
        verdict = PlanRules.Together(request.Situation, verdict, Verdict.Yes, request.HeldSince, now);
        return verdict is not Verdict.Allowed ? verdict : PlanRules.Together(
            request.Situation, verdict, await plan.Admit(request.CountedAs ?? id, request.Situation, now),
            request.HeldSince, now);
    }

    /// <summary>Says in the ledger why it does not go yet; false where the row is another by now.</summary>
    private async Task<bool> Hold(Send send, LedgerRow? row, Verdict.Deferred later, CancellationToken cancellation)
    {
        if (row is { Send.State: SendState.Released } && row.Send.Reason == later.Reason) return true;
        var held = send with { State = SendState.Released, Reason = later.Reason, At = time.GetUtcNow() };
        return await ledger.Put(held, row, cancellation);
    }

    private Send Begin(string id, SendRequest request) => new()
    {
        Id = id,
        Customer = request.Timeline.Customer,
        Channel = request.Channel,
        Mail = request.Mail,
        Purpose = request.Purpose,
        For = request.For,
        State = SendState.Claimed,
        At = time.GetUtcNow(),
    };

    /// <summary>Claims and hands over; null where the ledger's row is another than thought.</summary>
    private async Task<EndedSend?> Claim(
        Send send, LedgerRow? over, Delivery delivery, TimelineBatch timeline, CancellationToken cancellation)
    {
        var attempt = attempts.Begin();
        try
        {
            switch (await timeline.Claim(Ledger.Write(send, attempt, over), cancellation))
            {
                case Claimed.Ours ours:
                    var ended = await Over(new(send, attempt, ours.ETag), delivery, cancellation);
                    attempts.End(attempt, ended);
                    return ended;
                case Claimed.Disturbed:
                    return new(new SendOutcome.Disturbed());
                default:
                    return null;
            }
        }
        finally
        {
            if (attempts.Find(attempt) is { IsCompleted: false }) attempts.Drop(attempt);
        }
    }

    private async Task<EndedSend> Over(LedgerRow claimed, Delivery delivery, CancellationToken cancellation)
    {
        var way = channels.By(claimed.Send.Channel);
        var handover = await delivery(claimed.Send.At, cancellation);
        var now = time.GetUtcNow();
        switch (handover)
        {
            case DeliveryResult.Accepted accepted:
                return Settled(claimed.Send with
                {
                    State = SendState.Accepted,
                    ProviderId = accepted.ProviderId,
                    At = now,
                }, claimed);
            case DeliveryResult.Refused refused:
                return Settled(
                    claimed.Send with { State = SendState.Refused, Reason = refused.Reason, At = now }, claimed);
            case DeliveryResult.Unclear unclear:
                var uncertain = Since(claimed.Send).Unclear(unclear.Reason, unclear.Answered, now);
                await attention.Uncertain(uncertain, CancellationToken.None);
                return Settled(uncertain, claimed);
            case DeliveryResult.Busy busy:
                if (busy.Stopped) await attention.Stopped(way.Transport!, busy.Reason, now, CancellationToken.None);
                way.Rested(busy);
                await ledger.Update(
                    claimed.Send with { State = SendState.Released, Reason = busy.Reason, At = now },
                    null,
                    claimed,
                    CancellationToken.None);
                // An order's message does not wait for next month where there is another way: it is looked for at once.
                var another = busy.IsUsedUp && claimed.Send.Purpose == Purpose.Transactional;
                return new(new SendOutcome.Later(another ? now : now + busy.RetryAfter, busy.Reason, IsBusy: true));
            default:
                throw new InvalidOperationException("A handover of an unknown kind.");
        }
    }

    /// <summary>LINE's memory of a key begins with the claim at the latest.</summary>
    private static Send Since(Send claimed) => claimed.Channel == Identity.Line
        ? claimed with { UncertainSince = claimed.UncertainSince ?? claimed.At } : claimed;

    private static EndedSend Settled(Send send, LedgerRow? over) =>
        new(new SendOutcome.Settled(send, IsNews: true), Ledger.Write(send, null, over));

    private async Task<EndedSend> Lost(LedgerRow row, CancellationToken cancellation)
    {
        var send = Since(row.Send).Unclear(Reconciliation.Killed, answered: false, time.GetUtcNow());
        await attention.Uncertain(send, cancellation);
        return Settled(send, row);
    }
}
