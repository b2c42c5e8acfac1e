using System.Globalization;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Year.Tests.Faults;

/// <summary>What happens to a small shop in some weeks, drawn from a seed: the same seed, the same story.</summary>
public sealed class Story(int seed)
{
    private const int Length = 32;

    private readonly Random chance = new(seed);
    private readonly List<string> told = [];
    private int orders;

    private static readonly Person[] People =
    [
        .. Enumerable.Range(0, 4).Select(n => new Person($"guest{n}@example.jp", null)),
        .. Enumerable.Range(0, 4).Select(n => new Person($"member{n}@example.jp", $"{n}")),
    ];

    /// <summary>What happened, a line each.</summary>
    public IReadOnlyList<string> Told => told;

    public async Task Play(FaultyShop shop)
    {
        foreach (var person in People)
        {
            await shop.Say(++orders, "placed", person);
            if (chance.Next(4) > 0) await shop.Consent(person.Email, isYes: true);
        }
        for (var n = 0; n < Length; n++)
        {
            var what = await Happen(shop);
            told.Add(string.Create(CultureInfo.InvariantCulture,
                $"{shop.Clock.True:MM-dd HH:mm} (clock {shop.Clock.GetUtcNow():yyyy-MM-dd HH:mm}) {what}"));
            await shop.Rest();
            await shop.Pass(Some());
        }
    }

    /// <summary>Peace: the clock is right, the provider takes everything, the files are as they were; for
    /// weeks.</summary>
    public async Task Calm(FaultyShop shop, TimeSpan time)
    {
        shop.Provider.Now = Trouble.None;
        if (shop.Clock.Ahead is var ahead && ahead != TimeSpan.Zero) shop.Clock.Jump(-ahead);
        if (chance.Next(3) > 0) shop.Files.RestoreAll();
        await shop.Publish();
        foreach (var journey in (string[])["thanks", "second", "hello"]) await shop.Pause(journey, paused: false);
        told.Add($"{shop.Clock.True:MM-dd HH:mm} peace");
        await shop.Pass(time);
    }

    private TimeSpan Some() => chance.Next(6) switch
    {
        0 => TimeSpan.Zero,
        1 or 2 => TimeSpan.FromMinutes(chance.Next(1, 90)),
        3 or 4 => TimeSpan.FromHours(chance.Next(1, 24)),
        _ => TimeSpan.FromHours(chance.Next(24, 80)),
    };

    private async Task<string> Happen(FaultyShop shop)
    {
        switch (chance.Next(20))
        {
            case 0 or 1 or 2:
                var buyer = People[chance.Next(People.Length)];
                await shop.Say(++orders, "placed", buyer);
                return $"{buyer.Email} places {orders}";
            case 3 or 4:
                var (order, word) = (chance.Next(1, orders + 3),
                    (string[])["fulfilled", "fulfilled", "fulfilled", "cancelled", "refunded", "placed"]);
                var said = word[chance.Next(word.Length)];
                var whose =
                    shop.Orders.TryGetValue(order, out var known) ? known.Person : People[chance.Next(People.Length)];
                if (order > orders) orders = order;
                await shop.Say(order, said, whose);
                if (chance.Next(3) == 0) await shop.Say(order, said, whose);
                return $"order {order} is {said}";
            case 5 or 6:
                var (person, yes) = (People[chance.Next(People.Length)], chance.Next(3) > 0);
                await shop.Consent(person.Email, yes);
                return $"{person.Email} says {(yes ? "yes" : "no")}";
            case 7:
                var (guest, account) = (chance.Next(4), chance.Next(4));
                await shop.Merge($"{account}", $"guest{guest}@example.jp");
                return $"member {account} is guest {guest}";
            case 8:
                var (journey, paused) =
                    (((string[])["thanks", "second", "hello"])[chance.Next(3)], chance.Next(2) == 0);
                await shop.Pause(journey, paused);
                return $"{journey} is {(paused ? "paused" : "resumed")}";
            case 9 or 10 or 11:
                var edit = shop.Files.Edit(chance);
                await shop.Publish();
                return edit;
            case 12:
                return await Steer(shop);
            case 13 or 14:
                shop.Provider.Now = (Trouble)chance.Next(5);
                shop.Provider.Wait = TimeSpan.FromSeconds(chance.Next(60, 900));
                shop.TroubleEnds = shop.Clock.True.AddMinutes(chance.Next(5, 600));
                return $"the provider: {shop.Provider.Now}";
            case 15:
                shop.Life.DieAtWrite(chance.Next(1, 60), after: chance.Next(2) == 0);
                return "the process will be killed at a write";
            case 16:
                shop.Life.DieAtHandover(chance.Next(1, 4), after: chance.Next(2) == 0);
                return "the process will be killed while a mail is handed over";
            case 17:
                await shop.Restart();
                return "the program is started again";
            default:
                return Jump(shop);
        }
    }

    private async Task<string> Steer(FaultyShop shop)
    {
        var act = ((string[])["pause", "resume", "cancel", "confirm", "retry"])[chance.Next(5)];
        var issues = await shop.Life.Product.Get<IssueStore>().Of("weekly").ToListAsync();
        var id = issues.Count > 0 && chance.Next(3) > 0 ? issues[chance.Next(issues.Count)].Id
            : new IssueId("weekly", DateOnly.FromDateTime(shop.Clock.True.UtcDateTime.AddDays(chance.Next(8))));
        await shop.Steer(id, act);
        return $"{act} {id}";
    }

    private string Jump(FaultyShop shop)
    {
        if (shop.Clock.Ahead != TimeSpan.Zero && chance.Next(3) > 0)
        {
            shop.Clock.Jump(-shop.Clock.Ahead);
            return "the clock is put right";
        }
        var by = chance.Next(5) switch
        {
            0 => TimeSpan.FromMinutes(chance.Next(1, 120)),
            1 => TimeSpan.FromDays(chance.Next(1, 4)),
            2 => TimeSpan.FromDays(chance.Next(4, 120)),
            3 => -TimeSpan.FromMinutes(chance.Next(1, 600)),
            _ => -TimeSpan.FromHours(chance.Next(10, 72)),
        };
        shop.Clock.Jump(by);
        return string.Create(CultureInfo.InvariantCulture,
            $"the clock is put {(by > TimeSpan.Zero ? "forward" : "back")} by {by.Duration()}");
    }
}
