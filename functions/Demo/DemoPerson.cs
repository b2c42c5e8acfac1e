using System.Globalization;
using Automation.Marketing;

namespace Automation.Functions.Demo;

/// <summary>One imagined purchase.</summary>
internal sealed record DemoOrder(DateTimeOffset At, bool AtTheCounter, IReadOnlyList<int> Products, bool Refunded);

/// <summary>One imagined customer's year: who they are, what they bought when, whether they like letters. The same
/// number is the same person, whenever it is asked. Pure.</summary>
internal sealed record DemoPerson
{
    private const int Seed = 20261127;

    public required string Id { get; init; }
    public required (string Kanji, string Reading) Family { get; init; }
    public required (string Kanji, string Reading) Given { get; init; }
    public required string Email { get; init; }
    public required string Phone { get; init; }

    /// <summary>A number of their own, for what else is drawn by lot.</summary>
    public int Lot => Convert.ToInt32(Id[..7], 16);

    /// <summary>Agreed to letters; false: was never asked, or left.</summary>
    public required bool Reads { get; init; }

    /// <summary>Left the letters then; null: never.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>How likely a letter is opened.</summary>
    public required double Interest { get; init; }
    public required IReadOnlyList<DemoOrder> Orders { get; init; }

    /// <param name="n">Which of them; from 0.</param>
    /// <param name="now">The year ends here.</param>
    public static DemoPerson Of(int n, DateTimeOffset now)
    {
        var random = new Random(Seed ^ n * 7919);
        var (family, given) = (Pick(random, DemoWords.Families), Pick(random, DemoWords.Given));
        var orders = Year(random, now);
        var reads = random.NextDouble() < 0.72;
        return new()
        {
            Id = Hex(n),
            Family = family,
            Given = given,
            Email = string.Create(CultureInfo.InvariantCulture, $"{given.Reading}.{family.Reading}.{n}@example.jp"),
            Phone = string.Create(CultureInfo.InvariantCulture, $"+8190{10_000_000 + n % 90_000_000:D8}"),
            Reads = reads,
            LeftAt =
                reads && random.NextDouble() < 0.09 ? orders[0].At + (now - orders[0].At) * random.NextDouble() : null,
            Interest = 0.15 + 0.7 * random.NextDouble() * random.NextDouble(),
            Orders = orders,
        };
    }

    /// <summary>An id like the product's own, made from the number.</summary>
    private static string Hex(int n) => Keys.Hash(
        string.Create(CultureInfo.InvariantCulture, $"demo {Seed} {n}"), 12);

    /// <summary>The shop grew over the year; a third comes back, each by their own rhythm, and a few have
    /// stopped.</summary>
    private static List<DemoOrder> Year(Random random, DateTimeOffset now)
    {
        var begin = now.AddDays(-365 * Math.Sqrt(random.NextDouble()));
        var rhythm = 18 + 70 * random.NextDouble();
        var keeps = random.NextDouble() < 0.38 ? 0.55 + 0.4 * random.NextDouble() : 0.08;
        List<DemoOrder> orders = [];
        for (var at = Shopping(random, now.AddDays(-365 + (now - begin).TotalDays)); at < now;)
        {
            orders.Add(new(at, random.NextDouble() < 0.18, Basket(random), random.NextDouble() < 0.015));
            if (random.NextDouble() > keeps) break;
            // Now and then somebody stays away for long, and comes back.
            var pause = orders.Count > 2 && (orders.Count + (int)rhythm) % 5 == 0 ? 2.6 : 1;
            at = Shopping(random, at.AddDays(pause * rhythm * (0.7 + 0.6 * random.NextDouble())));
        }
        if (orders.Count == 0)
            orders.Add(new(now.AddHours(-1 - 20 * random.NextDouble()), false, Basket(random), false));
        return orders;
    }

    /// <summary>That day, at an hour at which people shop (UTC; evenings in Japan most of all).</summary>
    private static DateTimeOffset Shopping(Random random, DateTimeOffset day) =>
        new DateTimeOffset(day.UtcDateTime.Date,
            TimeSpan.Zero).AddMinutes(60 * (random.NextDouble() < 0.6 ? 10 : 1) + 240 * random.NextDouble());

    private static List<int> Basket(Random random)
    {
        HashSet<int> basket = [];
        for (var n = 1 + (random.NextDouble() < 0.4 ? random.Next(1, 3) : 0); n > 0; n--) basket.Add(Product(random));
        return [.. basket];
    }

    private static int Product(Random random)
    {
        var left = random.Next(DemoWords.Products.Sum(product => product.Weight));
        for (var n = 0; ; n++) if ((left -= DemoWords.Products[n].Weight) < 0) return n;
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
