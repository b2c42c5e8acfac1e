using System.Globalization;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>A date of a customer's, as a journey starts by it.</summary>
/// <param name="Day">The date itself, or its anniversary, whatever the offset: names the occurrence.</param>
/// <param name="At">When the journey is to begin.</param>
public sealed record Occurrence(DateOnly Day, DateTimeOffset At)
{
    /// <summary>The id of the event that begins the walk: the same occurrence found again is the same.</summary>
    public string EventId(string journey) =>
        string.Create(CultureInfo.InvariantCulture, $"date:{journey}:{Day:yyyy-MM-dd}");
}

/// <summary>When a journey that a date starts begins for a customer, on the clock of the customer's zone, or the
/// shop's. Pure.</summary>
public static class Occurrences
{
    /// <summary>The first one after a moment and not after another; null: there is none.</summary>
    public static Occurrence? Between(
        WaitUntil when, Situation situation, DateTimeOffset after, DateTimeOffset until, TimeZoneInfo zone)
    {
        foreach (var occurrence in All(when, situation, after, until, zone))
            if (occurrence.At > after && occurrence.At <= until) return occurrence;
        return null;
    }

    /// <summary>Why a walk that had not begun is over.</summary>
    public const string Moved = "its date is another by now";

    /// <summary>May a walk begin now that was put down in the night? Since then the date may have been changed or taken
    /// away.</summary>
    public static bool IsStillDue(Enrollment walk, Journey journey, Situation situation, TimeZoneInfo zone) =>
        journey.Trigger is not Trigger.Dated dated
        || IsStill(dated.When, situation, walk.Trigger.Id, journey.Id, zone)
        && Conditions.Holds(dated.Where, situation);

    /// <summary>Is there still an occurrence of that name, the customer being as they are now?</summary>
    public static bool IsStill(
        WaitUntil when, Situation situation, string eventId, string journey, TimeZoneInfo zone) =>
        All(when, situation, situation.Now.AddYears(-1), situation.Now, zone)
            .Any(occurrence => occurrence.EventId(journey) == eventId);

    private static IEnumerable<Occurrence> All(
        WaitUntil when, Situation situation, DateTimeOffset after, DateTimeOffset until, TimeZoneInfo zone)
    {
        if (Fields.Value(when.Field!, situation) is not DateTimeOffset moment) yield break;
        var local = Waits.Local(moment, when, situation, zone);
        if (!when.Yearly)
        {
            yield return new(DateOnly.FromDateTime(local), Waits.Shifted(local, when, zone));
            yield break;
        }
        for (var year = Math.Max(after.Year - 2, local.Year); year <= until.Year + 2; year++)
        {
            var day = Dates.InYear(DateOnly.FromDateTime(local), year);
            yield return new(day, Waits.Shifted(day.ToDateTime(TimeOnly.FromDateTime(local)), when, zone));
        }
    }
}
