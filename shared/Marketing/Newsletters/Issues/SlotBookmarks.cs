using System.Collections.Concurrent;
using Automation.Marketing.Newsletters.Slots;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Up to where each newsletter's slots were acted on. A bookmark that lies ahead of now is cut, and what it
/// was is kept: should it be the clock that is wrong now, it counts again once the clock is right.</summary>
public sealed class SlotBookmarks(Tables tables, IssueStore issues, ClockJumps jumps)
{
    private const string Partition = "bookmarks";

    /// <param name="Ahead">What it was before it was cut; null: it was not, or something was acted on since.</param>
    private sealed record Mark(DateTimeOffset At, DateTimeOffset? Ahead = null);

    /// <summary>As this process knows them: one that is behind only looks at a slot whose row is there
    /// already.</summary>
    private readonly ConcurrentDictionary<string, Mark> known = new();

    /// <summary>The slot acted on last; of a newsletter that is seen for the first time, when it was published: what
    /// lies before is nobody's debt.</summary>
    public async Task<DateTimeOffset?> Find(Newsletter newsletter, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await Read(newsletter, now, cancellation) is not { } mark) return null;
        if (mark.Ahead is { } was && was <= now)
        {
            // The clock has been back and is right again, or has come as far as it once was ahead.
            return (known[newsletter.Id] = new(await Open(newsletter.Id, was, now, cancellation))).At;
        }
        if (!ClockJumps.IsAhead(mark.At, now)) return mark.At;
        var cut = new Mark(
            await Open(newsletter.Id, now, now, cancellation), mark.Ahead > mark.At ? mark.Ahead : mark.At);
        await Write(newsletter.Id, cut, cancellation);
        await jumps.Say($"the latest slot of {newsletter.Id}", mark.At, cancellation);
        return cut.At;
    }

    public Task Move(string newsletter, DateTimeOffset to, CancellationToken cancellation) =>
        Write(newsletter, new(to), cancellation);

    private async Task<Mark?> Read(Newsletter newsletter, DateTimeOffset now, CancellationToken cancellation)
    {
        if (known.TryGetValue(newsletter.Id, out var mark)) return mark;
        if (await tables.Published.Find(Partition, newsletter.Id, cancellation) is { } row)
            return known[newsletter.Id] = new(row.GetDateTimeOffset("At") ?? now, row.GetDateTimeOffset("Ahead"));
        var first = new Mark(newsletter.Published.All is [{ Since: var since }, ..]
            && since > Timetable.Ever
            && since < now ? since : now);
        return (await tables.Published.Add(Row(newsletter.Id, first), cancellation)).Done
            ? known[newsletter.Id] = first
            : null;
    }

    private async Task Write(string newsletter, Mark mark, CancellationToken cancellation)
    {
        await tables.Published.Upsert(Row(newsletter, mark), UpdateMode.Replace, cancellation);
        known[newsletter] = mark;
    }

    /// <summary>Slots that a clock ahead of now let go are open again: up to the first of them.</summary>
    private async Task<DateTimeOffset> Open(
        string newsletter, DateTimeOffset upTo, DateTimeOffset now, CancellationToken cancellation)
    {
        var from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-SlotRules.LongestLate);
        return await issues.LetGoAhead(newsletter, from, cancellation) is { } first && first <= upTo
            ? first.AddTicks(-1)
            : upTo;
    }

    private static Row Row(string newsletter, Mark mark)
    {
        var row = new Row(Partition, newsletter) { { "At", mark.At } };
        if (mark.Ahead is { } ahead) row["Ahead"] = ahead;
        return row;
    }
}
