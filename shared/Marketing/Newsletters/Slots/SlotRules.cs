using System.Globalization;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>An appointment of a newsletter: the day its issue is named after, and the moment it is due.</summary>
public sealed record Slot(IssueId Id, DateTimeOffset At)
{
    /// <summary>The holiday kept on its day; null: none.</summary>
    public string? Holiday { get; init; }

    /// <summary>The newsletter's rule for holidays takes it away, or it has passed; <see cref="At"/> is when it would
    /// have been.</summary>
    public bool Skipped { get; init; }

    /// <summary>When it was made, after its time: it is nobody's debt; null: it was made in time.</summary>
    public DateTimeOffset? Passed { get; init; }

    /// <summary>Why it does not go out; null: it does.</summary>
    public string? Because => Passed is { } made ? string.Create(CultureInfo.InvariantCulture,
        $"passed: its slot was made after its time, at {made.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : Skipped && Holiday is { } holiday ? $"holiday: {holiday}" : null;
}

/// <summary>What a slot has to send.</summary>
public enum Ready
{
    Nothing,

    /// <summary>Only what goes out for want of anything else.</summary>
    Fallback,
    Issue,
}

/// <summary>What is to be done about a slot now.</summary>
public abstract record SlotDecision
{
    /// <summary>Not due; or empty, and there is still time.</summary>
    public sealed record Wait : SlotDecision;

    /// <summary><paramref name="Because"/>: it is late, and how much.</summary>
    public sealed record Send(string? Because) : SlotDecision;

    /// <summary>The issue takes the next slot.</summary>
    public sealed record MoveTo(DateOnly Next, string Because) : SlotDecision;
    public sealed record Skip(string Because) : SlotDecision;

    private SlotDecision() { }
}

/// <summary>When a newsletter is due, and what becomes of a slot. Pure: no clock, no tables.</summary>
public static class SlotRules
{
    /// <summary>What is acted on this soon is on time: a restart is not lateness.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(15);

    /// <summary>How many days after its time a slot may still be sent at most: the next one ends it.</summary>
    public const int LongestLate = 60;

    /// <summary>How far ahead the next slot is looked for: closings may take some away, not a year of them.</summary>
    private const int FarthestDays = 400;

    public static TimeZoneInfo Zone(Newsletter newsletter, ShopSettings shop) =>
        Zones.Of(newsletter.TimeZone, shop.TimeZone);

    /// <summary>The slot of a date; null: it is another weekday (or a day that the zone left out of its
    /// calendar).</summary>
    public static Slot? On(Newsletter newsletter, ShopSettings shop, DateOnly date)
    {
        if (On(newsletter, shop.Holidays, Zone(newsletter, shop), date) is not { } slot) return null;
        return slot.Skipped || newsletter.Published.Had(slot)
            ? slot
            : slot with { Skipped = true, Passed = newsletter.Published.Latest };
    }

    /// <summary>The same, whenever it was published.</summary>
    internal static Slot? On(Newsletter newsletter, Holidays holidays, TimeZoneInfo zone, DateOnly date)
    {
        if (!newsletter.On.Contains(date.DayOfWeek) || !Exists(newsletter, date, zone)) return null;
        var slot = new Slot(new(newsletter.Id, date), At(newsletter, date, zone)) { Holiday = holidays.Name(date) };
        if (slot.Holiday is null || newsletter.Holidays == HolidayRule.Send) return slot;
        return Shifted(newsletter, holidays, date, zone) is { } day
            ? slot with { At = At(newsletter, day, zone) }
            : slot with { Skipped = true };
    }

    /// <summary>Slots due after a moment, up to and including another, in order.</summary>
    public static IEnumerable<Slot> Between(
        Newsletter newsletter, ShopSettings shop, DateTimeOffset after, DateTimeOffset upTo)
    {
        var last = DateOnly.FromDateTime(upTo.UtcDateTime).AddDays(8);
        for (var day = DateOnly.FromDateTime(after.UtcDateTime).AddDays(-8); day <= last; day = day.AddDays(1))
            if (On(newsletter, shop, day) is { } slot && slot.At > after && slot.At <= upTo) yield return slot;
    }

