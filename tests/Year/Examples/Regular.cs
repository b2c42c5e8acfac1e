namespace Automation.Year.Tests.Examples;

/// <summary>An order of the examples' shop as it really went.</summary>
/// <param name="Fulfilled">Null: nobody said so.</param>
public sealed record Bought(int N, DateTimeOffset Placed, int Total, DateTimeOffset? Fulfilled)
{
    public DateTimeOffset? Delivered { get; init; }
    public DateTimeOffset? Refunded { get; init; }
}

/// <summary>Somebody whose year shows what the example journeys are for: the same tea at their own interval, a
/// birthday, now and then a left checkout, a wish, two subscriptions. Their number says which.</summary>
public sealed record Regular(int N)
{
    /// <summary>When the shop opens, and how long it is looked at, days.</summary>
    public const int Days = 250;

    private const int LastOrder = 200;

    /// <summary>From this on somebody is a favourite, yen.</summary>
    private const int Favour = 50_000;

    public static DateTimeOffset Begin { get; } = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    public string Email => $"r{N}@example.jp";
    public bool Agrees => N % 4 != 3;

    /// <summary>Days from one order to the next.</summary>
    public int Interval => 20 + (N % 5 * 7);

    public DateTimeOffset Birthday => On(120 + N, 0);
    public bool LeavesACheckout => N % 5 == 0;

    /// <summary>And comes back the same night.</summary>
    public bool BuysItAfterAll => N % 10 == 0;
    public DateTimeOffset Checkout => On(50 + N, 21);
    public bool Wishes => N % 6 == 0;
    public static DateTimeOffset Back => On(120, 11);
    public bool Subscribes => N % 6 == 1;

    /// <summary>The order that made them a favourite, nine days later.</summary>
    public bool GivesBack => N % 5 is 1 or 4;

    public static DateTimeOffset On(int day, int hour) => Begin.AddDays(day).AddHours(hour);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Bought> Orders => [.. Regularly().Concat(AfterAll()).OrderBy(order => order.Placed)];

    private IEnumerable<Bought> Regularly()
    {
        var total = 6000 + (N % 3 * 4000);
        for (var (day, n) = (N % 20, 0); day <= LastOrder; day += Interval, n++)
            yield return new((N * 100) + n, On(day, 12), total, On(day + 1, 12))
            {
                Delivered = On(day + 3, 15),
                Refunded = (N % 7 == 0 && n == 1) || (GivesBack && n == (Favour - 1) / total)
                    ? On(day + 9, 9) : null,
            };
    }

    private IEnumerable<Bought> AfterAll()
    {
        if (BuysItAfterAll) yield return new((N * 100) + 99, Checkout.AddHours(2), 5456, null);
    }

    /// <summary>What they should get, and when; from what they did alone.</summary>
    public IEnumerable<(string Mail, DateTimeOffset At)> Expected() => (Agrees ? Marketing() : []).Concat(Service());

    private IEnumerable<(string, DateTimeOffset)> Service()
    {
        if (Wishes) yield return ("back-in-stock/it-is-back", Back);
        if (!Subscribes) yield break;
        yield return ("subscription-renewal/in-a-month", On(150, 9));
        yield return ("subscription-renewal/in-a-month", On(155, 9));
        yield return ("subscription-renewal/in-a-week", On(155 + 21, 10));
    }

    private IEnumerable<(string, DateTimeOffset)> Marketing()
    {
        yield return ("birthday/with-best-wishes", Birthday.AddHours(10));
        if (LeavesACheckout && !BuysItAfterAll)
            yield return ("abandoned-checkout/still-here", Checkout.Date.AddDays(1).AddHours(10).At());
        foreach (var order in Orders)
            if (order.Delivered?.Date.AddDays(10).AddHours(10).At() is { } due && !(order.Refunded < due))
                yield return ("review/how-was-it", due);
        foreach (var (since, until) in Favourite())
        {
            yield return ("vip/thank-you", since);
            if (!(until < since.AddDays(30))) yield return ("vip/before-others", since.AddDays(30));
        }
        foreach (var due in RunningLow()) yield return ("replenishment/running-low", due);
    }

    /// <summary>From when on and until when their orders, less what was refunded, came to 50,000 yen.</summary>
    public IEnumerable<(DateTimeOffset Since, DateTimeOffset? Until)> Favourite()
    {
        var (total, since) = (0, (DateTimeOffset?)null);
        foreach (var (at, amount) in Orders.Select(order => (order.Placed, order.Total))
            .Concat(Orders.Where(order => order.Refunded is not null)
                .Select(order => (order.Refunded!.Value, -order.Total)))
            .OrderBy(one => one.Item1))
        {
            total += amount;
            if (total >= Favour) since ??= at;
            else if (since is { } began)
            {
                yield return (began, at);
                since = null;
            }
        }
        if (since is { } lasting) yield return (lasting, null);
    }

    /// <summary>From the third order on the interval is their own: nine tenths of it after each was shipped, at ten.
    /// One more order of something else would end the walk, and so does giving it back.</summary>
    private IEnumerable<DateTimeOffset> RunningLow()
    {
        if (BuysItAfterAll) yield break;
        foreach (var order in Orders.Skip(2))
        {
            var low = order.Fulfilled!.Value.AddDays(0.9 * Interval);
            var due = low.Date.AddDays(low.TimeOfDay > TimeSpan.FromHours(10) ? 1 : 0).AddHours(10).At();
            if (order.Refunded < due) continue;
            if (due < order.Placed.AddDays(Interval) || order == Orders[^1]) yield return due;
        }
    }
}

internal static class Moments
{
    /// <summary>A time on the shop's clocks.</summary>
    public static DateTimeOffset At(this DateTime local) => new(local, TimeSpan.FromHours(9));
}
