using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>
/// Settles uncertain sends: by what the provider says later, else by policy — marketing is at most once and stays uncertain, an order mail
/// is sent once more.
/// </summary>
/// <param name="situations">What a send was about, as it is now; null where the customer is gone.</param>
/// <param name="after">How long to wait for the provider's word first (<c>Mail:SettleAfter</c>).</param>
public sealed class Settling(Tables tables, Sending sending, Func<Send, CancellationToken, ValueTask<Situation?>> situations, TimeProvider time, TimeSpan after)
{
    private readonly Ledger ledger = new(tables);
    private readonly SendAttention attention = new(tables);

    /// <summary>Repeats what may be repeated; how many mails went out.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var resent = 0;
        await foreach (var (key, noted) in attention.Before(time.GetUtcNow() - after))
        {
            if (await ledger.Find(noted.Id, cancellation) is not { Send.State: SendState.Uncertain or SendState.Claimed } row) await attention.Done(key, cancellation);
            else if (row is { Resent: true, Send.State: SendState.Claimed }) await GiveUp(row, cancellation);
            else if (row is { Resent: false, Send: { State: SendState.Uncertain, Purpose: Purpose.Transactional } }
                && await situations(row.Send, cancellation) is { } situation
                && await sending.Resend(row, situation, cancellation) is { State: SendState.Accepted })
            {
                resent++;
                await attention.Done(key, cancellation);
            }
        }
        return resent;
    }

    /// <summary>The provider's own word on a send: it went out, or it was dropped (why). False where that was no question any more.</summary>
    public async Task<bool> Settle(string sendId, bool processed, string? reason = null, CancellationToken cancellation = default)
    {
        while (await ledger.Find(sendId, cancellation) is { Send.State: SendState.Uncertain or SendState.Claimed } row)
        {
            var send = row.Send with { State = processed ? SendState.Accepted : SendState.Refused, Reason = reason ?? row.Send.Reason, At = time.GetUtcNow() };
            if (await ledger.Update(send, null, row, row.Resent, cancellation)) return true;
        }
        return false;
    }

    /// <summary>The repetition was killed between claim and answer: it was the last one.</summary>
    private async Task GiveUp(LedgerRow row, CancellationToken cancellation)
    {
        if (sending.IsDead(row))
            await ledger.Update(row.Send with { State = SendState.Uncertain, Reason = $"{row.Send.Reason}; killed between claim and answer" }, null, row, true, cancellation);
    }
}
