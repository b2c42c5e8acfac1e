using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Automation.Marketing.Time;

/// <summary>A length of time as people write it: <c>"3 days"</c>, <c>"2 weeks"</c>, <c>"12 hours"</c>. Days and more
/// are calendar days in a zone; months and years clip to the month's end.</summary>
public readonly record struct Period(int Count, PeriodUnit Unit)
{
    /// <summary>Longer than any journey: a count above it is taken for a slip.</summary>
    public const int LongestYears = 10;

    private static readonly string[] Words = ["minute", "hour", "day", "week", "month", "year"];
    private static readonly int[] PerLongest = [LongestYears * 525_600, LongestYears * 8_760, LongestYears * 365,
        LongestYears * 52, LongestYears * 12, LongestYears];

    /// <exception cref="FormatException">The text is not a period; the message says what is wrong and what may have
    /// been meant.</exception>
    public static Period Parse(string text) => TryParse(text, out var period, out var problem)
        ? period
        : throw new FormatException(
            problem.Suggestion is { } better ? $"{problem.Message} (did you mean {better}?)" : problem.Message);

    public static bool TryParse(string? text, out Period period) => TryParse(text, out period, out _);

    /// <summary>On false, <paramref name="problem"/> says what is wrong and, where a slip is near enough, what was
    /// meant.</summary>
    public static bool TryParse(string? text, out Period period, [NotNullWhen(false)] out Misreading? problem)
    {
        period = default;
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var number, var word]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            problem = new(
                $"\"{text}\" is not a period; periods read \"3 days\", \"2 weeks\", \"12 hours\"", Apart(text));
            return false;
        }
        var unit = Array.FindIndex(Words, known => word == known || (word.Length == known.Length + 1 && word[^1] == 's'
            && word.StartsWith(known, StringComparison.Ordinal)));
        if (unit < 0)
        {
            problem = new($"\"{text}\" is not a period: unknown unit \"{word}\"", Meant(count, word));
            return false;
        }
        problem = count == 0 ? new($"\"{text}\" is not a time at all; a period counts from 1", null)
            : count > PerLongest[unit] ? new($"\"{text}\" is longer than {LongestYears} years", null)
            : null;
        period = new(count, (PeriodUnit)unit);
        return problem is null;
    }

    /// <summary>"10 dayz" is near enough to "10 days".</summary>
    private static string? Meant(int count, string word) =>
        Nearest.To(word, [.. Words, .. Words.Select(known => known + "s")]) is { } near
            && TryParse($"{count} {near}", out var period) ? period.ToString() : null;

    /// <summary>"3days" is near enough to say so.</summary>
    private static string? Apart(string? text)
    {
        var compact = (text ?? "").Trim();
        var digits = compact.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 6 || !compact.AsSpan(digits).ContainsAnyInRange('a', 'z') || compact.Contains(' '))
            return null;
        var apart = $"{compact[..digits]} {compact[digits..]}";
        return TryParse(apart, out var period) ? period.ToString() : null;
    }

    /// <summary>The moment this long after <paramref name="start"/>. Minutes and hours are elapsed time; days and more
    /// keep the local time of day. A local time that a clock change skips moves on by the change, one that comes twice
    /// is the first (<see cref="Zones.Instant"/>).</summary>
    public DateTimeOffset After(DateTimeOffset start, TimeZoneInfo zone) => Shift(start, zone, Count);

    /// <summary>The moment this long before <paramref name="end"/>; same rules as <see cref="After"/>.</summary>
    public DateTimeOffset Before(DateTimeOffset end, TimeZoneInfo zone) => Shift(end, zone, -Count);

    private DateTimeOffset Shift(DateTimeOffset from, TimeZoneInfo zone, int count)
    {
        if (Unit is PeriodUnit.Minute or PeriodUnit.Hour)
            return TimeZoneInfo.ConvertTime(
                from + (Unit == PeriodUnit.Hour ? TimeSpan.FromHours(count) : TimeSpan.FromMinutes(count)), zone);
        var local = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        return Zones.Instant(Unit switch
        {
            PeriodUnit.Day => local.AddDays(count),
            PeriodUnit.Week => local.AddDays(7 * count),
            PeriodUnit.Month => local.AddMonths(count),
            _ => local.AddYears(count),
        }, zone);
    }

    public override string ToString() => Amount.Of(Count, Words[(int)Unit]);
}

/// <summary>Units a period is counted in.</summary>
public enum PeriodUnit { Minute, Hour, Day, Week, Month, Year }

/// <summary>Why a text could not be read, and what may have been meant.</summary>
public sealed record Misreading(string Message, string? Suggestion);
