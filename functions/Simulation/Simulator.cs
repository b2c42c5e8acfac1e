using System.Text.Json;
using Automation.DurableTask.Embedded;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Simulation;

/// <summary>What a scenario's journey did: its diary, and its mails.</summary>
public sealed record PlayedWhole(IReadOnlyList<string> Diary, IReadOnlyList<Message> Mails);

/// <summary>Plays a scenario: the product itself (intake, planner, gate, orchestrator) on a clock that jumps from one
/// due moment to the next, in a database of its own, with a transport that only takes note. Nothing leaves the
/// machine.</summary>
public sealed class Simulator : IAsyncDisposable
{
    /// <summary>A journey that is not over by then has lines enough.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(800);

    private readonly string folder = Directory.CreateTempSubdirectory("simulation-").FullName;
    private readonly ServiceProvider made;
    private readonly VirtualTime time;
    private readonly EmbeddedTaskHub hub;
    private readonly List<Message> mails = [];
    private readonly PassingTime passing;
    private readonly List<(DateTimeOffset At, string Text)> lines = [];
    private readonly Scenario scenario;
    private readonly TimeZoneInfo zone;

    /// <param name="nights">May its journey start by a day having passed?</param>
    private Simulator(Scenario scenario, ShopSettings shop, bool nights)
    {
        this.scenario = scenario;
        zone = Zones.Of(null, shop.TimeZone);
        time = new VirtualTime(First(scenario, zone));
        made = new ServiceCollection()
            .AddSingleton(new Diary.Reader(Note))
            .AddPlayed(Path.Combine(folder, "simulation.db"), time, message => { lock (mails) mails.Add(message); })
            .BuildServiceProvider();
        hub = Get<EmbeddedTaskHub>();
        passing = new PassingTime(
            time, hub,
            [
                .. scenario.Newsletters ? [Slots(shop)] : Array.Empty<Recurring>(),
                .. nights ? [Nights()] : Array.Empty<Recurring>(),
            ]);
    }

    private T Get<T>() where T : notnull => made.GetRequiredService<T>();

    /// <summary>The shop's newsletters go out as far back as the plan looks: what went before day 0 is in the way of
    /// what comes after it.</summary>
    private Recurring Slots(ShopSettings shop)
    {
        var slots = Get<SlotScheduler>();
        var begin = scenario.StartsAt(zone) - shop.Plan.Reach - TimeSpan.FromDays(1);
        if (begin < time.GetUtcNow()) begin = time.GetUtcNow();
        return new(after => after < begin ? begin : slots.NextDue(after), slots.Run);
    }

    /// <summary>When the product looks at all customers, once a day.</summary>
    private static readonly TimeSpan Night = new(18, 40, 0);

