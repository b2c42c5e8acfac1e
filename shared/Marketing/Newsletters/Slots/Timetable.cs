using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>What a newsletter's slots follow from, and from when on that was published.</summary>
public sealed record Timetable
{
    /// <summary>Of a newsletter that was published before timetables were kept.</summary>
    public static readonly DateTimeOffset Ever = DateTimeOffset.MinValue;

    public required DateTimeOffset Since { get; init; }

    /// <summary>None: the newsletter was removed.</summary>
    public required IReadOnlyList<DayOfWeek> On { get; init; }
    public required TimeOnly At { get; init; }
    public required string Zone { get; init; }
    public HolidayRule Rule { get; init; }

    /// <summary>Null where the rule does not ask for them.</summary>
    public Holidays? Holidays { get; init; }

    public static Timetable Of(Newsletter newsletter, ShopSettings shop, DateTimeOffset since) => new()
    {
        Since = since,
        On = newsletter.On,
        At = newsletter.At,
        Zone = SlotRules.Zone(newsletter, shop).Id,
        Rule = newsletter.Holidays,
        Holidays = newsletter.Holidays == HolidayRule.Send ? null : shop.Holidays,
    };

    /// <summary>What a newsletter that was removed has.</summary>
    public static Timetable None(DateTimeOffset since) =>
        new() { Since = since, On = [], At = default, Zone = TimeZoneInfo.Utc.Id };

    public bool IsNone => On.Count == 0;

    /// <summary>The slot of a date by this timetable; null: it has none.</summary>
    public Slot? Slot(IssueId id) =>
        SlotRules.On(
            new Newsletter { Id = id.Newsletter, Name = "", On = On, At = At, Holidays = Rule },
            Holidays ?? Holidays.Default,
            Zones.Of(Zone, TimeZoneInfo.Utc.Id),
            id.Date);

    /// <summary>Do the same slots follow from it?</summary>
    public bool IsLike(Timetable other) =>
        JsonSerializer.Serialize(this with { Since = default }, TimetableJson.Timetable) == JsonSerializer.Serialize(
            other with { Since = default }, TimetableJson.Timetable);
}

/// <summary>How a newsletter's slots came to be. A slot exists from when it was published: what an edit moves into the
/// past has passed, and what would go soon after an edit, or as one more in its week, is asked about. Pure.</summary>
public sealed record Timetables
{
    /// <summary>Nothing is known: every slot exists.</summary>
    public static readonly Timetables Unknown = new();

    /// <summary>What would go within so long after a change of its series is asked about.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    /// <summary>Fewer days than this after an issue are as good as the same week.</summary>
    private const int FewDays = 4;

    /// <summary>How many are kept, and how long one is that is not in force: as long as a slot can be late.</summary>
    private const int Most = 40, KeptDays = SlotRules.LongestLate + 7;

    /// <summary>The oldest first; the last is in force.</summary>
    public IReadOnlyList<Timetable> All { get; init; } = [];

    /// <summary>What else says what goes to whom: audience, fallback, what is late; as written.</summary>
    public string Rules { get; init; } = "";

    /// <summary>When those changed last; null: never.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The one in force at a moment; null: the newsletter was not published yet.</summary>
    public Timetable? At(DateTimeOffset moment) => All.LastOrDefault(table => table.Since <= moment);

    /// <summary>Since when the slots are as they are.</summary>
    public DateTimeOffset? Latest => All.Count > 0 ? All[^1].Since : null;

    /// <summary>Was the slot published when its time came?</summary>
    public bool Had(Slot slot) => All.Count == 0 || Has(At(slot.At), slot);

    /// <summary>Why a slot must not go now without somebody's word, in words; null: it may.</summary>
    /// <param name="used">The newsletter's slots whose issue has begun, as they were when it was due.</param>
    public string? Asks(Slot slot, IEnumerable<Slot> used, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (All.Count == 0) return null;
        if (ChangedAt is { } changed && now - changed < Soon)
            return $"its newsletter was changed at {Clock(changed, zone)}, less than an hour before it goes";
        if (At(now - Soon) is { } before && !Has(before, slot))
            return $"its slot was made at {Clock(Latest!.Value, zone)}, less than an hour before it goes";
        var extra = used.LastOrDefault(one => IsNear(one.Id.Date, slot.Id.Date) && IsAdded(slot, one));
        return extra is null
            ? null
            : $"its slot was made after the issue of {extra.Id.RowKey} went out, and it would be one more that week";
    }

    /// <summary>With what is published now; the same where nothing changed.</summary>
    public Timetables With(Timetable now, string rules)
    {
        var (isLike, isSame) = (All.Count > 0 && All[^1].IsLike(now), Rules == rules);
        if (isLike && isSame) return this;
        var changed = All.Count == 0 || isSame || now.IsNone ? ChangedAt : now.Since;
        var all = isLike ? All : [.. All, now];
        return new() { All = [.. Kept(all, now.Since)], Rules = now.IsNone ? Rules : rules, ChangedAt = changed };
    }

    /// <summary>With no moment ahead of now: those were kept by a clock that was wrong.</summary>
    public Timetables CutTo(DateTimeOffset now) => IsAhead(now)
        ? this with
        {
            All = [.. All.Select(table => table.Since > now ? table with { Since = now } : table)],
            ChangedAt = ChangedAt > now ? now : ChangedAt
        }
        : this;

    public bool IsAhead(DateTimeOffset now) => (Latest is { } latest && ClockJumps.IsAhead(latest, now))
        || (ChangedAt is { } changed && ClockJumps.IsAhead(changed, now));

    private static IEnumerable<Timetable> Kept(IReadOnlyList<Timetable> all, DateTimeOffset now) =>
        all.Where((_, n) => n >= all.Count - Most && (n == all.Count - 1 || all[n + 1].Since > now.AddDays(-KeptDays)));

    /// <summary>Had its day no slot when an earlier one was due?</summary>
    private bool IsAdded(Slot slot, Slot earlier) => At(earlier.At) is { } then && then.Slot(slot.Id) is null;

    private static bool Has(Timetable? table, Slot slot) =>
        table?.Slot(slot.Id) is { Skipped: false } then && then.At == slot.At;

    private static bool IsNear(DateOnly earlier, DateOnly date) =>
        earlier < date && (date.DayNumber - earlier.DayNumber < FewDays || Monday(earlier) == Monday(date));

    private static int Monday(DateOnly date) => date.DayNumber - ((int)date.DayOfWeek + 6) % 7;

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo
            .ConvertTime(at, zone)
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>JSON of timetables, kept with the newsletter's row.</summary>
public static class TimetableJson
{
    public static JsonTypeInfo<Timetable> Timetable { get; } = RowJson.Named.Of<Timetable>();
    public static JsonTypeInfo<Timetables> Timetables { get; } = RowJson.Named.Of<Timetables>();
}
