using System.Globalization;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Replays;

/// <summary>Adds up what a period came to, send by send. What is before or after it is left out.</summary>
/// <param name="from">Its first day, on the shop's calendar.</param>
/// <param name="to">The last.</param>
public sealed class PeriodTally(DateOnly from, DateOnly to, TimeZoneInfo zone)
{
    private sealed class Outcome
    {
        public int Sent;
        public readonly Dictionary<string, int> NotSent = new(StringComparer.Ordinal);
    }

    private readonly Dictionary<DateOnly, (int Journeys, int Letters)> days = [];
    private readonly Dictionary<string, Outcome> mails = new(StringComparer.Ordinal);
    private readonly Dictionary<CustomerId, List<string>> got = [];
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);
    private bool knowsHeld;

    /// <summary>By customer, the mails of journeys they got.</summary>
    public IReadOnlyDictionary<CustomerId, List<string>> Got => got;

    /// <summary>A send of a journey as the ledger has it; those that have no end yet count for nothing.</summary>
    public void Add(Send send)
    {
        if (!IsIn(send.At, out var day) || EnrollmentId.Parse(send.For.Split('@')[0]) is not { } walk) return;
        var key = $"{walk.Journey}|{send.Mail}";
        switch (send.State)
        {
            case SendState.Accepted or SendState.Uncertain:
                Of(key).Sent++;
                days[day] = days.GetValueOrDefault(day) is var had ? (had.Journeys + 1, had.Letters) : default;
                if (!got.TryGetValue(send.Customer, out var theirs)) got[send.Customer] = theirs = [];
                theirs.Add(key);
                break;
            case SendState.Refused:
                var (why, reasons) = (send.Reason ?? "", Of(key).NotSent);
                reasons[why] = reasons.GetValueOrDefault(why) + 1;
                break;
        }
    }

    /// <summary>A mail was held back for a while.</summary>
    public void Hold(DateTimeOffset at, string reason)
    {
        knowsHeld = true;
        if (IsIn(at, out _)) held[reason] = held.GetValueOrDefault(reason) + 1;
    }

    /// <summary>An issue of a newsletter.</summary>
    public void Add(Issue issue)
    {
        if (issue.Counts.Sent > 0 && IsIn(issue.StartedAt ?? issue.Slot, out var day))
            days[day] = days.GetValueOrDefault(day) is var had
                ? (had.Journeys, had.Letters + issue.Counts.Sent) : default;
    }

    /// <param name="played">It was played: nothing held back means that nothing was.</param>
    public PeriodFigures Figures(bool played) => new()
    {
        Days = days.OrderBy(day => day.Key).ToDictionary(
            day => Text(day.Key), day => new DayMails(day.Value.Journeys, day.Value.Letters)),
        Mails = mails.OrderBy(mail => mail.Key, StringComparer.Ordinal).ToDictionary(
            mail => mail.Key, mail => new MailOutcome(mail.Value.Sent, mail.Value.NotSent)),
        PerCustomer = got.Values.CountBy(mails => mails.Count).OrderBy(one => one.Key)
            .ToDictionary(one => one.Key.ToString(CultureInfo.InvariantCulture), one => one.Value),
        Held = played || knowsHeld ? held : null,
    };

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsIn(DateTimeOffset at, out DateOnly day)
    {
        day = Zones.Day(at, zone);
        return day >= from && day <= to;
    }

    private Outcome Of(string key) => mails.TryGetValue(key, out var known) ? known : mails[key] = new();
}
