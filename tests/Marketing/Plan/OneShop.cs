using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Newsletters.Chunks;
using Automation.Marketing.Tests.Newsletters.Issues;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Plan;

/// <summary>A shop with journeys' wishes and three newsletters: one on two weekdays, one every other day, and one that
/// somebody sends by hand. Looks at everything that is handed over: <see cref="Wrong"/> says what should not have
/// been.</summary>
internal sealed class OneShop : IAsyncDisposable
{
    private static readonly Newsletter[] Newsletters =
    [
        SlotTests.Weekly("10:00", null, DayOfWeek.Tuesday, DayOfWeek.Wednesday),
        SlotTests.Weekly("10:00", null, DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday) with { Id = "often" },
        SlotTests.Weekly("10:00", null, DayOfWeek.Sunday) with { Id = "hand" },
    ];

    private readonly House house;
    private readonly IReadOnlyList<Cap> caps;
    private readonly int people;
    private readonly PublishedMails shelf;
    private readonly ToldTransport transport = new();
    private readonly List<(string To, PlanMoment At)> arrived = [];
    private readonly SortedDictionary<int, (int Customer, DateTimeOffset Since)> waiting = [];
    private IssueStore issues = null!;
    private PlannedMailings book = null!;
    private ShardSending newsletters = null!;
    private Marketing.Sending.Sending journeys = null!;
    /// <summary>Where the issue counts that is being sent; null: a journey writes.</summary>
    private PlanMoment? place;
    private DateTimeOffset acted;
    private int wishes;

    private OneShop(House house, IReadOnlyList<Cap> caps, int people)
    {
        (this.house, this.caps, this.people, shelf, acted) =
            (house, caps, people, new PublishedMails(house.Tables, house.Clock), house.Clock.Now);
        transport.Answer = async message => { await Look(message.To); return new DeliveryResult.Accepted("p"); };
        transport.AnswerMany = async batch =>
        {
            foreach (var one in batch.Recipients) await Look(one.To);
            return new DeliveryResult.Accepted("p");
        };
    }

    public static async Task<OneShop> Open(IReadOnlyList<Cap> caps, QuietHours? quiet, bool keepsBack, int people)
    {
        var shop = new OneShop(await House.Open(), caps, people);
        shop.house.Shop = shop.house.Shop with
        {
            QuietHours = quiet,
            Plan = new() { Caps = caps, NewsletterDayKeepsBack = keepsBack, Expires = new(4, PeriodUnit.Day) }
        };
        await shop.shelf.Publish([Mail.Template("本文")]);
        for (var n = 0; n < people; n++) await shop.house.Tables.Customers.Add(CustomerJson.Row(Mailing.Customer(n)));
        await shop.Restart();
        return shop;
    }

    public static Dictionary<string, ConsentRecord> Says(ConsentState state) =>
        new() { ["email"] = new(state, Fixtures.Now, "test") };

    public DateTimeOffset Now => house.Clock.Now;
    public string? Wrong { get; private set; }

    /// <summary>What is kept in memory is gone.</summary>
    public Task Restart()
    {
        var mailed = new FixedNewsletters(Newsletters)
        {
            Pinned = id => new(
                Newsletters.Single(one => one.Id == id.Newsletter), [Mail.Source("本文")], SubjectTest.None),
        };
        var made = house.Container(services => services
            .AddSingleton<INewsletters>(mailed)
            .AddSingleton(shelf)
            .AddSingleton(new ChunkClaims(true, TimeSpan.FromMinutes(5)))
            .AddSingleton<IMailTransport>(transport)
            .AddSingleton(Senders.Nobody with { PublicUrl = "https://shop.example" })
            .AddSingleton(new MarketingOptions { ChunkSize = 3 }));
        issues = made.GetRequiredService<IssueStore>();
        book = made.GetRequiredService<PlannedMailings>();
        newsletters = made.GetRequiredService<ShardSending>();
        journeys = made.GetRequiredService<Marketing.Sending.Sending>();
        return Task.CompletedTask;
    }

    public Task Wish(int n)
    {
        waiting[wishes++] = (n % people, Now);
        return Task.CompletedTask;
    }

    public Task Pass(TimeSpan time)
    {
        house.Clock.Now += time;
        return Task.CompletedTask;
    }

    public Task Choose(int n, Func<Customer, Customer> change) =>
        house.Customers.Change(Mailing.Of(n % people), change);

