using System.Text;
using System.Text.Json.Nodes;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Functions.Local;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Year.Tests.Faults;

/// <summary>A small shop to which everything happens: its process dies and comes back, its clock is set, its files are
/// edited, its provider fails. It repeats what a shop's platform would repeat: whatever was not accepted.</summary>
public sealed class FaultyShop : IAsyncDisposable
{
    /// <summary>No step is longer: the timers run.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromHours(6);

    private readonly string folder = Directory.CreateTempSubdirectory("faults-").FullName;
    private readonly List<Func<Task>> again = [];
    private TimeSpan swept, daily, weekly;
    private int lives;

    private FaultyShop()
    {
        Provider = new(Clock);
        Files = new(Path.Combine(folder, "shop"));
    }

    public FaultyClock Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
    public FaultyProvider Provider { get; }
    public FaultyFiles Files { get; }
    public Life Life { get; private set; } = null!;

    /// <summary>Until when the provider's trouble lasts.</summary>
    public DateTimeOffset TroubleEnds { get; set; }

    /// <summary>Orders of which a word was accepted: the times of the clock's lead when they were, and what the shop
    /// said of them.</summary>
    public Dictionary<int, PlacedOrder> Orders { get; } = [];

    /// <summary>By address, when somebody's yes or no was accepted.</summary>
    public List<(int Nth, string Email, bool IsYes)> Consents { get; } = [];

    public static async Task<FaultyShop> Open()
    {
        var shop = new FaultyShop();
        shop.Files.WriteAll();
        await shop.Begin(Path.Combine(shop.folder, "data"));
        return shop;
    }

    private string Next => Path.Combine(folder, $"data-{lives}");

    private async Task Begin(string data)
    {
        lives++;
        Life = await Life.Begin(data, Next, Files.Folder, Clock, Provider, lives);
        Data = data;
        await Life.TakeUp();
    }

    private string Data { get; set; } = "";

    /// <summary>A clean stop and a start.</summary>
    public async Task Restart()
    {
        await Life.DisposeAsync();
        await Begin(Data);
        await Rest();
    }

    /// <summary>What is in hand is done; where the process died meanwhile, the next one does it, and whoever got no
    /// answer asks again.</summary>
    public async Task Rest()
    {
        while (true)
        {
            await Life.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
            if (Life.IsDead)
            {
                await Life.DisposeAsync();
                await Begin(Next);
                foreach (var ask in again.ToList()) await ask();
                continue;
            }
            if (await Life.Pump()) continue;
            if (Life.IsDead) continue;
            Provider.Settle(lives);
            return;
        }
    }

    /// <summary>Asks until it is answered.</summary>
    private async Task Ask(Func<Task> act, Action? accepted = null)
    {
        var isAccepted = false;
        Func<Task> ask = null!;
        ask = async () =>
        {
            if (isAccepted || !await Life.Try(act)) return;
            isAccepted = true;
            again.Remove(ask);
            accepted?.Invoke();
        };
        again.Add(ask);
        await ask();
        await Rest();
    }

    /// <summary>Time passes, with all timers.</summary>
    public async Task Pass(TimeSpan time)
    {
        var end = Clock.True + time;
        while (Clock.True < end)
        {
            Clock.Pass(Step(end - Clock.True));
            await Rest();
            await Tick();
            await Rest();
        }
    }

    /// <summary>Up to whatever is due next.</summary>
    private TimeSpan Step(TimeSpan left)
    {
        var (now, step) = (Clock.GetUtcNow(), left < LongestStep ? left : LongestStep);
        foreach (var due in (DateTimeOffset?[])[Life.Product.Get<EmbeddedTaskHub>().NextTimerDue,
            Life.Product.Get<SlotScheduler>().NextDue(now)])
            if (due - now is { } until && until < step) step = until;
        return step > TimeSpan.FromMinutes(1) ? step : TimeSpan.FromMinutes(1) < left ? TimeSpan.FromMinutes(1) : left;
    }

    private async Task Tick()
    {
        if (Clock.True > TroubleEnds) Provider.Now = Trouble.None;
        await Run("NewsletterTick");
        await Run("SettleSends");
        var passed = TimeSpan.FromTicks(Clock.GetTimestamp());
        if (passed - swept >= TimeSpan.FromHours(1))
        {
            swept = passed;
            await Run("SweepEnrollments");
        }
        if (passed - daily < TimeSpan.FromDays(1)) return;
        daily = passed;
        await Run("SenseCustomers");
        if (passed - weekly < TimeSpan.FromDays(7)) return;
        weekly = passed;
        await Run("KeepRetention");
    }

    private Task<bool> Run(string timer) => Life.Try(() => Life.Functions[timer].Run(default));