    /// <summary>The first slot after a date that is not skipped; null: none within a year.</summary>
    public static Slot? Next(Newsletter newsletter, ShopSettings shop, DateOnly date)
    {
        for (var n = 1; n <= FarthestDays; n++)
            if (On(newsletter, shop, date.AddDays(n)) is { Skipped: false } slot) return slot;
        return null;
    }

    /// <summary>The slot nearest to a date, the later of two that are equally near.</summary>
    public static Slot? Nearest(Newsletter newsletter, ShopSettings shop, DateOnly date)
    {
        for (var n = 0; n <= FarthestDays; n++)
            if ((On(newsletter, shop, date.AddDays(n)) is { Skipped: false } later
                ? later : On(newsletter, shop, date.AddDays(-n))) is { Skipped: false } slot) return slot;
        return null;
    }

    /// <summary>What is to be done about a slot now. <paramref name="next"/>: the slot after it, by which it is over in
    /// any case.</summary>
    public static SlotDecision Decide(
        Slot slot, Slot? next, LatePolicy late, Ready ready, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (now < slot.At) return new SlotDecision.Wait();
        if (slot.Skipped) return new SlotDecision.Skip(slot.Because ?? "");
        if (now < Until(slot, next, late, zone)) return ready == Ready.Nothing ? new SlotDecision.Wait()
            : new SlotDecision.Send(now - slot.At < OnTime ? null : $"late by {Length(now - slot.At)}");
        return ready switch
        {
            Ready.Nothing => new SlotDecision.Skip("empty: nothing was written for it"),
            Ready.Issue when late.Otherwise == LateOtherwise.NextSlot && next is not null => new SlotDecision.MoveTo(
                next.Id.Date, $"too late by {Length(now - slot.At)}: takes the next slot, {next.Id.RowKey}"),
            _ => new SlotDecision.Skip($"too late by {Length(now - slot.At)}"),
        };
    }

    /// <summary>Until when (exclusive) a slot may still be sent.</summary>
    public static DateTimeOffset Until(Slot slot, Slot? next, LatePolicy late, TimeZoneInfo zone)
    {
        var until = slot.At + OnTime;
        if (late.SendWithin?.After(slot.At, zone) is { } within && within > until) until = within;
        return next is not null && next.At < until ? next.At : until;
    }

    /// <summary>Where a holiday's slot goes, day by day; null where it is skipped. It stops at the newsletter's next
    /// weekday: two issues never meet on one day.</summary>
    private static DateOnly? Shifted(Newsletter newsletter, Holidays holidays, DateOnly date, TimeZoneInfo zone)
    {
        if (newsletter.Holidays is not (HolidayRule.DayBefore or HolidayRule.DayAfter)) return null;
        var step = newsletter.Holidays == HolidayRule.DayBefore ? -1 : 1;
        for (var day = date.AddDays(step); !newsletter.On.Contains(day.DayOfWeek); day = day.AddDays(step))
            if (holidays.Name(day) is null && Exists(newsletter, day, zone)) return day;
        return null;
    }

    private static DateTimeOffset At(Newsletter newsletter, DateOnly day, TimeZoneInfo zone) =>
        Zones.Instant(day.ToDateTime(newsletter.At), zone);

    /// <summary>Samoa had no 30 December 2011: the next day's time of day is the same moment.</summary>
    private static bool Exists(Newsletter newsletter, DateOnly day, TimeZoneInfo zone) =>
        At(newsletter, day, zone) < At(newsletter, day.AddDays(1), zone);

    private static string Length(TimeSpan length) => length switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalMinutes} minutes"),
    };
}
