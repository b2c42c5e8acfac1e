using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>At most so many marketing messages to one customer within any stretch of time that long. A stretch of days
/// or more is counted in days of the shop's calendar, seven days being a day and the six before it; one of hours or
/// minutes is elapsed time.</summary>
public sealed record Cap(int Messages, Period Per)
{
    /// <summary>How long the stretch is in days; 0: it is shorter, and counted in elapsed time. A month counts 30 days,
    /// a year 365.</summary>
    private int Days { get; } = Per.Unit switch
    {
        PeriodUnit.Day => Per.Count,
        PeriodUnit.Week => 7 * Per.Count,
        PeriodUnit.Month => 30 * Per.Count,
        PeriodUnit.Year => 365 * Per.Count,
        _ => 0,
    };

    private TimeSpan Elapsed { get; } = Per.Unit == PeriodUnit.Minute
        ? TimeSpan.FromMinutes(Per.Count)
        : TimeSpan.FromHours(Per.Count);

    /// <summary>Two messages further apart than this are in no stretch together.</summary>
    public TimeSpan Reach => Days > 0 ? TimeSpan.FromDays(Days + 1) : Elapsed;

    public override string ToString() => $"{Messages} per {Per}";

    /// <summary>May one more message go out now? Pure. <paramref name="messages"/> are those sent and those promised (a
    /// coming newsletter): what is promised keeps its place. Later is the first moment at which all caps have
    /// room.</summary>
    /// <param name="zone">The shop's.</param>
    public static Verdict Judge(
        IReadOnlyList<Cap> caps, IReadOnlyList<PlanMoment> messages, PlanMoment now, TimeZoneInfo zone)
    {
        if (Full(caps, messages, now) is not { } full) return Verdict.Yes;
        // Room comes only when a message is old enough for a cap: nothing in between needs a look.
        var next = caps.SelectMany(cap => messages.Select(message => cap.Leaves(message, zone)))
            .Where(moment => moment > now.At)
            .Order()
            .First(moment => Full(caps, messages, PlanMoment.Of(moment, zone)) is null);
        return Verdict.Later(next, $"cap: {full}");
    }

    /// <summary>The cap that one more message, counted then, would break at once or when a promised one goes out; null:
    /// none. Pure.</summary>
    public static Cap? Full(IReadOnlyList<Cap> caps, IReadOnlyList<PlanMoment> messages, PlanMoment at)
    {
        foreach (var cap in caps)
        {
            if (cap.Count(messages, at) >= cap.Messages) return cap;
            foreach (var promised in messages)
                if (cap.IsPromised(promised, at) && cap.Count(messages, promised) >= cap.Messages) return cap;
        }
        return null;
    }

    /// <summary>How many are in the stretch that ends with this one.</summary>
    private int Count(IReadOnlyList<PlanMoment> messages, PlanMoment end)
    {
        var count = 0;
        foreach (var message in messages)
            if (Days > 0
                ? message.Day <= end.Day && end.Day.DayNumber - message.Day.DayNumber < Days
                : message.At <= end.At && end.At - message.At < Elapsed)
                count++;
        return count;
    }

    /// <summary>Does it come later than a message now, in one stretch with it?</summary>
    private bool IsPromised(PlanMoment one, PlanMoment now) => Days > 0
        ? one.Day > now.Day && one.Day.DayNumber - now.Day.DayNumber < Days
        : one.At > now.At && one.At - now.At < Elapsed;

    /// <summary>When it does not count any more.</summary>
    private DateTimeOffset Leaves(PlanMoment message, TimeZoneInfo zone) => Days > 0
        ? Zones.Instant(message.Day.AddDays(Days).ToDateTime(TimeOnly.MinValue), zone)
        : message.At + Elapsed;
}
