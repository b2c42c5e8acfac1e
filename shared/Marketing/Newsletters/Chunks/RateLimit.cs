using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Keeps issues to the shop's pace. What a warming domain may send in a day is taken from the day's row before
/// it is claimed; the same work asked for again takes nothing more. The pace per second is this process's
/// own.</summary>
/// <param name="wall">The provider's time, which is not faster in time-lapse; default: the shop's.</param>
public sealed class RateLimit(
    Tables tables, CurrentShop shop, TimeProvider time, [FromKeyedServices(Clocks.Wall)] TimeProvider? wall = null)
{
    private const string Warming = "~warmup";
    private readonly Lock gate = new();
    private DateTimeOffset free;

    /// <summary>No more customers in one chunk than go out in so many seconds.</summary>
    private const int LongestChunk = 10;

    /// <summary>More than all that are under way at a time take together.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(10);

    public int Size(int size) =>
        shop.Settings.Sending.PerSecond is { } perSecond ? Math.Min(size, perSecond * LongestChunk) : size;

    /// <summary>How many of so many may go today; where it is fewer, until when the others wait.</summary>
    /// <param name="work">What they are for, another name once it was claimed.</param>
    public async ValueTask<(int Granted, DateTimeOffset Until)> Take(
        string domain, string work, int wanted, CancellationToken cancellation)
    {
        var sending = shop.Settings.Sending;
        if (sending.WarmUp.Count == 0 || wanted == 0) return (wanted, default);
        while (true)
        {
            var (row, today) = await Read(domain, cancellation);
            if (sending.MostOn(today.Day.DayNumber - today.First.DayNumber) is not { } most) return (wanted, default);
            var (after, granted) = today.Take(work, wanted, most);
            if (ReferenceEquals(after, today) || await Write(domain, row, after, cancellation))
                return (granted, Ends(today));
        }
    }

    /// <summary>So many of those granted certainly did not go: others may, the same day.</summary>
    /// <param name="until">What <see cref="Take"/> said with the grant.</param>
    public async ValueTask GiveBack(string domain, int count, DateTimeOffset until)
    {
        if (until == default || count == 0) return;
        while (true)
        {
            var (row, today) = await Read(domain, CancellationToken.None);
            if (Ends(today) != until || await Write(domain, row, today.GiveBack(count), CancellationToken.None)) return;
        }
    }

    private TimeZoneInfo Zone => Zones.Of(null, shop.Settings.TimeZone);

    private DateTimeOffset Ends(WarmDay today) =>
        Zones.Instant(today.Day.AddDays(1).ToDateTime(TimeOnly.MinValue), Zone);

    private async ValueTask<(Row? Row, WarmDay Today)> Read(string domain, CancellationToken cancellation)
    {
        var today = Zones.Day(time.GetUtcNow(), Zone);
        var row = await tables.Issues.Find(Warming, Keys.Safe(domain), cancellation);
        var first = DateOnly.FromDayNumber(Math.Min(row?.GetInt32("First") ?? today.DayNumber, today.DayNumber));
        if (row?.GetInt32("Day") != today.DayNumber) return (row, new(first, today, 0, []));
        return (row, new(first, today, row.GetInt32("Taken") ?? 0, [.. (row.GetString("Grants") ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WarmGrant.Parse)]));
    }

    /// <summary>False: somebody else wrote in between.</summary>
    private async Task<bool> Write(string domain, Row? row, WarmDay day, CancellationToken cancellation)
    {
        var next = new Row(Warming, Keys.Safe(domain))
        {
            { "First", day.First.DayNumber },
            { "Day", day.Day.DayNumber },
            { "Taken", day.Taken },
            { "Grants", string.Join('\n', day.Grants) }
        };
        return (row is null ? await tables.Issues.Add(next, cancellation)
            : await tables.Issues.Update(next, row.ETag, UpdateMode.Replace, cancellation)).Done;
    }

    /// <summary>Completes when so many may go.</summary>
    public Task Wait(int count, CancellationToken cancellation)
    {
        if (shop.Settings.Sending.PerSecond is not { } perSecond) return Task.CompletedTask;
        TimeSpan wait;
        lock (gate)
        {
            var now = (wall ?? time).GetUtcNow();
            // What lies further ahead than any turn was reckoned by a clock that was wrong.
            if (free < now || free - now > LongestTurn) free = now;
            wait = free - now;
            free += TimeSpan.FromSeconds((double)count / perSecond);
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, wall ?? time, cancellation) : Task.CompletedTask;
    }
}
