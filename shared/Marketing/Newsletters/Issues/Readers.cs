using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Who of a newsletter's readers gets an issue. Pure.</summary>
public static class Readers
{
    /// <summary>Whoever would have to wait longer than this is not written to: an issue is of its day.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Without the plan's caps, which look at more than one issue. Null: not in its audience, which is not
    /// even counted.</summary>
    /// <param name="firstOfMonth">The newsletter's first issue of its month?</param>
    /// <param name="opens">When the shop's quiet hours end for this customer; now or earlier: they are over.</param>
    public static Verdict? Judge(Newsletter newsletter, bool firstOfMonth, Situation situation, DateTimeOffset opens)
    {
        var (customer, now) = (situation.Customer, situation.Now);
        if (!Conditions.Holds(newsletter.Audience, situation)) return null;
        var chosen = customer.Preferences ?? Preferences.None;
        var verdict = Gate.Judge(Purpose.Marketing, customer, "email", now, opens);
        if (verdict is Verdict.Refused) return verdict;
        if (chosen.Without.Contains(newsletter.Id)) return Verdict.No("left this newsletter");
        if (chosen.PausedUntil > now) return Verdict.No("pauses mails");
        if (chosen.Monthly && !firstOfMonth) return Verdict.No("wants one issue a month");
        return Held(verdict, now);
    }

    /// <summary>What becomes of a verdict that lets wait.</summary>
    public static Verdict Held(Verdict verdict, DateTimeOffset now) =>
        verdict is Verdict.Deferred later && later.Until - now > LongestWait ? Verdict.No(later.Reason) : verdict;
}
