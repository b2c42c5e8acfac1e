using Automation.Marketing.Files;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>A newsletter's file: what each object may hold.</summary>
public static class NewsletterShapes
{
    public static readonly Shape Newsletter = new Shape("A newsletter: the same weekday every week.",
        new("name", "text", "The name people read.", Required: true),
        new("about", "text", "What it is for; a note for colleagues."),
        new("on", "weekdays", "Its weekdays; each has a slot every week.", Required: true),
        new("at", "time", "When it goes out, in its zone.", Required: true),
        new("timeZone", "timeZone", "IANA; the shop's where left out."),
        new("audience", "condition", "Who it is for, of those who consented; all of them where left out."),
        new("late", "latePolicy",
            "What happens to a slot that nobody could act on in time; it is skipped (and said so) where left out."),
        new("holidays", "holidayRule",
            "A slot on a holiday: goes out all the same (send, where left out), on the day before, on the day after, "
            + "or not at all."),
        new(
            "fallback",
            "fallbacks",
            "The issue that goes out in a slot without one of its own: a file of the newsletter's folder, without its "
            + "ending; or several, of which the first goes that did not go out lately."),
        new(
            "fallbackAgainAfter",
            "period",
            "How long after it went out nobody gets a fallback again; 90 days where left out."),
        new("warnDays", "warnDays",
            "How many days ahead an empty slot is warned of; 7, 3 and 1 where left out.")).AsFile;

    public static readonly Shape Late = new(
        "A late slot is still sent within a period after its time, otherwise at the next slot or not at all.",
        new("sendWithin", "period", "How long after its time it may still go out; left out: a quarter of an hour."),
        new("otherwise", "lateOtherwise",
            "Later still: the issue takes the next slot (if that has none of its own), or is skipped (where "
            + "left out)."));
}
