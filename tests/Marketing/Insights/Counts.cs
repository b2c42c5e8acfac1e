using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Time;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Tests.Insights;

/// <summary>What counting says in the log.</summary>
internal sealed class Said : ILogger<Tally>
{
    public List<string> Lines { get; } = [];
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
}

/// <summary>A shop whose figures are counted: journeys <c>thanks</c> and <c>second</c> (10 % held out, 60 days) are
/// published.</summary>
internal sealed class Counts : IAsyncDisposable
{
    private readonly PublishedJourneys journeys;

    private Counts(House house)
    {
        House = house;
        journeys = house.Get<PublishedJourneys>();
        Wall = new StandingClock { Now = DateTimeOffset.UtcNow };
        var made = house.Container(services => services
            .AddSingleton(journeys)
            .AddKeyedSingleton<TimeProvider>(Clocks.Wall, Wall)
            .AddSingleton<ILogger<Tally>>(Log));
        Tally = made.GetRequiredService<Tally>();
        Bookmark = made.GetRequiredService<TallyBookmark>();
        Reader = made.GetRequiredService<Reader>();
    }

    public static readonly Journey Thanks = new()
    {
        Id = "thanks",
        Name = "お礼",
        Purpose = Purpose.Transactional,
        Per = Per.Order,
        Trigger = new Trigger.On(new(EventTypes.OrderPlaced)),
        Steps = [new Step.Send("thanks")]
    };

    public static readonly Journey Second = new()
    {
        Id = "second",
        Name = "二回目",
        Purpose = Purpose.Marketing,
        Trigger = new Trigger.On(new(EventTypes.OrderFulfilled)),
        Goal = new(EventTypes.OrderPlaced, new(60, PeriodUnit.Day)),
        Steps = [new Step.Wait(new(14, PeriodUnit.Day)), new Step.Split([new("held", 10, Holdout: true),
            new("rest", 90, [new Step.Send("second")])]), new Step.Wait(new(1, PeriodUnit.Day))],
    };

    public static async Task<Counts> Open()
    {
        var counts = new Counts(await House.Open());
        await counts.journeys.Publish(counts.House.Shop, "{}", [], []);
        foreach (var journey in (Journey[])[Thanks, Second]) await counts.House.Tables.Published.Add(new(
            $"journey|{journey.Id}", "999998") { { "Text", Text(journey.Id) } });
        return counts;
    }

    public House House { get; }
    public Tables Tables => House.Tables;
    public DateTimeOffset Now => House.Clock.Now;

    /// <summary>The tables' time as far as the tally is concerned.</summary>
    public StandingClock Wall { get; }
    public Said Log { get; } = new();
    public Tally Tally { get; private set; }
    public TallyBookmark Bookmark { get; private set; }

    public Reader Reader { get; }
    public async Task<Book> Book() => (await Reader.Read()).Book;

    public async Task<Dictionary<string, decimal>> Figures()
    {
        var book = await Book();
        return Sums.Fold(book.Figures, book.Today).All.ToDictionary();
    }

    /// <summary>Counts whatever changed: the margin for clocks that differ is gone by, so that only the bookmark
    /// decides.</summary>
    public Task<int> Count()
    {
        Wall.Now = DateTimeOffset.UtcNow.AddMinutes(2);
        return Tally.Run();
    }

    /// <summary>What counting everything anew gives.</summary>
    public async Task<Dictionary<string, decimal>> FromScratch()
    {
        await foreach (var row in Tables.Insights.Query(new TableQuery()))
            await Tables.Insights.Delete(row.PartitionKey, row.RowKey);
        await Count();
        return await Figures();
    }

    public async Task<CustomerId> Customer(int n, params OrderSummary[] orders)
    {
        var id = new CustomerId($"{n * 37 % 256:x2}{n:x22}");
        var facts = orders.Aggregate(OrderFacts.None, (facts, order) => Facts.Apply(facts, order));
        await Tables.Customers.Upsert(CustomerJson.Row(
            new Customer { Id = id, CreatedAt = Now.AddDays(-400), Email = $"c{n}@example.jp", Orders = facts }),
            UpdateMode.Replace);
        return id;
    }

    public static OrderSummary Order(string key, DateTimeOffset at, decimal total) =>
        new() { Key = $"shop:{key}", At = at, Total = total };

    public async Task<Enrollment> Walk(CustomerId id, Journey journey, string key, DateTimeOffset startedAt,
        string cursor = "0", Outcome? outcome = null, string? order = null)
    {
        var trigger = new ShopEvent
        {
            Id = $"{key}:{journey.Trigger.FirstEvent}",
            Type = journey.Trigger.FirstEvent,
            At = startedAt.AddSeconds(-2),
            Customer = id,
            Order = order
        };
        var walk = Enrollment.Begin(new(id, journey.Id, key), 1, trigger, null, startedAt) with
        {
            Walk = new(cursor, startedAt),
            Outcome = outcome,
            EndedAt = outcome is null ? null : startedAt.AddDays(20)
        };
        await Tables.Timeline.Upsert(walk.Entity(), UpdateMode.Replace);
        return walk;
    }

    public async Task<string> Send(
        Enrollment walk, string cursor, string mail, DateTimeOffset at, SendState state = SendState.Accepted)
    {
        var reason = $"{walk.Id}@{cursor}";
        var send = new Send
        {
            Id = Ledger.Id(walk.Id.Customer, reason),
            Customer = walk.Id.Customer,
            Mail = mail,
            Purpose = Purpose.Marketing,
            For = reason,
            State = state,
            At = at
        };
        await Tables.Timeline.Upsert(Ledger.Write(send, null, null).Row, UpdateMode.Replace);
        return send.Id;
    }

    public async Task<string> Engage(CustomerId id, string reason, string mail, DateTimeOffset at, params string[] what)
    {
        var send = Ledger.Id(id, reason);
        var record = new Dictionary<string, string>(
            what.Select(name => KeyValuePair.Create(name, $"{at:O}")))
        { ["mail"] = mail, ["for"] = reason };
        await Tables.Timeline.Upsert(
            new Row(id.Value, $"g|{send}") { { "Doc", JsonSerializer.Serialize(record) } }, UpdateMode.Replace);
        return send;
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private static string Text(string id) => id == "thanks"
        ? """{ "name": "お礼", "purpose": "transactional", "trigger": { "event": "order.placed" }, "per": "order","""
            + """ "steps": [ { "do": "send", "mail": "thanks" } ] }"""
        : """
          { "name": "二回目", "purpose": "marketing", "trigger": { "event": "order.fulfilled" },
            "goal": { "event": "order.placed", "within": "60 days" },
            "steps": [ { "do": "wait", "for": "14 days" },
              { "do": "split", "arms": [ { "name": "held", "percent": 10, "holdout": true }, { "name": "rest",
                "percent": 90, "steps": [ { "do": "send", "mail": "second" } ] } ] },
              { "do": "wait", "for": "1 day" } ] }
          """;
}
