using System.Globalization;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Sending;

/// <summary>How many of the month's LINE messages are used, as asked lately: before a push, at most once an hour, so
/// that who sends nothing asks nothing. From four fifths on it stands in attention.</summary>
/// <param name="wall">The time outside: it is LINE's month.</param>
/// <param name="transport">Null: the shop is not on LINE.</param>
public sealed class LineQuotas(
    Tables tables, [FromKeyedServices(Clocks.Wall)] TimeProvider wall, ILineTransport? transport = null)
{
    private const string Kind = "quota", Which = "line";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private long asked;

    /// <summary>As last asked; null: not yet, or it was not answered.</summary>
    public LineQuota? Latest { get; private set; }

    /// <summary>Asks where that was not done lately.</summary>
    public ValueTask Look(CancellationToken cancellation)
    {
        var before = Volatile.Read(ref asked);
        if (before != 0 && wall.GetElapsedTime(before) < Fresh
            || Interlocked.CompareExchange(ref asked, Math.Max(1, wall.GetTimestamp()), before) != before)
            return default;
        return new(Ask(cancellation));
    }

    /// <summary>Asks now; null: the shop is not on LINE, or LINE does not say.</summary>
    public async Task<LineQuota?> Ask(CancellationToken cancellation)
    {
        if (transport is null || await transport.Quota(cancellation) is not { } quota) return null;
        var wasLow = Latest?.IsLow;
        Latest = quota;
        if (quota.IsLow)
            await tables.Attend(Kind, Which, InWords(quota), wall.GetUtcNow(), CancellationToken.None);
        else if (wasLow != false) await tables.Attention.Delete(Kind, Which, ETag.All, CancellationToken.None);
        return quota;
    }

    private static string InWords(LineQuota quota) => string.Create(
        CultureInfo.InvariantCulture, $"LINE: {quota.Used} of {quota.Limit} messages of this month are used");
}
