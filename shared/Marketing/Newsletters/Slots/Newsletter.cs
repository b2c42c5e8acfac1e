using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>A newsletter: an appointment with its readers, the same weekday every week
/// (shop/newsletters/{id}.json).</summary>
public sealed record Newsletter
{
    /// <summary>The file's name without its ending: what others call it by, also as a topic readers can
    /// leave.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name people read.</summary>
    public required string Name { get; init; }

    /// <summary>Its weekdays; each has a slot every week.</summary>
    public required IReadOnlyList<DayOfWeek> On { get; init; }
    public required TimeOnly At { get; init; }

    /// <summary>IANA; null: the shop's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Who it is for, of those who consented; null: all of them.</summary>
    public Condition? Audience { get; init; }

    /// <summary>What happens to a slot that nobody could act on in time.</summary>
    public LatePolicy Late { get; init; } = new(null, LateOtherwise.Skip);

    /// <summary>What becomes of a slot on a holiday.</summary>
    public HolidayRule Holidays { get; init; } = HolidayRule.Send;

    /// <summary>Go out in a slot that has no issue of its own, the first of them that did not go out lately: files of
    /// the newsletter's folder, without their ending; none: nothing does.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>How long after it went out nobody gets a fallback again.</summary>
    public Period FallbackAgainAfter { get; init; } = new(90, PeriodUnit.Day);

    /// <summary>How many days ahead an empty slot is warned of.</summary>
    public IReadOnlyList<int> WarnDays { get; init; } = [7, 3, 1];

    /// <summary>When its slots were published; not of the file.</summary>
    public Timetables Published { get; init; } = Timetables.Unknown;
}

/// <summary>A late slot is still sent within a period after its time (null: never late), otherwise at the next slot or
/// not at all.</summary>
public sealed record LatePolicy(Period? SendWithin, LateOtherwise Otherwise);

/// <summary>What happens to an issue that is too late for its slot: it takes the next slot, or is skipped and said
/// so.</summary>
public enum LateOtherwise { Skip, NextSlot }

/// <summary>A slot on a holiday: goes out all the same, the day before, the day after, or not.</summary>
public enum HolidayRule { Send, DayBefore, DayAfter, Skip }
