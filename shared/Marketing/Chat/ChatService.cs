using Automation.Marketing.Shop;

namespace Automation.Marketing.Chat;

/// <summary>Answers what customers say, each message once. What is decided is written down before anything is done;
/// whoever comes again, after a kill or because the channel delivers twice, does the same again, and each of these acts
/// is one however often it is done.</summary>
public sealed class ChatService(
    Conversations conversations, ChatDecisions decisions, ChatDeeds deeds, IEnumerable<ReplySink> sinks,
    CurrentShop shop, TimeProvider time)
{
    /// <summary>Decides, does, replies.</summary>
    /// <exception cref="IOException">The channel does not take the reply just now: come again with the same
    /// message.</exception>
    public async Task Handle(ChatMessage message, CancellationToken cancellation = default)
    {
        if (shop.Settings.Chat is null) return;
        var sink = sinks.First(one => one.Channel == message.Channel);
        var id = Conversation.IdOf(message.Channel, message.Address);
        var (conversation, stored, isFirst) = await Decide(id, message, sink, cancellation);
        if (stored.Value.Fate == ReplyFate.Decided)
            await deeds.CarryOut(sink, conversation, stored, isFirst, cancellation);
        if (!sink.ComesAgain && Acts(stored.Value)) await conversations.Keep(id, message.Id, CancellationToken.None);
    }

    /// <summary>Nobody is under way with a message for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Carries out what was decided by a process that died before it was done, where nobody comes again with
    /// the message; how many.</summary>
    public async Task<int> Resume(CancellationToken cancellation)
    {
        if (shop.Settings.Chat is not { Origins.Count: > 0 }) return 0;
        var resumed = 0;
        foreach (var (id, message) in await conversations.Promised(time.GetUtcNow() - Longest, cancellation))
        {
            if (await conversations.Find(id, cancellation) is { Value: var conversation }
                && await conversations.Find(id, message, cancellation) is { Value.Fate: ReplyFate.Decided } stored
                && sinks.FirstOrDefault(one => one.Channel == conversation.Channel) is { } sink)
            {
                await deeds.CarryOut(sink, conversation, stored, isFirst: false, cancellation);
                resumed++;
            }
            await conversations.Keep(id, message, CancellationToken.None);
        }
        return resumed;
    }

    /// <summary>Is more done than said?</summary>
    private static bool Acts(Exchange exchange) => exchange is { Stops: true } or { IsNote: true }
        or { HandOver: not null };

    /// <summary>What was taken back is not kept.</summary>
    public Task TakeBack(string channel, string address, string textId, CancellationToken cancellation = default) =>
        conversations.TakeBack(Conversation.IdOf(channel, address), textId, cancellation);

    private async Task<(Conversation Conversation, Stored<Exchange> Exchange, bool IsFirst)> Decide(
        string id, ChatMessage message, ReplySink sink, CancellationToken cancellation)
    {
        while (true)
        {
            var before = await conversations.Find(id, cancellation);
            if (before is not null && await conversations.Find(id, message.Id, cancellation) is { } decided)
                return (before.Value, decided, false);
            var now = time.GetUtcNow();
            var (customer, decision) = await decisions.Decide(
                message, sink.Person(message.Address), before?.Value, now, cancellation);
            var handOver = decision.Effects.OfType<ChatEffect.HandOver>().FirstOrDefault();
            var conversation = (before?.Value ?? Conversation.With(message.Channel, message.Address, now)) with
            {
                Customer = customer?.Id ?? before?.Value.Customer,
                At = now,
                State = decision.State,
            };
            var exchange = new Exchange
            {
                Id = message.Id,
                At = message.At,
                Says = InWords(message.Says),
                TextId = message.TextId,
                Reply = decision.Reply,
                IsWorded = decision.IsWorded,
                DecidedAt = now,
                ReplyToken = message.ReplyToken,
                HandOver = handOver?.Because,
                Promised = handOver?.By,
                IsNote = decision.Effects.OfType<ChatEffect.NoteForPeople>().Any(),
                Stops = decision.Effects.OfType<ChatEffect.StopMarketing>().Any(),
                Helped = message.Says is Utterance.Tapped { Tap: Tap.Helped helped } ? helped.Yes : null,
            };
            if (!sink.ComesAgain && Acts(exchange)) await conversations.Promise(id, message.Id, now, cancellation);
            var written = await conversations.Add(conversation, before, exchange, cancellation);
            if (written is not null) return (conversation, written, true);
        }
    }

    private static string? InWords(Utterance says) => says switch
    {
        Utterance.Words words => words.Text,
        Utterance.Tapped tapped => tapped.On ?? tapped.Tap.Data,
        Utterance.Thing thing => $"({thing.Kind})",
        _ => null,
    };
}
