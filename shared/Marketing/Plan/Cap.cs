using Automation.Marketing.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Plan;

/// <summary>At most so many marketing messages to one customer within any stretch of time that long.</summary>
public sealed record Cap(int Messages, Period Per)
{
    /// <summary>Elapsed time, so that no clock change makes a stretch shorter: a day is 24 hours, a month 30 days, a year 365.</summary>
    public TimeSpan Span { get; } = Per.Unit switch
    {
        PeriodUnit.Minute => TimeSpan.FromMinutes(Per.Count),
        PeriodUnit.Hour => TimeSpan.FromHours(Per.Count),
        PeriodUnit.Day => TimeSpan.FromDays(Per.Count),
        PeriodUnit.Week => TimeSpan.FromDays(7 * Per.Count),
        PeriodUnit.Month => TimeSpan.FromDays(30 * Per.Count),
        _ => TimeSpan.FromDays(365 * Per.Count),
    };

    public override string ToString() => $"{Messages} per {Per}";

    /// <summary>
    /// May one more message go out now? Pure. <paramref name="messages"/> are those sent and those promised (a coming newsletter): what is
    /// promised keeps its place. Later is the first moment at which all caps have room.
    /// </summary>
    public static Verdict Judge(IReadOnlyList<Cap> caps, IReadOnlyList<DateTimeOffset> messages, DateTimeOffset now)
    {
        if (Full(caps, messages, now) is not { } full) return Verdict.Yes;
        // Room comes only when a message is old enough for a cap: nothing in between needs a look.
        var next = caps.SelectMany(cap => messages.Select(message => message + cap.Span)).Where(moment => moment > now).Order()
            .First(moment => Full(caps, messages, moment) is null);
        return Verdict.Later(next, $"cap: {full}");
    }

    /// <summary>The cap that a message at this moment would break, now or when a promised one goes out; null: none.</summary>
    private static Cap? Full(IReadOnlyList<Cap> caps, IReadOnlyList<DateTimeOffset> messages, DateTimeOffset at)
    {
        foreach (var cap in caps)
        {
            if (Count(at) >= cap.Messages) return cap;
            foreach (var promised in messages)
                if (promised > at && promised - at < cap.Span && Count(promised) >= cap.Messages) return cap;

            int Count(DateTimeOffset end) => messages.Count(message => message <= end && end - message < cap.Span);
        }
        return null;
    }
}
