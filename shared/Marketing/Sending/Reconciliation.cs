using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>How things stand with a send of unknown outcome: may it go once more?</summary>
/// <param name="Verdict">What speaks against it: yes is nothing.</param>
/// <param name="Situation">What it is about, as it is now; null where it may not go.</param>
/// <param name="Timeline">Where it is claimed, with its walk, so that whoever ends the walk in between wins; null
/// where it may not go.</param>
public sealed record Standing(Verdict Verdict, Situation? Situation = null, TimelineBatch? Timeline = null);

/// <summary>How things stand with a send of unknown outcome; asked before each repetition.</summary>
public interface IStandings
{
    /// <param name="send">As the ledger has it.</param>
    ValueTask<Standing> Of(Send send, CancellationToken cancellation);
}

/// <summary>Settles uncertain sends: by what the provider says later, else by <see cref="Repetition"/>. Whatever
/// happened meanwhile counts for a repetition as for the first attempt. What stays uncertain is in <c>Attention</c>
/// until the provider says what became of it.</summary>
public sealed class Reconciliation(
    Ledger ledger, SendAttention attention, Sending sending, IStandings standings, MarketingOptions options,
    TimeProvider time)
{
    public const string Killed = "killed between claim and answer";
    public const string Resent = "resent: the first attempt's outcome is unknown";

    /// <summary>Repeats what may be repeated and is due; how many mails went out.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var resent = 0;
        await foreach (var (key, noted) in attention.Due(time.GetUtcNow()))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await Settle(key, noted.Id, cancellation)) resent++;
        }
        return resent;
    }

    /// <summary>One send that is noted as uncertain; true: it went out now.</summary>
    private async Task<bool> Settle(string key, string id, CancellationToken cancellation)
    {
        if (await ledger.Find(id, cancellation) is not { Send.State: SendState.Uncertain or SendState.Claimed } row)
        {
            await attention.Done(key, cancellation);
            return false;
        }
        // A first attempt that was cut short is its walk's to settle; a repetition nobody else comes back to.
        if (row.Send is { State: SendState.Claimed } claimed)
            return claimed.Repeats > 0 && sending.IsDead(row) && await Mark(
                claimed.Unclear($"{claimed.Reason}; {Killed}", answered: false, time.GetUtcNow()),
                row,
                key,
                cancellation);
        switch (Repetition.Of(row.Send, options.SettleAfter, time.GetUtcNow()))
        {
            case Repetition.Later later:
                await attention.Move(key, row.Send, later.Due, cancellation);
                return false;
            case Repetition.Never(var reason):
                return await Mark(row.Send.GivenUp || !Repetition.IsTried(row.Send)
                    ? row.Send
                    : NotResent(row.Send, reason), row, key, cancellation);
        }
        var stands = await standings.Of(row.Send, cancellation);
        switch (stands.Verdict)
        {
            case Verdict.Deferred later:
                await attention.Move(key, row.Send, later.Until, cancellation);
                return false;
            case Verdict.Refused(var reason):
                return await Mark(NotResent(row.Send, reason), row, key, cancellation);
        }
        if (await sending.Resend(row, stands.Situation!, stands.Timeline!, cancellation) is not { } send) return false;
        await Note(key, send, cancellation);
        return send.State == SendState.Accepted;
    }

    /// <summary>Writes what became of the row, and where to look for it next; never a mail.</summary>
    private async Task<bool> Mark(Send send, LedgerRow row, string key, CancellationToken cancellation)
    {
        if (ReferenceEquals(send, row.Send) || await ledger.Update(send, null, row, cancellation))
            await Note(key, send, cancellation);
        return false;
    }

    private Task Note(string key, Send send, CancellationToken cancellation) =>
        (send.State, Repetition.Of(send, options.SettleAfter, time.GetUtcNow())) switch
        {
            (not SendState.Uncertain, _) => attention.Done(key, cancellation),
            (_, Repetition.Never) => attention.Keep(key, send, cancellation),
            (_, Repetition.Later later) => attention.Move(key, send, later.Due, cancellation),
            _ => Task.CompletedTask,
        };

    /// <summary>The provider's own word on a send: it went out, or it was dropped (why). False where that was no
    /// question any more.</summary>
    public async Task<bool> Settle(
        string sendId, bool processed, string? reason = null, CancellationToken cancellation = default)
    {
        while (await ledger.Find(sendId, cancellation) is { Send.State: SendState.Uncertain or SendState.Claimed } row)
        {
            var send = row.Send with
            {
                State = processed ? SendState.Accepted : SendState.Refused,
                Reason = reason ?? row.Send.Reason,
                At = time.GetUtcNow()
            };
            if (!await ledger.Update(send, null, row, cancellation)) continue;
            await attention.Forget(
                send, (Repetition.Of(row.Send, options.SettleAfter, time.GetUtcNow()) as Repetition.Later)?.Due,
                cancellation);
            return true;
        }
        return false;
    }

    /// <summary>It stays uncertain for good.</summary>
    internal static Send NotResent(Send send, string reason) =>
        send with { Reason = $"{send.Reason}; not resent: {reason}", GivenUp = true };
}
