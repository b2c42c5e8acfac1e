using Automation.Marketing.Inbox;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what LINE tells: each event once, however often it is delivered and in whichever order. The row
/// that says so is written last: a kill before lets it be told again under the same id.</summary>
public sealed class LineIngestion(Tables tables, OrderIngestion orders, TimeProvider time)
{
    /// <exception cref="Files.UnreadableException">Park it.</exception>
    public async Task Handle(Envelope envelope)
    {
        foreach (var happened in LineDialect.Read(envelope))
        {
            if (happened.Tells.Count == 0) continue;
            var (partition, row) = ($"{LineDialect.Source}-{Keys.Shard(happened.Id)}", Keys.Safe(happened.Id));
            if (await tables.Events.Find(partition, row) is not null) continue;
            foreach (var told in happened.Tells) await orders.Handle(LineDialect.Source, told);
            await tables.Events.Add(new(partition, row) { { "Type", LineDialect.Source }, { "At", time.GetUtcNow() } });
        }
    }
}
