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
///                                       c|{time}|{channel}            a consent given or withdrawn            ConsentService
///                                       g|{send id}                   what became of a send (delivered …)     EngagementIntake
/// Issues      newsletter                date                          an issue whose slot was acted on        NewsletterTick, RunIssue, api
///             ~sends                    hash in its send ids          leads from a send id to its issue       OpenIssue
///             ~warmup                   domain                        what a new domain sent today            SendShard
/// Sends       {newsletter}|{date}|{shard}  id it begins behind (or -)  a chunk of an issue's sends (ledger)    SendShard, EngagementIntake
/// Insights    shard 00–ff of the id     s|{family}                    sums of the shard's figures              TallyInsights
///                                       c|{customer id}               what one timeline contributed to them    TallyInsights; deleted once erased
///             bookmark                  bookmark                      up to when changes were counted          TallyInsights
/// Published   journey|{id}              {999999 - version:D6}         a published journey, as written          PublishedJourneys
///             mails                     {name}                        a published mail, as written             PublishedMails
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

    public Queue OrderQueue { get; } = queues.GetQueue(Marketing.Queues.Orders);
    public Queue EventQueue { get; } = queues.GetQueue(Marketing.Queues.Events);
    public Queue AlarmQueue { get; } = queues.GetQueue(Marketing.Queues.Alarms);
    public Queue EngagementQueue { get; } = queues.GetQueue(Marketing.Queues.Engagement);

    public IReadOnlyList<Queue> Queues => [OrderQueue, EventQueue, AlarmQueue, EngagementQueue];

    /// <inheritdoc cref="TableService.WriteInOrder"/>
    /// <returns>Whether all of it was written.</returns>
    public async Task<bool> WriteInOrder(IReadOnlyList<TableWrite> writes) => (await tables.WriteInOrder(writes))[^1].Done;

    private Table[] All => [Customers, Identities, Orders, Timeline, Published, Products, Suppression, Attention, Bodies, Events, Issues, Sends, Insights];

    /// <summary>Creates whatever is missing; safe to repeat.</summary>
    public async Task Create(CancellationToken cancellation = default)
    {
        await Task.WhenAll([.. All.Select(table => table.CreateIfMissing(cancellation)), .. Queues.Select(queue => queue.CreateIfMissing(cancellation))]);
    }
}
