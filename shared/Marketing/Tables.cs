using Automation.Storage;

namespace Automation.Marketing;

/// <summary>The schema: every table and queue. Keys, rows and writers stand on one page, docs/tables.md. A row that
/// holds a record keeps it as JSON in <c>Doc</c> (continued in <c>Doc1</c>, <c>Doc2</c> … where it outgrows one
/// property).</summary>
public sealed class Tables(TableService tables, QueueService queues)
{
    public Table Customers { get; } = tables.GetTable("Customers");
    public Table Identities { get; } = tables.GetTable("Identities");
    public Table Orders { get; } = tables.GetTable("Orders");
    public Table Timeline { get; } = tables.GetTable("Timeline");
    public Table Published { get; } = tables.GetTable("Published");
    public Table Products { get; } = tables.GetTable("Products");
    public Table Suppression { get; } = tables.GetTable("Suppression");
    public Table Attention { get; } = tables.GetTable("Attention");
    public Table Bodies { get; } = tables.GetTable("Bodies");
    public Table Events { get; } = tables.GetTable("Events");
    public Table Issues { get; } = tables.GetTable("Issues");
    public Table Sends { get; } = tables.GetTable("Sends");
    public Table Insights { get; } = tables.GetTable("Insights");
    public Table Access { get; } = tables.GetTable("Access");
    public Table Search { get; } = tables.GetTable("Search");
    public Table Chats { get; } = tables.GetTable("Chats");

    public Queue OrderQueue { get; } = queues.GetQueue(Marketing.Queues.Orders);
    public Queue EventQueue { get; } = queues.GetQueue(Marketing.Queues.Events);
    public Queue AlarmQueue { get; } = queues.GetQueue(Marketing.Queues.Alarms);
    public Queue EngagementQueue { get; } = queues.GetQueue(Marketing.Queues.Engagement);

    public IReadOnlyList<Queue> Queues => [OrderQueue, EventQueue, AlarmQueue, EngagementQueue];

    /// <inheritdoc cref="TableService.WriteInOrder"/>
    /// <returns>Whether all of it was written.</returns>
    public async Task<bool> WriteInOrder(IReadOnlyList<TableWrite> writes) =>
        (await tables.WriteInOrder(writes))[^1].Done;

    /// <inheritdoc cref="TableService.WriteInOrderUnhurried"/>
    /// <returns>Whether all of it was written.</returns>
    public async Task<bool> WriteInOrderUnhurried(IReadOnlyList<TableWrite> writes) =>
        (await tables.WriteInOrderUnhurried(writes))[^1].Done;

    /// <summary>Says something where people look: one row for each key of a kind, with its latest reason.</summary>
    public Task Attend(string kind, string key, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        Attention.Upsert(
            new Row(kind, key) { { "Reason", reason }, { "At", at } }, UpdateMode.Replace, cancellation);

    private Table[] All => [Customers, Identities, Orders, Timeline, Published, Products, Suppression, Attention,
        Bodies, Events, Issues, Sends, Insights, Access, Search, Chats];

    /// <summary>Creates whatever is missing; safe to repeat.</summary>
    public async Task Create(CancellationToken cancellation = default)
    {
        await Task.WhenAll([.. All.Select(table => table.CreateIfMissing(cancellation)),
            .. Queues.Select(queue => queue.CreateIfMissing(cancellation))]);
    }
}
