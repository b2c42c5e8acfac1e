using Automation.Storage;

namespace Automation.Marketing;

/// <summary>
/// The schema: every table and queue, its keys, its writers. A row that holds a record keeps it as JSON in <c>Doc</c>
/// (continued in <c>Doc1</c>, <c>Doc2</c> … where it outgrows one property).
/// <code>
/// table       PartitionKey              RowKey                        one row is                              written by
/// Customers   shard 00–ff of the id     customer id                   a customer: profile, facts, consent     OrderIntake, api, import
/// Identities  shard 00–ff of the text   email:… phone:… line:… src:…  whose identity this is (CustomerId)     OrderIntake, import; deleted by erase
/// Orders      {source}-{shard 00–ff}    order id at the source        an order as last seen                   OrderIntake, import
/// Timeline    customer id               e|{journey}|{key}             an enrollment                           JourneyTriggers, AdvanceJourney
///                                       s|{send id}                   a send (ledger row)                     Sending
///                                       c|{time}|{channel}            a consent given or withdrawn            ConsentDesk
///                                       g|{send id}                   what became of a send (delivered …)     EngagementIntake
/// Issues      newsletter                date                          an issue whose slot was acted on        NewsletterTick, RunIssue, api
///             ~sends                    hash in its send ids          leads from a send id to its issue       OpenIssue
///             ~warmup                   domain                        what a new domain sent today            SendShard
/// Sends       {newsletter}|{date}|{shard}  id it begins behind (or -)  a chunk of an issue's sends (ledger)    SendShard, EngagementIntake
/// Insights    shard 00–ff of the id     s|{family}                    sums of the shard's figures              TallyInsights
///                                       c|{customer id}               what one timeline contributed to them    TallyInsights; deleted once erased
///             bookmark                  bookmark                      up to when changes were counted          TallyInsights
/// Published   journey|{id}              {999999 - version:D6}         a published journey, as written          PublishedJourneys
///             mails                     {name}                        a published mail, as written             MailShelf
/// newsletters {id} · {id}|{file} a newsletter and its timetables, an issue, as last good PublishedNewsletters
/// issue|{newsletter} date the text and series an issue went out with PublishedNewsletters bookmarks {newsletter} its
/// slot acted on last NewsletterTick warnings {newsletter}|{date}|{days} a warning of an empty slot NewsletterTick shop
/// settings shop.json as last published (Told: also those it holds back) PublishedJourneys shop files which pushed
/// files count (Name in Bodies) api journeys {id} state of a journey (paused or live) api Products {source} product id
/// title, price, link as last seen OrderIntake next {source}:{product id} what customers bought next, counted
/// SenseCustomers shop interval the shop's median interval, days SenseCustomers Suppression shard 00–ff of the hash
/// salted hash of the address never write to this address consequences, erase salt salt the salt of the hashes, made
/// once whoever is first Attention parked|stuck {time}|{what} something a person should look at whoever met it
/// uncertain {due}|{send id} · ~|{send id} a send of unknown outcome: looked at then, or never again Sending,
/// SettleSends clock {what} a moment kept by a clock that was ahead whoever met it; gone after a day refused
/// {source}|{reason} webhooks turned away at the door OrderWebhook files file in the shop folder a file with mistakes,
/// until it is mended ShopWatch requests {source}|{id} a request under the law to be answered OrderIntake, api erasing
/// customer id an erasure under way Erasure sweep table how far a long sweep is KeepRetention Bodies {queue} {name} a
/// body too large or unreadable for a queue (≤ 360 KB a row, 'name', 'name+1' …) Events {source}-{shard} event id an
/// /api/events event already handled EventIntake
/// </code>
/// Queue <c>orders</c> carries webhook envelopes, queue <c>events</c> CloudEvents, queue <c>alarms</c> enrollments and issues to be woken (only
/// where an HTTP function cannot reach the durable client), queue <c>engagement</c> SendGrid's batches of events.
/// </summary>
public sealed class Tables(TableServiceClient tables, QueueServiceClient queues)
{
    public TableClient Customers { get; } = tables.GetTableClient("Customers");
    public TableClient Identities { get; } = tables.GetTableClient("Identities");
    public TableClient Orders { get; } = tables.GetTableClient("Orders");
    public TableClient Timeline { get; } = tables.GetTableClient("Timeline");
    public TableClient Published { get; } = tables.GetTableClient("Published");
    public TableClient Products { get; } = tables.GetTableClient("Products");
    public TableClient Suppression { get; } = tables.GetTableClient("Suppression");
    public TableClient Attention { get; } = tables.GetTableClient("Attention");
    public TableClient Bodies { get; } = tables.GetTableClient("Bodies");
    public TableClient Events { get; } = tables.GetTableClient("Events");
    public TableClient Issues { get; } = tables.GetTableClient("Issues");
    public TableClient Sends { get; } = tables.GetTableClient("Sends");
    public TableClient Insights { get; } = tables.GetTableClient("Insights");

    public QueueClient OrderQueue { get; } = queues.GetQueueClient("orders");
    public QueueClient EventQueue { get; } = queues.GetQueueClient("events");
    public QueueClient AlarmQueue { get; } = queues.GetQueueClient("alarms");
    public QueueClient EngagementQueue { get; } = queues.GetQueueClient("engagement");

    public IReadOnlyList<QueueClient> Queues => [OrderQueue, EventQueue, AlarmQueue, EngagementQueue];

    /// <inheritdoc cref="TableServiceClient.WriteInOrderAsync"/>
    /// <returns>Whether all of it was written.</returns>
    public async Task<bool> WriteInOrder(IReadOnlyList<TableWrite> writes) => (await tables.WriteInOrderAsync(writes))[^1].Done;

    private TableClient[] All => [Customers, Identities, Orders, Timeline, Published, Products, Suppression, Attention, Bodies, Events, Issues, Sends, Insights];

    /// <summary>Creates whatever is missing; safe to repeat.</summary>
    public async Task Create(CancellationToken cancellation = default)
    {
        await Task.WhenAll([.. All.Select(table => table.CreateIfNotExistsAsync(cancellation)), .. Queues.Select(queue => queue.CreateIfNotExistsAsync(cancellation))]);
    }
}
