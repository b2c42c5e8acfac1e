using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what other systems tell by <c>POST /api/events</c>: the same (source, id) twice is one
/// event.</summary>
public sealed class EventIngestion(Tables tables, OrderIngestion orders, CurrentShop shop, TimeProvider time)
{
    /// <summary>False where this event was handled before. The row that says so is written last: a kill before lets it
    /// be told again under the same id.</summary>
    public async Task<bool> Handle(CloudEvent happened)
    {
        var source = Keys.Safe(happened.Source);
        var (partition, row) = ($"{source}-{Keys.Shard(happened.Id)}", Keys.Safe(happened.Id));
        if (await tables.Events.Find(partition, row) is not null) return false;
        await orders.Handle(
            source, GenericDialect.Read(source, happened, time.GetUtcNow(), shop.Settings));
        await tables.Events.Add(new(partition, row) { { "Type", happened.Type }, { "At", time.GetUtcNow() } });
        return true;
    }
}
