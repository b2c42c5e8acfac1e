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
    /// <param name="channel">By which it would go: <c>email</c>, <c>line</c>.</param>
    public static Verdict? Judge(
        Newsletter newsletter, bool firstOfMonth, Situation situation, DateTimeOffset opens, string channel = "email")
    {
        var (customer, now) = (situation.Customer, situation.Now);
        if (!Conditions.Holds(newsletter.Audience, situation)) return null;
        var chosen = customer.Preferences ?? Preferences.None;
        var verdict = Gate.Judge(Purpose.Marketing, customer, channel, now, opens);
        if (verdict is Verdict.Refused) return verdict;
        if (chosen.Without.Contains(newsletter.Id)) return Verdict.No("left this newsletter");
        if (chosen.PausedUntil > now) return Verdict.No("pauses mails");
        if (chosen.Monthly && !firstOfMonth) return Verdict.No("wants one issue a month");
        return Held(verdict, now);
    }

    /// <summary>By which channel they prefer an issue that is written for LINE, too: there, where they follow the
    /// shop.</summary>
    public static string Way(Customer customer) =>
        customer.Consent.GetValueOrDefault(Identity.Line) is { State: ConsentState.Given }
        && Gate.Address(customer, Identity.Line) is not null && !customer.Suppressed.ContainsKey(Identity.Line)
            ? Identity.Line : "email";

    /// <summary>Do they get an issue that goes both ways by LINE and by mail?</summary>
    public static bool IsBothWays(Customer customer) => IsByLine(customer) && IsByMail(customer);

    /// <summary>Has an issue that goes both ways a LINE message for them?</summary>
    public static bool IsByLine(Customer customer) => Way(customer) == Identity.Line;

    /// <summary>Has it a mail for them? For all but those whom only LINE can reach.</summary>
    public static bool IsByMail(Customer customer) => !IsByLine(customer)
        || (customer.Consent.GetValueOrDefault("email") is { State: ConsentState.Given }
            && Gate.Address(customer, "email") is not null && !customer.Suppressed.ContainsKey("email"));

    /// <summary>What becomes of somebody whom LINE cannot be asked for before then: they wait, or it is too late for
    /// the issue.</summary>
    public static Verdict HeldByLine(Issue issue, DateTimeOffset until, string reason) =>
        until - (issue.StartedAt ?? issue.Slot) > LongestWait ? Verdict.No(reason) : Verdict.Later(until, reason);

    /// <summary>What becomes of a verdict that lets wait.</summary>
    public static Verdict Held(Verdict verdict, DateTimeOffset now) =>
        verdict is Verdict.Deferred later && later.Until - now > LongestWait ? Verdict.No(later.Reason) : verdict;
}
