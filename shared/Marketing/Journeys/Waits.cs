using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>When a wait is over.</summary>
public static class Waits
{
    /// <summary>Why a walk ends whose wait goes by a field of which nothing is known.</summary>
    public static string Unknown(string field) => $"{field} is not known";

    /// <summary>Does the journey end walks for this reason itself, in a wait?</summary>
    public static bool Ends(Step.Wait wait, string because) => FieldOf(wait) is { } field && because == Unknown(field);

    /// <summary>The field of the catalogue that it goes by; null: it goes by none.</summary>
    public static string? FieldOf(Step.Wait wait) => wait.Length?.Field ?? wait.Until?.Field;

    /// <summary>Does a walk leave here where that field is not known?</summary>
    public static bool LeavesWithout(Step.Wait wait) =>
        wait.Until is { Field: not null, Missing: not IfMissing.Continue }
        || wait.Length is { Missing: not IfMissing.Continue };

    /// <summary>Null: the date is not known. A wait until a time of day is never over at the
    /// moment it begins; a date that is past is; a yearly one means the first anniversary after the wait
    /// began.</summary>
    public static DateTimeOffset? Until(Step.Wait wait, DateTimeOffset since, Situation situation, TimeZoneInfo zone)
    {
        if (wait.For is { } period) return period.After(since, zone);
        if (wait.Length is { } length) return Until(length, since, situation, zone);
        if (wait.Until is not { } until) return null;
        if (until.Field is null) return Dates.Next(until.Days, until.At ?? TimeOnly.MinValue, since, zone);
        if (Fields.Value(until.Field, situation) is not DateTimeOffset moment) return null;
        if (!until.Yearly) return Shifted(Local(moment, until, situation, zone), until, zone);
        var date = Local(moment, until, situation, zone);
        for (var year = TimeZoneInfo.ConvertTime(since, zone).Year - 1; ; year++)
        {
            var anniversary = Dates.InYear(DateOnly.FromDateTime(date), year).ToDateTime(TimeOnly.FromDateTime(date));
            if (Shifted(anniversary, until, zone) is var next && next > since) return next;
        }
    }

    /// <summary>In whole days, so that the time of day stays. Longer than any journey is as long as the
    /// longest.</summary>
    private static DateTimeOffset? Until(
        WaitLength length, DateTimeOffset since, Situation situation, TimeZoneInfo zone)
    {
        if (Fields.Value(length.Field, situation) is not decimal value) return null;
        var days = Math.Clamp((double)value * (double)length.Factor, 0, 365.25 * Period.LongestYears);
        var whole = (int)Math.Round(days, MidpointRounding.AwayFromZero);
        var over = whole == 0 ? since : new Period(whole, PeriodUnit.Day).After(since, zone);
        return length.Offset is not { } offset ? over
            : length.Before ? offset.Before(over, zone) : offset.After(over, zone);
    }

    /// <summary>The field's moment on a clock of the customer's zone. A date (an attribute) is the same date
    /// everywhere: midnight of the shop's zone there is midnight of the customer's zone here.</summary>
    internal static DateTime Local(DateTimeOffset moment, WaitUntil until, Situation situation, TimeZoneInfo zone)
    {
        var isDate = until.Field!.StartsWith(Fields.AttributePrefix, StringComparison.Ordinal);
        var local = TimeZoneInfo.ConvertTime(moment, isDate ? Zones.Of(null, situation.Shop.TimeZone) : zone).DateTime;
        return until.At is { } at ? local.Date + at.ToTimeSpan() : local;
    }

    internal static DateTimeOffset Shifted(DateTime local, WaitUntil until, TimeZoneInfo zone)
    {
        var moment = Zones.Instant(local, zone);
        return until.Offset is not { } offset ? moment
            : until.Before ? offset.Before(moment, zone) : offset.After(moment, zone);
    }
}
