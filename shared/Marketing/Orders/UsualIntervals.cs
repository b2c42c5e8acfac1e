namespace Automation.Marketing.Orders;

/// <summary>After how many days people usually come again.</summary>
/// <param name="Shop">The shop's median between two orders of one customer; null: not enough orders yet.</param>
/// <param name="Products">By product (<c>{source}:{product id}</c>): the shop's median between two purchases of it by
/// one customer; only where there are enough.</param>
public sealed record Intervals(double? Shop, IReadOnlyDictionary<string, double> Products)
{
    public static readonly Intervals Unknown = new(null, new Dictionary<string, double>());
}

/// <summary>The shop's usual intervals as the last night counted them. They are made anew once a day, so they are not
/// asked for at every step.</summary>
public sealed class UsualIntervals(Products products, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private sealed record Known(Intervals Intervals, DateTimeOffset ReadAt);

    private volatile Known? known;

    public async ValueTask<Intervals> Now()
    {
        var now = time.GetUtcNow();
        if (known is not { } has || now - has.ReadAt > Fresh) known = has = new(await products.Intervals(), now);
        return has.Intervals;
    }
}
