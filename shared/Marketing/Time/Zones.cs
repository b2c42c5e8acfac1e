using System.Collections.Concurrent;
using System.Globalization;

namespace Automation.Marketing.Time;

/// <summary>Time zones by IANA id, and local times as instants.</summary>
public static class Zones
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new(StringComparer.Ordinal);

    /// <summary>Null where there is no such zone; never throws.</summary>
    public static TimeZoneInfo? Find(string? id)
    {
        if (string.IsNullOrEmpty(id)) return null;
        if (Known.TryGetValue(id, out var known)) return known;
        if (id.Length > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')) return null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? Known.GetOrAdd(id, zone) : null;
    }

    /// <summary>The customer's zone, else the shop's, else UTC. An id that names no zone stops nobody:
    /// <paramref name="problem"/> says so, and the next one is taken.</summary>
    public static TimeZoneInfo Of(string? customer, string shop, out string? problem)
    {
        problem = null;
        if (Find(customer) is { } own) return own;
        if (!string.IsNullOrEmpty(customer))
            problem = $"\"{customer}\" is not a time zone: the shop's ({shop}) is used";
        if (Find(shop) is { } theShops) return theShops;
        problem = $"\"{shop}\" is not a time zone: UTC is used";
        return TimeZoneInfo.Utc;
    }

    public static TimeZoneInfo Of(string? customer, string shop) => Of(customer, shop, out _);

    /// <summary>The instant a zone's clocks show <paramref name="local"/>. Where a clock change skips it, as long after
    /// the change as it would have been (02:30 becomes 03:30); where it comes twice, the first.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var all = Instants(local, zone);
        return all.Count > 0 ? all[0] : At(Utc(local, Offsets(local, zone).Before), zone);
    }

    /// <summary>What a zone's clocks and calendars show: <c>2026-11-25 09:00</c>. For sentences that people read on
    /// the shop's clocks.</summary>
    public static string InWords(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The date a zone's calendars show.</summary>
    public static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>Every instant a zone's clocks show <paramref name="local"/>, in order: none in a gap, two in an
    /// overlap.</summary>
    public static IReadOnlyList<DateTimeOffset> Instants(DateTime local, TimeZoneInfo zone)
    {
        var (before, after) = Offsets(local, zone);
        var (first, second) = (Utc(local, before), Utc(local, after));
        return (zone.GetUtcOffset(first) == before, before != after && zone.GetUtcOffset(second) == after) switch
        {
            (true, true) => [At(first, zone), At(second, zone)],
            (true, false) => [At(first, zone)],
            (false, true) => [At(second, zone)],
            _ => [],
        };
    }

    /// <summary>Offsets a day before and after: a change lies between them or nowhere near. (TimeZoneInfo's own
    /// IsInvalidTime misses changes of a zone's base offset.)</summary>
    private static (TimeSpan Before, TimeSpan After) Offsets(DateTime local, TimeZoneInfo zone)
    {
        var asUtc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        return (zone.GetUtcOffset(asUtc.AddDays(-1)), zone.GetUtcOffset(asUtc.AddDays(1)));
    }

    private static DateTime Utc(DateTime local, TimeSpan offset) =>
        DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    private static DateTimeOffset At(DateTime utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone);
}
