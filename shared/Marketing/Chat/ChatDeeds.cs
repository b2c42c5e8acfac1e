using Automation.Marketing.Consent;
using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>Carries out what was decided on a message: consent, the hand-over, the reply. Each is one however often it
/// is done.</summary>
public sealed class ChatDeeds(Conversations conversations, ChatNotes notes, ConsentService consents)
{
    /// <summary>All of it; the exchange's row says how it ended.</summary>
    /// <exception cref="IOException">The channel does not take the reply just now: come again with the same
    /// message.</exception>
    public async Task CarryOut(
        ReplySink sink, Conversation conversation, Stored<Exchange> stored, bool isFirst,
        CancellationToken cancellation)
    {
        var exchange = stored.Value;
        if (exchange.Stops && conversation.Customer is { } customer)
            await consents.Record(
                customer, conversation.Channel == Identity.Line ? Identity.Line : "email",
                new(ConsentState.Withdrawn, exchange.At, "chat", exchange.Id));
        if (exchange.HandOver is { } because)
            await notes.Wait(conversation with { At = exchange.At }, because, exchange.Promised, cancellation);
        var settled = exchange.Reply.Kind == ReplyKind.Nothing ? (exchange with { Fate = ReplyFate.Done }, stored.ETag)
            : await Deliver(sink, conversation, stored, isFirst, cancellation);
        if (exchange.HandOver is not null || exchange.IsNote) await notes.Call(conversation, exchange, cancellation);
        await Settle(conversation.Id, settled.Item1, settled.Item2);
    }

    /// <summary>Where it was taken back meanwhile it stays taken back.</summary>
    private async Task Settle(string id, Exchange settled, Storage.ETag before)
    {
        if (await conversations.Save(id, settled, before, CancellationToken.None) is not null) return;
        while (await conversations.Find(id, settled.Id, CancellationToken.None) is { Value.Fate: ReplyFate.Decided } now
            && await conversations.Save(
                id, settled with { Says = now.Value.Says }, now.ETag, CancellationToken.None) is null) { }
    }

    private const string Elsewhere = "Somebody else is handing this reply over; it is looked at again.";

    private async Task<(Exchange, Storage.ETag)> Deliver(
        ReplySink sink, Conversation conversation, Stored<Exchange> stored, bool isFirst,
        CancellationToken cancellation)
    {
        var now = stored;
        // Somebody else may be at it, whose first try may arrive only now: it must not take our reply for a token that
        // was used for nothing, and cannot strike it out once the row is another.
        if (!isFirst && stored.Value.ReplyToken is not null)
            now = await conversations.Save(
                conversation.Id, stored.Value with { Again = stored.Value.Again + 1 }, stored.ETag, cancellation)
                ?? throw new IOException(Elsewhere);
        var outcome = await sink.Deliver(new OutgoingReply(conversation, stored.Value, isFirst)
        {
            Turn = async cancelled => now = await conversations.Save(
                conversation.Id, now.Value with { ReplyToken = null }, now.ETag, cancelled)
                ?? throw new IOException(Elsewhere),
        }, cancellation);
        var settled = now.Value with { ReplyToken = null };
        switch (outcome)
        {
            case ReplyOutcome.Again(var reason):
                throw new IOException($"The chat's reply was not taken: {reason}");
            case ReplyOutcome.Lost(var reason):
                await notes.Missed(conversation, reason, cancellation);
                return (settled with { Fate = ReplyFate.Lost, Reason = reason }, now.ETag);
            case ReplyOutcome.Uncertain(var reason):
                await notes.Missed(conversation, reason, cancellation);
                return (settled with { Fate = ReplyFate.Uncertain, Reason = reason }, now.ETag);
            default:
                return (settled with { Fate = ReplyFate.Done }, now.ETag);
        }
    }
}
