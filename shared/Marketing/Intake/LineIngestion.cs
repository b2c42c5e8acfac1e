using Automation.Marketing.Chat;
using Automation.Marketing.Choices;
using Automation.Marketing.Inbox;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what LINE tells: each event once, however often it is delivered and in whichever order. The row
/// that says so is written last: a kill before lets it be told again under the same id.</summary>
public sealed class LineIngestion(
    Tables tables, OrderIngestion orders, LineLinking linking, LinkNonces nonces, ChatService chat, TimeProvider time)
{
    /// <exception cref="Files.UnreadableException">Park it.</exception>
    public async Task Handle(Envelope envelope)
    {
        foreach (var happened in LineDialect.Read(envelope))
        {
            if (happened is { Tells.Count: 0, Nonce: null }) continue;
            var (partition, row) = ($"{LineDialect.Source}-{Keys.Shard(happened.Id)}", Keys.Safe(happened.Id));
            if (await tables.Events.Find(partition, row) is not null) continue;
            // Whoever brings back a nonce of ours is one with whom we gave it to; any other nonce is nothing.
            if (happened.Nonce is not { } nonce || await linking.Join(nonce, happened.Person))
                foreach (var told in happened.Tells) await orders.Handle(LineDialect.Source, told);
            if (happened.Nonce is { } used) await nonces.Forget(used);
            if (happened.Says is { } says) await chat.Handle(says);
            if (happened.TakenBack is { } text)
                await chat.TakeBack(LineDialect.Source, happened.Person.Value, text);
            await tables.Events.Add(new(partition, row) { { "Type", LineDialect.Source }, { "At", time.GetUtcNow() } });
        }
    }
}