    public Task Begin(IssueId id, DateTimeOffset slot, IssueState state) =>
        issues.Add(new Issue { Id = id, State = state, Slot = slot });

    public async Task Steer(IssueMove move, int n)
    {
        var all = await All();
        if (all.Count > 0)
            await issues.Change(all[n % all.Count].Id, issue => IssueMoves.Make(move, issue, Now).Issue ?? issue);
    }

    /// <summary>Acts on slots, goes on with issues (or is busy with something else), and asks for the wishes.</summary>
    public async Task Work(int n)
    {
        foreach (var slot in Newsletters.Take(2).SelectMany(one => SlotRules.Between(one, house.Shop, acted, Now))
            .OrderBy(slot => slot.At))
            await Begin(slot.Id, slot.At, (n + slot.Id.Date.Day) % 4 == 0 ? IssueState.Cancelled : IssueState.Sending);
        acted = Now;
        if (n % 3 == 0) await Ask();
        foreach (var issue in await All())
        {
            if (issue.State != IssueState.Sending || (n + issue.Id.Date.Day) % 5 == 0) continue;
            if (issue.StartedAt is null) await issues.Change(issue.Id, now => now with { StartedAt = Now });
            var newsletter = Newsletters.Single(one => one.Id == issue.Id.Newsletter);
            place = PlannedMailing.Of(
                newsletter, house.Shop, issue with { StartedAt = issue.StartedAt ?? Now }, false).Place;
            if (await newsletters.Send(issue.Id, Mailing.Shard, default) is { End: ShardEnd.Done, Until: null })
                await issues.Change(issue.Id, now => now with { State = IssueState.Sent, EndedAt = Now });
            place = null;
        }
        await Ask();
    }

    private async Task Ask()
    {
        foreach (var (wish, (n, since)) in waiting.ToList())
        {
            var customer = (await house.Customers.Find(Mailing.Of(n)))!.Value;
            var request = new SendRequest
            {
                Mail = "test",
                Purpose = Purpose.Marketing,
                For = $"e{wish}@0",
                HeldSince = since < Now ? since : null,
                Timeline = new(house.Tables, customer.Id),
                Situation = Mail.Situation with { Customer = customer, Shop = house.Shop, Now = Now },
            };
            if (await journeys.Send(request, default) is not SendOutcome.Settled) continue;
            await request.Timeline.Flush();
            waiting.Remove(wish);
        }
    }

    private async Task<List<Issue>> All()
    {
        var all = new List<Issue>();
        foreach (var newsletter in Newsletters) all.AddRange(await issues.Of(newsletter.Id).ToListAsync());
        return all;
    }

    private async Task Look(string to)
    {
        var customer = (await house.Customers.Find(Mailing.Of(int.Parse(to[1..to.IndexOf('@')], null))))!.Value;
        arrived.Add((to, place ?? PlanMoment.Of(Now, Zones.Find(house.Shop.TimeZone)!)));
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zones.Find(house.Shop.TimeZone)!).DateTime);
        if (house.Shop.QuietHours is { } quiet && (quiet.From < quiet.To ? local >= quiet.From && local < quiet.To
            : local >= quiet.From || local < quiet.To)) Wrong ??= $"{to} in quiet hours: {local}";
        if (customer.Consent["email"].State != ConsentState.Given || customer.Suppressed.Count > 0)
            Wrong ??= $"{to} may not be written to";
        if (customer.Preferences?.PausedUntil > Now) Wrong ??= $"{to} asked for silence";
        foreach (var cap in caps)
            if (arrived.Any(first =>
                first.To == to && arrived.Count(one => one.To == to && Together(cap, first.At, one.At)) > cap.Messages))
                Wrong ??= $"{to} got more than {cap}: "
                    + $"{string.Join(", ", arrived.Where(one => one.To == to).Select(one => $"{one.At}"))}";
    }

    /// <summary>Is the second in the stretch that begins with the first?</summary>
    private static bool Together(Cap cap, PlanMoment first, PlanMoment second) => cap.Per.Unit == PeriodUnit.Hour
        ? second.At >= first.At && second.At - first.At < TimeSpan.FromHours(cap.Per.Count)
        : second.Day >= first.Day && second.Day < first.Day.AddDays(cap.Per.Count);

    /// <summary>How many got something.</summary>
    public int Arrived => arrived.Count;

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
