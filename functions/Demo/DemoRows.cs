using System.Globalization;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Functions.Demo;

/// <summary>An imagined customer's year as the rows it would have left. Pure.</summary>
/// <param name="source">Whose orders they are.</param>
/// <param name="versions">The versions of the journeys in force, by id.</param>
internal sealed class DemoRows(string source, IReadOnlyDictionary<string, int> versions, DateTimeOffset now)
{
    private static readonly (string Mail, TimeSpan After)[] Second =
    [
        ("second-purchase/how-is-it", TimeSpan.FromDays(15)), ("second-purchase/next-for-you", TimeSpan.FromDays(21)),
    ];

    /// <summary>Within which an order is what a journey was for.</summary>
    private static readonly Dictionary<string, TimeSpan> Goals = new()
    {
        ["second-purchase"] = TimeSpan.FromDays(60),
        ["win-back"] = TimeSpan.FromDays(90),
    };

    private static readonly (string Mail, TimeSpan After, string Cursor)[] WinBack =
    [
        ("win-back/how-are-you", TimeSpan.Zero, "0"), ("win-back/one-for-you", TimeSpan.FromDays(21), "2"),
        ("win-back/until-then", TimeSpan.FromDays(63), "4"),
    ];

    public static Customer Customer(DemoPerson person, string source)
    {
        var facts = OrderFacts.None;
        for (var n = 0; n < person.Orders.Count; n++) facts = Facts.Apply(facts, Summary(person, n, source));
        var first = person.Orders[0].At;
        return new()
        {
            Id = new(person.Id),
            CreatedAt = first,
            FamilyName = person.Family.Kanji,
            GivenName = person.Given.Kanji,
            Email = person.Email,
            Phone = person.Phone,
            Language = "ja",
            Identities = [.. Identities(person, source)],
            Consent = person.Reads ? new Dictionary<string, ConsentRecord> { ["email"] = Consent(person) } : [],
            Orders = facts,
            CreatedBy = $"{source}:demo",
        };
    }

    public static IEnumerable<string> Identities(DemoPerson person, string source) =>
        [$"email:{person.Email}", $"phone:{person.Phone}", $"{source}:{person.Id[..10]}"];

    private static ConsentRecord Consent(DemoPerson person) => person.LeftAt is { } left
        ? new(ConsentState.Withdrawn, left, "unsubscribe link")
        : Agreed(person);

    private static ConsentRecord Agreed(DemoPerson person) =>
        new(ConsentState.Given, person.Orders[0].At, "checkout", "demo");

    public static IEnumerable<Order> Orders(DemoPerson person, string source) =>
        person.Orders.Select((order, n) => new Order
        {
            Source = source,
            Id = OrderId(person, n),
            Number = $"#{OrderId(person, n)[..6].ToUpperInvariant()}",
            PlacedAt = order.At,
            UpdatedAt = order.At.AddDays(1),
            Currency = "JPY",
            Total = Total(order),
            Refunded = order.Refunded ? Total(order) : 0,
            PaidAt = order.At,
            FulfilledAt = order.AtTheCounter ? order.At : order.At.AddDays(1),
            Channel = order.AtTheCounter ? "pos" : "web",
            Customer = new(person.Id),
            Lines = [.. order.Products.Select(Line)],
        });

    private static OrderLine Line(int product)
    {
        var (id, title, price, _) = DemoWords.Products[product];
        return new() { Id = id, ProductId = id, Title = title, Quantity = 1, Price = price };
    }

    private static decimal Total(DemoOrder order) => order.Products.Sum(product => DemoWords.Products[product].Price);

    private static string OrderId(DemoPerson person, int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{person.Id[..12]}{n:D3}");

    private static OrderSummary Summary(DemoPerson person, int n, string source)
    {
        var order = person.Orders[n];
        return new()
        {
            Key = $"{source}:{OrderId(person, n)}",
            At = order.At,
            Total = Total(order),
            Refunded = order.Refunded ? Total(order) : 0,
            Products = [.. order.Products.Select(product => $"{source}:{DemoWords.Products[product].Id}")],
        };
    }

    /// <summary>The timeline: consent, the walk of the first order with its thank-you, the second purchase's, what
    /// became of them.</summary>
    public IEnumerable<Row> Timeline(DemoPerson person)
    {
        var random = new Random(person.Lot);
        var first = person.Orders[0];
        if (person.Reads) yield return ConsentRow(person, Agreed(person));
        if (person.LeftAt is not null) yield return ConsentRow(person, Consent(person));
        var thanks = first.At.AddSeconds(2 + 6 * random.NextDouble());
        foreach (var row in Walk(person, "welcome", first.At, [(first.AtTheCounter ? "welcome/thank-you-at-the-counter"
            : "welcome/thank-you", thanks, "0/then/0", Purpose.Transactional)], random))
            yield return row;
        if (OnTheWay(person) is { } live) yield return live.Entity();
        if (!person.Reads || person.LeftAt is not null || first.At.AddDays(22) > now) yield break;
        var second = person.Orders.Count > 1 ? person.Orders[1].At : DateTimeOffset.MaxValue;
        var sends = Second.Select((step, n) => (step.Mail, At: first.At + step.After,
            Cursor: string.Create(CultureInfo.InvariantCulture, $"{1 + 2 * n}"), Purpose.Marketing))
            .Where(step => step.At < now && step.At < second
                && step.At < (person.LeftAt ?? DateTimeOffset.MaxValue)).ToArray();
        foreach (var row in Walk(person, "second-purchase", first.At.AddDays(1), sends, random, second))
            yield return row;
        foreach (var row in Silence(person, random)) yield return row;
    }

    /// <summary>The walk of the first time that they stayed away for longer than is usual for them, where it is over:
    /// they came back, or did not answer three letters.</summary>
    private IEnumerable<Row> Silence(DemoPerson person, Random random)
    {
        for (var n = 2; n < person.Orders.Count; n++)
        {
            var usual = (person.Orders[n].At - person.Orders[0].At) / n;
            var missed = Thursday(person.Orders[n].At + 1.5 * usual);
            var back = n + 1 < person.Orders.Count ? person.Orders[n + 1].At : DateTimeOffset.MaxValue;
            if (missed >= back || missed.AddDays(70) > now) continue;
            var sends = WinBack.Select(step => (step.Mail, At: missed + step.After, step.Cursor, Purpose.Marketing))
                .Where(step => step.At < back).ToArray();
            return Walk(person, "win-back", missed, sends, random, back);
        }
        return [];
    }

    /// <summary>The next one, at an hour at which the journey writes.</summary>
    private static DateTimeOffset Thursday(DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date.AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Thursday) day = day.AddDays(1);
        return new(day.AddHours(3), TimeSpan.Zero);
    }

