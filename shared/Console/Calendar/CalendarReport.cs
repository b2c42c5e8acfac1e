using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Console.Calendar;

/// <summary>Eight weeks from this Monday on: what goes out when, what is missing, which days are holidays.</summary>
/// <param name="Weeks">Monday to Sunday.</param>
/// <param name="Plan">What holds every day: caps, quiet hours.</param>
/// <param name="CountedAt">When it was counted who is due; null: never.</param>
public sealed record CalendarReport(
    IReadOnlyList<IReadOnlyList<CalendarDay>> Weeks, ShopSettings Plan, bool HasNewsletters, DateTimeOffset? CountedAt)
{
    /// <summary>Slots that wait for their issue and are due soon.</summary>
    public IReadOnlyList<CalendarEntry> Warnings { get; } =
        [.. Weeks.SelectMany(week => week).SelectMany(day => day.Slots).Where(slot => slot.WarningDays is not null)];

    /// <summary>Day by day. Pure.</summary>
    /// <param name="slots">Of today and later.</param>
    /// <param name="before">Issues of this week whose slot came before today.</param>
    /// <param name="due">How many wait until a day in journeys.</param>
    public static IReadOnlyList<IReadOnlyList<CalendarDay>> Of(
        IEnumerable<CalendarEntry> slots, IEnumerable<PastIssue> before, IReadOnlyDictionary<DateOnly, decimal> due,
        ShopSettings shop, DateTimeOffset now)
    {
        var zone = Zones.Of(shop.TimeZone, shop.TimeZone);
        var today = Zones.Day(now, zone);
        var monday = Monday(today);
        var byDay = slots.ToLookup(slot => Zones.Day(slot.At, zone));
        var gone = before.ToLookup(issue => Zones.Day(issue.At, zone));
        CalendarDay Day(DateOnly day) => new()
        {
            Day = day,
            IsToday = day == today,
            IsPast = day < today,
            Holiday = shop.Holidays.Name(day),
            Slots = [.. byDay[day]],
            Gone = [.. gone[day]],
            Due = day >= today ? due.GetValueOrDefault(day) : 0,
        };
        return [.. Enumerable.Range(0, 7 * NewsletterCalendar.Weeks).Select(n => Day(monday.AddDays(n))).Chunk(7)];
    }

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>An issue of this week whose slot has come.</summary>
/// <param name="Name">Its newsletter's.</param>
/// <param name="Address">Of its page.</param>
public sealed record PastIssue(string Name, string Address, DateTimeOffset At, IssueState State);

/// <summary>One day.</summary>
public sealed record CalendarDay
{
    public required DateOnly Day { get; init; }
    public bool IsToday { get; init; }
    public bool IsPast { get; init; }

    /// <summary>What is kept on that day; null: nothing.</summary>
    public string? Holiday { get; init; }
    public IReadOnlyList<CalendarEntry> Slots { get; init; } = [];
    public IReadOnlyList<PastIssue> Gone { get; init; } = [];

    /// <summary>How many customers' waits in journeys end that day.</summary>
    public decimal Due { get; init; }

    public bool IsEmpty => Slots.Count == 0 && Gone.Count == 0 && Holiday is null && Due == 0;
}