    /// <summary>Nights begin with the scenario, and end with it: a birthday comes every year.</summary>
    private Recurring Nights() => new(
        after => new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero) + Night is var today
            && (today > after ? today : today.AddDays(1)) is var next && next < LastNight ? next : null,
        _ => LookAtAll());

    private DateTimeOffset LastNight => scenario.StartsAt(zone).AddDays(scenario.Days);

    private async Task LookAtAll()
    {
        if (!Get<PublishedJourneys>().LooksAtNight) return;
        var night = Get<INightWatch>().Begin();
        await foreach (var customer in Get<CustomerStore>().InShard(null)) await night.Look(customer.Value);
        await night.End(CancellationToken.None);
    }

    /// <summary>The diary the scenario's journey writes, line by line as in the scenario's file.</summary>
    /// <param name="folder">The shop's folder, whose journeys are right (<see cref="ShopPublisher.Check"/>).</param>
    public static async Task<IReadOnlyList<string>> Play(
        string folder, ShopSettings shop, Scenario scenario, CancellationToken cancellation = default) =>
            (await PlayWhole(folder, shop, scenario, cancellation)).Diary;

    /// <summary>The same, with the mails of the scenario's journey as they would have arrived.</summary>
    public static async Task<PlayedWhole> PlayWhole(
        string folder, ShopSettings shop, Scenario scenario, CancellationToken cancellation = default)
    {
        using var quiet = Quiet.Begin();
        await using var simulator = new Simulator(
            scenario, shop,
            ShopFolder.Read(folder).Journeys.GetValueOrDefault(scenario.Journey)?.Journey.Trigger.ComesByNight == true);
        await simulator.Get<Tables>().Create(cancellation);
        await simulator.Get<ShopPublisher>().Publish(folder, cancellation);
        if (!scenario.Newsletters)
            await simulator.Get<PublishedNewsletters>().Publish([], [], new HashSet<string>(), shop, cancellation);
        simulator.hub.Start();
        var diary = await simulator.Play();
        var mails = simulator.Get<PublishedJourneys>().Latest(scenario.Journey) is { } played
            ? Steps.Mails(played.Journey) : new HashSet<string>();
        return new(diary, [.. simulator.mails.Where(message => mails.Contains(message.Mail))]);
    }

    private async Task<IReadOnlyList<string>> Play()
    {
        var customer = await Meet();
        await LookAtAll();   // as things stand now, they were before
        var end = scenario.StartsAt(zone) + Longest;
        var orders = new List<Order>();
        foreach (var happens in scenario.Events.OrderBy(e => scenario.At(e, zone)))
        {
            await passing.RunUntil(scenario.At(happens, zone));
            await Happen(happens, customer, orders);
            await hub.WaitForIdleAsync();
        }
        if (Get<PublishedJourneys>().Latest(scenario.Journey)?.Journey.Trigger.ComesByNight == true)
            await passing.RunUntil(LastNight);
        while (passing.NextAwakening is { } due && due < end) await passing.RunUntil(due);
        lock (lines)
            return [.. lines.Select(line => DiaryFormat.Line(scenario.StartsAt(zone), line.At, zone, line.Text))];
    }

    private async Task<CustomerId> Meet()
    {
        var known = scenario.Customer;
        var buyer = new Buyer
        {
            Identities =
            [
                new Identity(Identity.Email, known.Email ?? "customer@example.jp"),
                .. known.Consent.ContainsKey(Identity.Line) ? [OnLine] : Array.Empty<Identity>(),
            ],
            Email = known.Email ?? "customer@example.jp",
            Phone = known.Phone,
            FamilyName = known.FamilyName,
            GivenName = known.GivenName,
            Language = known.Language,
            Country = known.Country,
            Tags = known.Tags,
            Consent = known.Consent,
            SeenAt = time.GetUtcNow(),
        };
        var met = await Get<CustomerStore>().Recognise(buyer, "scenario", customer =>
            customer with { TimeZone = known.TimeZone, Attributes = known.Attributes, Suppressed = known.Suppressed })
            ?? throw new InvalidOperationException("The scenario's customer cannot be met.");
        return met.Customer.Id;
    }

    private static Identity OnLine => new(Identity.Line, NotingLine.Somebody);

    private async Task Happen(ScenarioEvent happens, CustomerId id, List<Order> orders)
    {
        var now = time.GetUtcNow();
        var customer = (await Get<CustomerStore>().Find(id))!.Value;
        if (happens.Event.StartsWith("order.", StringComparison.Ordinal))
        {
            if (happens.Event == EventTypes.OrderPlaced || orders.Count == 0)
                orders.Add((happens.Order ?? ScenarioOrder.Any).AsOrder(
                    orders.Count + 1, now, Get<CurrentShop>().Settings.Currency, id));
            orders[^1] = ScenarioOrders.After(happens, orders[^1], now);
            var buyer = new Buyer
            {
                Identities = [Identity.Parse(customer.Identities[0])!.Value],
                Email = customer.Email,
                SeenAt = now
            };
            await Get<OrderIngestion>().Handle(
                "scenario", new SourceEvent.OrderUpserted(orders[^1] with { Customer = null }, buyer));
        }
        else if (happens.Event is EventTypes.ConsentPending or EventTypes.ConsentGiven or EventTypes.ConsentWithdrawn)
        {
            var state = happens.Event switch
            {
                EventTypes.ConsentPending => ConsentState.Pending,
                EventTypes.ConsentGiven => ConsentState.Given,
                _ => ConsentState.Withdrawn
            };
            var channel = happens.Data?.GetValueOrDefault("channel") is { ValueKind: JsonValueKind.String } told
                ? told.GetString()! : "email";
            await Get<ConsentService>().Record(id, channel, new ConsentRecord(state, now, "scenario"));
        }
        else if (happens.Event is EventTypes.LineFollowed or EventTypes.LineUnfollowed)
        {
            var person = new Buyer { Identities = [OnLine], SeenAt = DateTimeOffset.MinValue };
            await Get<CustomerStore>().Recognise(person, "scenario", who => who, id);
            var said = happens.Event == EventTypes.LineFollowed
                ? new ConsentRecord(ConsentState.Given, now, "line follow")
                : new ConsentRecord(ConsentState.Withdrawn, now, "line unfollow");
            customer = await Get<ConsentService>().Record(id, Identity.Line, said) ?? customer;
            await Tell(happens, customer, now);
        }
        else if (happens.Event == EventTypes.CustomerErased)
        {
            await Get<Erasure>().Erase(id);
        }
        else
        {
            var about = happens.Data?.GetValueOrDefault(ShopEvent.OrderName) is
            { ValueKind: System.Text.Json.JsonValueKind.String } named
                ? orders.Find(order => order.Id == named.GetString() || order.Number == named.GetString())
                : null;
            await Tell(happens, customer, now, about);
        }
    }

    /// <param name="about">The order that it names; null: none.</param>
    private Task Tell(ScenarioEvent happens, Customer customer, DateTimeOffset now, Order? about = null) =>
        Get<IShopEvents>().Handle(new ShopEvent
        {
            Order = about?.Key,
            Id = $"scenario:{happens.Event}:{now:O}",
            Type = happens.Event,
            At = now,
            Customer = customer.Id,
            Mail = happens.Event.StartsWith("mail.", StringComparison.Ordinal) ? happens.Mail ?? LatestMail() : null,
            Data = happens.Data,
        }, customer, about, false);

    private string? LatestMail()
    {
        lock (mails) return mails.LastOrDefault()?.Mail;
    }

    private void Note(EnrollmentId enrollment, DateTimeOffset at, string text)
    {
        if (enrollment.Journey != scenario.Journey) return;
        lock (lines) lines.Add((at, text));
    }

    private static DateTimeOffset First(Scenario scenario, TimeZoneInfo zone) =>
        scenario.Events.Select(e => scenario.At(e, zone)).Append(scenario.StartsAt(zone)).Min().ToUniversalTime();

    public async ValueTask DisposeAsync()
    {
        await hub.StopAsync();
        await made.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