    /// <summary>The walk that somebody is still on; null: they are on none. Its alarm is to be set, as for any walk
    /// that begins.</summary>
    public Enrollment? OnTheWay(DemoPerson person)
    {
        const string journey = "second-purchase";
        var shipped = person.Orders[0].At.AddDays(1);
        return person is { Reads: true, LeftAt: null, Orders.Count: 1 } && shipped <= now && shipped.AddDays(21) > now
            && versions.TryGetValue(journey, out var version)
            ? Began(person, journey, version, shipped) : null;
    }

    private Enrollment Began(DemoPerson person, string journey, int version, DateTimeOffset at)
    {
        var order = $"{source}:{OrderId(person, 0)}";
        return Enrollment.Begin(new(new(person.Id), journey, "0001"), version, new ShopEvent
        {
            Id = $"{order}:{journey switch { "welcome" => "placed", "win-back" => "missed", _ => "fulfilled" }}",
            Type = journey switch
            {
                "welcome" => EventTypes.OrderPlaced,
                "win-back" => EventTypes.CustomerLate,
                _ => EventTypes.OrderFulfilled,
            },
            At = at,
            Customer = new(person.Id),
            Order = journey == "win-back" ? null : order,
        }, null, at.AddSeconds(1));
    }

    /// <param name="bought">When they bought again, which ends the walk where it comes before its end; never:
    /// <see cref="DateTimeOffset.MaxValue"/>.</param>
    private IEnumerable<Row> Walk(
        DemoPerson person, string journey, DateTimeOffset at,
        (string Mail, DateTimeOffset At, string Cursor, Purpose Purpose)[] sends, Random random,
        DateTimeOffset? bought = null)
    {
        if (!versions.TryGetValue(journey, out var version)) yield break;
        var ended = sends.Length > 0 ? sends[^1].At.AddDays(5) : at.AddDays(20);
        var hasLeft = bought < ended;
        var began = Began(person, journey, version, at);
        yield return (began with
        {
            Outcome = hasLeft ? Outcome.Left : Outcome.Completed,
            Because = hasLeft ? "order.placed" : null,
            EndedAt = hasLeft ? bought : ended < now ? ended : now,
            GoalAt = bought < at + Goals.GetValueOrDefault(journey) ? bought : null,
        }).Entity();
        foreach (var send in sends)
            foreach (var row in Sent(person, $"{began.Id}@{send.Cursor}", send.Mail, send.Purpose, send.At, random))
                yield return row;
    }

    /// <summary>A send that was accepted, and what its reader did.</summary>
    private IEnumerable<Row> Sent(
        DemoPerson person, string reason, string mail, Purpose purpose, DateTimeOffset at, Random random)
    {
        var id = Ledger.Id(new(person.Id), reason);
        yield return Ledger.Write(new Send
        {
            Id = id,
            Customer = new(person.Id),
            Mail = mail,
            Purpose = purpose,
            For = reason,
            State = SendState.Accepted,
            At = at,
            Attempts = 1,
        }, null, null).Row;
        var opened = random.NextDouble() < person.Interest + 0.2 ? at.AddMinutes(5 + 600 * random.NextDouble())
            : (DateTimeOffset?)null;
        var clicked = opened is { } && random.NextDouble() < 0.25 ? opened.Value.AddMinutes(1) : (DateTimeOffset?)null;
        if (at > now) yield break;
        yield return Documents.Entity(person.Id, $"g|{id}", new EngagementRecord
        {
            Mail = mail,
            For = reason,
            ProcessedAt = at,
            DeliveredAt = at.AddSeconds(3),
            OpenedAt = opened < now ? opened : null,
            Links =
                clicked < now ? [new LinkClicks("https://tsukinagi.example.jp/", clicked!.Value, clicked.Value)] : null,
        }, EngagementJson.Record);
    }

    private static Row ConsentRow(DemoPerson person, ConsentRecord said) => Documents.Entity(
        person.Id,
        $"c|{said.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture)}|email",
        said, CustomerJson.ConsentRecord);
}