    /// <summary>The shop's platform says something of an order.</summary>
    public Task Say(int order, string word, Person person)
    {
        var at = Clock.True;
        var body = Encoding.UTF8.GetBytes(Webhook(order, word, person, at).ToJsonString());
        return Ask(() => Life.Product.Services.GetRequiredKeyedService<Envelopes>(Queues.Orders).Put(
            new() { Source = "till", Topic = GenericDialect.Topic, ReceivedAt = Clock.GetUtcNow(), Body = body }), () =>
        {
            if (!Orders.TryGetValue(order, out var known)) Orders[order] = known = new(order, person);
            known.Words.Add((word, Clock.Ahead, Clock.True));
            known.IsPausedFor |= word == "placed" && Life.Product.Get<PublishedJourneys>().IsPaused("thanks");
        });
    }

    private static JsonObject Webhook(int order, string word, Person person, DateTimeOffset at)
    {
        var data = new JsonObject { ["id"] = $"{order}" };
        if (word == "placed")
        {
            var customer = new JsonObject { ["email"] = person.Email, ["familyName"] = "佐藤", ["givenName"] = "花子" };
            if (person.Account is { } account) customer["id"] = account;
            data["number"] = $"#{order}";
            data["currency"] = "JPY";
            data["total"] = 1200 + order;
            data["placedAt"] = at.ToString("O");
            data["lines"] = new JsonArray(
                new JsonObject { ["productId"] = "hojicha", ["title"] = "ほうじ茶", ["quantity"] = 1, ["price"] = 1200 });
            data["customer"] = customer;
        }
        return new()
        {
            ["specversion"] = "1.0",
            ["id"] = $"{order}-{word}",
            ["source"] = "till",
            ["type"] = $"order.{word}",
            ["time"] = at.ToString("O"),
            ["data"] = data
        };
    }

    /// <summary>The platform says that an account has this address: whoever was known by it alone is that
    /// customer.</summary>
    public Task Merge(string account, string email)
    {
        var at = Clock.True;
        var body = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{account}-{email}",
            ["source"] = "till",
            ["type"] = "customer.updated",
            ["time"] = at.ToString("O"),
            ["data"] = new JsonObject { ["id"] = account, ["email"] = email },
        };
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return Ask(() => Life.Product.Services.GetRequiredKeyedService<Envelopes>(Queues.Orders).Put(new Envelope
        {
            Source = "till",
            Topic = GenericDialect.Topic,
            ReceivedAt = Clock.GetUtcNow(),
            Body = bytes
        }));
    }

    /// <summary>As the API and the link do it: by the machine's own clock.</summary>
    public async Task Consent(string email, bool isYes)
    {
        var can = Life.Product;
        if (await can.Get<CustomerStore>()
            .FindByIdentity(new(Identity.Email, email)) is not { Value.Id: var id }) return;
        // A yes counts from when it was said, a no from when it was accepted.
        var saidAt = Provider.Next();
        await Ask(
            async () =>
            {
                var said = new ConsentRecord(isYes ? ConsentState.Given : ConsentState.Withdrawn, Clock.GetUtcNow(),
                    "api")
                { Evidence = "said so" };
                await Life.Product.Get<ConsentService>().Record(id, "email", said);
            },
            () => Consents.Add((isYes ? saidAt : Provider.Next(), email, isYes)));
    }

    public Task Publish() => Ask(() => Life.Product.Get<ShopWatch>().Publish(default));

    public async Task Pause(string journey, bool paused)
    {
        if (await Life.Product.Get<PublishedJourneys>().Last(journey) is null) return;
        await Ask(async () =>
        {
            await Life.Product.Get<PublishedJourneys>().SetPaused(journey, paused, default);
            if (paused) return;
            await Life.Product.Get<Tables>().AlarmQueue.Send(new AlarmMessage.Resume(journey).Write());
            await Life.Product.Get<StuckWalks>().Forget(StuckWalks.Of(journey), default);
        });
    }

    /// <summary>Somebody does something with an issue, whether it can be done or not.</summary>
    public Task Steer(IssueId issue, string act) => Ask(async () =>
    {
        var (parts, can) = (Life.Product, Life.Product);
        if (act == "confirm") await can.Get<IssueStart>().Confirm(issue, default);
        else if (act == "resume" && await parts.Get<SlotSteering>().Restore(issue, default) is not null) return;
        else
        {
            if (act == "cancel") await parts.Get<SlotSteering>().Skip(issue, default);
            await can.Get<IssueControl>().Make(Enum.Parse<IssueMove>(act, ignoreCase: true), issue, default);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await Life.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Somebody who buys: a guest known by an address, or one with an account.</summary>
public sealed record Person(string Email, string? Account);

/// <summary>An order, as the shop's platform told of it and the product accepted.</summary>
public sealed record PlacedOrder(int N, Person Person)
{
    /// <summary>Thanks were paused when it was told of: nobody starts.</summary>
    public bool IsPausedFor { get; set; }

    /// <summary>What was said, how far the machine's clock was ahead then, and when.</summary>
    public List<(string Word, TimeSpan Ahead, DateTimeOffset At)> Words { get; } = [];
}
