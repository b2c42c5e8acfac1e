using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Newsletters;

/// <summary>
/// Keeps issues to the shop's pace. What a warming domain may send in a day is taken from the day's row before it is claimed: killed in
/// between a day sends too few, never too many. The pace per second is this process's own.
/// </summary>
public sealed class Pace(Tables tables, Func<ShopSettings> shop, TimeProvider time)
{
    private const string Warming = "~warmup";
    private readonly Lock gate = new();
    private DateTimeOffset free;

    /// <summary>No more customers in one chunk than go out in so many seconds.</summary>
    private const int LongestChunk = 10;

    public int Size(int size) => shop().Sending.PerSecond is { } perSecond ? Math.Min(size, perSecond * LongestChunk) : size;

    /// <summary>How many of so many may go today; where it is fewer, until when the others wait.</summary>
    public async ValueTask<(int Granted, DateTimeOffset Until)> Take(string domain, int wanted, CancellationToken cancellation)
    {
        var sending = shop().Sending;
        if (sending.WarmUp.Count == 0 || wanted == 0) return (wanted, default);
        var zone = Zones.Of(null, shop().TimeZone);
        while (true)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
            var row = await tables.Issues.GetEntityIfExistsAsync(Warming, Keys.Safe(domain), cancellation);
            var first = row is null ? today : DateOnly.FromDayNumber(row.GetInt32("First") ?? today.DayNumber);
            if (sending.MostOn(today.DayNumber - first.DayNumber) is not { } most) return (wanted, default);
            var taken = row?.GetInt32("Day") == today.DayNumber ? row.GetInt32("Taken") ?? 0 : 0;
            var granted = Math.Clamp(most - taken, 0, wanted);
            var tomorrow = Zones.Instant(today.AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
            var next = new TableEntity(Warming, Keys.Safe(domain)) { { "First", first.DayNumber }, { "Day", today.DayNumber }, { "Taken", taken + granted } };
            if (granted == 0) return (0, tomorrow);
            var answer = row is null ? await tables.Issues.AddEntityAsync(next, cancellation) : await tables.Issues.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellation);
            if (answer.Done) return (granted, tomorrow);
        }
    }

    /// <summary>Completes when so many may go.</summary>
    public Task Wait(int count, CancellationToken cancellation)
    {
        if (shop().Sending.PerSecond is not { } perSecond) return Task.CompletedTask;
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (free < now) free = now;
            wait = free - now;
            free += TimeSpan.FromSeconds((double)count / perSecond);
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellation) : Task.CompletedTask;
    }
}
