using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing;

/// <summary>Remembered moments that lie ahead of now, because the machine's clock was wrong when they were kept: they
/// are cut to now, and said, in the log and for a day in <c>Attention</c>. Believed, they would keep everything waiting
/// until that date.</summary>
public sealed partial class ClockJumps(Tables tables, TimeProvider time, ILogger<ClockJumps> log)
{
    /// <summary>The partition of <c>Attention</c>.</summary>
    public const string Partition = "clock";

    /// <summary>Clocks of machines differ by so much, and are put right by so much, without anybody having to
    /// know.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public static bool IsAhead(DateTimeOffset remembered, DateTimeOffset now) => remembered - now > Tolerance;

    /// <summary>The moment; now, and said, where it lies ahead.</summary>
    /// <param name="what">What is remembered, e.g. <c>timer NewsletterTick</c>.</param>
    public async Task<DateTimeOffset> Cut(string what, DateTimeOffset remembered, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (!IsAhead(remembered, now)) return remembered;
        await Say(what, remembered, cancellation);
        return now;
    }

    /// <summary>Says it where a person looks. Whoever could not say it goes on all the same.</summary>
    public async Task Say(string what, DateTimeOffset remembered, CancellationToken cancellation)
    {
        LogAhead(what, remembered);
        var reason = string.Create(CultureInfo.InvariantCulture,
            $"{what} was remembered at {remembered.UtcDateTime:yyyy-MM-dd HH:mm} UTC, which has not come: the clock "
            + $"was ahead. It goes on from now; see that this machine's clock is right");
        try
        {
            await tables.Attend(Partition, Keys.Safe(what), reason, time.GetUtcNow(), cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogUnsaid(what, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{What} was remembered at {Remembered:u}, which has not come: the clock was ahead; it goes on "
            + "from now")]
    private partial void LogAhead(string what, DateTimeOffset remembered);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "that {What} was cut to now could not be kept for those who look at /api/attention")]
    private partial void LogUnsaid(string what, Exception error);
}
