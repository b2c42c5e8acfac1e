namespace Automation.Year.Tests;

/// <summary>Invents the shop's customers: own rhythms, gifts, refunds, purchases at the till, people who stop,
/// mailboxes that are gone. The same seed, the same people.</summary>
public static class People
{
    private static readonly string[] Sources = ["shopify", "shopify", "woo", "generic"];

    public static IReadOnlyList<Person> Of(int count, int seed, DateTimeOffset from, DateTimeOffset to) =>
        [.. Enumerable.Range(0, count).Select(n => Make(n, new Random((seed * 1_000_003) + n), from, to))];

    private static Person Make(int n, Random chance, DateTimeOffset from, DateTimeOffset to)
    {
        var source = Sources[n % Sources.Length];
        var days = (to - from).TotalDays;
        var first = chance.NextDouble() < 0.4 ? chance.NextDouble() * 60 : chance.NextDouble() * (days - 2);
        var agrees = chance.NextDouble() < 0.75;
        return new(n, source)
        {
            AgreesToLetters = agrees,
            StopsAt = agrees && chance.NextDouble() < 0.08
                ? from.AddDays(first + (chance.NextDouble() * (days - first)))
                : null,
            Bounces = chance.NextDouble() < 0.03,
            Clicks = chance.NextDouble() < 0.15,
            TimeZone = chance.NextDouble() < 0.02 ? "America/New_York" : null,
            Orders = [.. Orders(n, source, first, chance, from, to)],
        };
    }

    private static IEnumerable<RealOrder> Orders(
        int n, string source, double first, Random chance, DateTimeOffset from, DateTimeOffset to)
    {
        var habit = chance.NextDouble();
        var interval = 20 + (chance.NextDouble() * 80);
        var visits = habit < 0.35 ? 1 : habit < 0.5 ? chance.Next(3, 6) : int.MaxValue;
        var day = first;
        for (var visit = 0; visit < visits; visit++, day += interval * (0.85 + (0.3 * chance.NextDouble())))
        {
            // People shop from eight in the morning until almost midnight.
            var placed = from.AddDays(Math.Floor(day)).AddHours(8 + (chance.NextDouble() * 15.5));
            placed = placed.AddTicks(-(placed.Ticks % TimeSpan.TicksPerSecond));
            if (placed >= to) yield break;
            var till = visit > 0 && source == "shopify" && chance.NextDouble() < 0.12;
            var cancelled = !till && chance.NextDouble() < 0.04
                ? placed.AddHours(1 + chance.Next(10))
                : (DateTimeOffset?)null;
            var shipped = till ? placed
                : cancelled is null ? placed.AddHours(20 + chance.Next(70))
                : (DateTimeOffset?)null;
            yield return new((n * 1000) + visit, placed, Late(placed, chance), till, 1200 + (chance.Next(100) * 110))
            {
                Cancelled = cancelled,
                Shipped = shipped,
                Refunded = shipped is { } sent && chance.NextDouble() < 0.05
                    ? sent.AddDays(6 + (chance.NextDouble() * 14))
                    : null,
            };
        }
    }

    /// <summary>Webhooks come within seconds, one in fifty hours late.</summary>
    private static DateTimeOffset Late(DateTimeOffset at, Random chance) =>
        chance.NextDouble() < 0.02 ? at.AddHours(chance.NextDouble() * 9) : at.AddSeconds(1 + chance.Next(5));
}
