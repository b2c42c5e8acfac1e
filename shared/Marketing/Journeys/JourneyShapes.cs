using Automation.Marketing.Files;

namespace Automation.Marketing.Journeys;

/// <summary>The journey language as JSON: what each object may hold.</summary>
public static class JourneyShapes
{
    public static readonly Shape Journey = new Shape("Steps a customer walks.",
        new("name", "text", "The name people read.", Required: true),
        new("about", "text", "What it is for; a note for colleagues."),
        new("purpose", "purpose",
            "transactional: about the purchase itself. marketing: to win the next one; wants consent.", Required: true),
        new("trigger", "trigger", "What starts it.", Required: true),
        new("reentry", "reentry",
            "May a customer who was here come again? never, always (when not in it just now), or after a period."),
        new("per", "per", "For each customer, for each order, or for each value of a field of the event."),
        new("active", "active", "From when until when it starts anybody; whoever is in it goes on."),
        new("leaveOn", "matches", "Events that end it at once, also in the middle of a wait."),
        new("leaveWhen", "condition", "It ends as soon as this holds."),
        new("goal", "goal", "What it is for: counted when it happens within the period after the start."),
        new("window", "window", "Days and hours in which its mails may go out, in the customer's zone."),
        new("steps", "steps", "What happens, in order.", Required: true)).AsFile;

    public static readonly Shape Trigger = new(
        "What starts a journey: an event, a date of the customer's, or something that becomes true of them.",
        new("event", "someEvents", "E.g. order.placed; or a list, any of which starts it."),
        new("date", "timeField", "A date of the customer's: each begins on their own day."),
        new("yearly", "flag", "With date: on each anniversary, e.g. a birthday."),
        new("offset", "period", "With date: this long after it (or before it)."),
        new("before", "flag", "With date: the offset counts backwards."),
        new("at", "time", "With date: time of day in the customer's zone. Left out: the date's own, or midnight."),
        new("becomes", "condition", "As soon as this holds of the customer and did not before."),
        new("where", "condition", "Only then."));

    public static readonly Shape Active = new("Days on the shop's calendar.",
        new("from", "date", "The first day. Left out: from now on."),
        new("until", "date", "The last day. Left out: for good."));

    public static readonly Shape Match = new("An event, narrowed by a condition.",
        new("event", "event", "E.g. order.refunded.", Required: true),
        new("where", "condition", "Only then."));

    public static readonly Shape Goal = new("What the journey is for.",
        new("event", "event", "E.g. order.placed.", Required: true),
        new("within", "period", "How long after the start it still counts.", Required: true),
        new("where", "condition", "Only then."));

    public static readonly Shape Reentry = new("A period after the last start.",
        new Property("after", "period", "E.g. 90 days.", Required: true));

    public static readonly Shape Window = new(
        "Days and hours, in the customer's zone. From 21:00 to 08:00 crosses midnight; the day is the day it opens.",
        new("days", "weekdays", "Left out: every day."),
        new("from", "time", "Left out: from midnight."),
        new("to", "time", "Left out: until midnight."));

    public static readonly Shape Until = new("A moment: the next time of day (on one of the days), or a date field.",
        new("days", "weekdays", "With at: the next of these days."),
        new("at", "time", "Time of day in the customer's zone."),
        new("field", "timeField", "A time or date of the catalogue."),
        new("offset", "period", "This long after the date (or before it)."),
        new("before", "flag", "The offset counts backwards."),
        new("yearly", "flag", "The next anniversary of the date, e.g. a birthday."),
        new("missing", "missing", "Who has no such date: leave (also where nothing is said), or continue at once."));

    public static readonly Shape Length = new("As long as a field says, in days.",
        new("field", "periodField", "E.g. customer.orders.usualInterval, or a number of your own.", Required: true),
        new("factor", "factor", "Times the field: 0.8 is a fifth earlier. Left out: 1."),
        new("offset", "period", "So much longer (or shorter)."),
        new("before", "flag", "The offset is taken off."),
        new("missing", "missing", "Where nothing is known: leave (also where nothing is said), or continue at once."));

    public static readonly Shape Arm = new("One arm of a split.",
        new("name", "armName", "Unique in the split.", Required: true),
        new("percent", "percent", "Share of the customers; all arms together 100.", Required: true),
        new("steps", "steps", "What happens to them."),
        new("holdout", "flag", "They get nothing and are compared with the others; the same customers every time."));

    /// <summary>The steps by their <c>do</c>.</summary>
    public static readonly IReadOnlyDictionary<string, Shape> Steps = new Dictionary<string, Shape>
    {
        ["send"] = Step("Writes to the customer.",
            new("mail", "mail", "The mail's name, e.g. second-purchase/how-is-it."),
            new("line", "lineText", "The LINE text's name. At least one of mail and line."),
            new("by", "sendBy", "With both: preferred (by LINE to who follows the shop, else by mail), or both.")),
        ["wait"] = Step("Lets time pass: for a period, or until a moment.",
            new("for", "lengthOfTime", "E.g. 14 days; or as long as a field says."),
            new("until", "until", "The next weekday or time of day, or a date field.")),
        ["waitFor"] = Step("Waits for something to happen to the customer.",
            new("event", "someEvents", "E.g. mail.clicked; or a list, any of which will do.", Required: true),
            new("where", "condition", "Only then."),
            new("upTo", "period", "How long to wait.", Required: true),
            new("then", "steps", "When it happened."),
            new("else", "steps", "When it did not.")),
        ["branch"] = Step("Goes one way or the other.",
            new("if", "condition", "The question.", Required: true),
            new("then", "steps", "When it holds.", Required: true),
            new("else", "steps", "When it does not.")),
        ["split"] = Step("Shares customers out between arms; the same customer always gets the same arm.",
            new Property("arms", "arms", "At least two.", Required: true)),
        ["update"] = Step("Changes what the shop knows about the customer.",
            new("addTags", "texts", "Tags to add."),
            new("removeTags", "texts", "Tags to take away."),
            new("set", "attributes", "Attributes to set; null clears one.")),
        ["coupon"] = Step("Takes one code from a pool: {{coupon.code}} in the mails after it.",
            new Property("pool", "pool", "Its file in coupons/, without .csv.", Required: true)),
        ["call"] = Step("Tells another system: POST of a small JSON.",
            new("url", "url", "https, at one of callHosts in shop.json.", Required: true),
            new("body", "object", "What to tell, beside customer, journey, enrollment and step.")),
        ["start"] = Step("Lets the customer begin another journey.",
            new Property("journey", "journey", "Its name.", Required: true)),
        ["leave"] = Step("Ends the journey.",
            new Property("because", "text", "Why, for whoever asks later.", Required: true)),
    };

    private static Shape Step(string says, params Property[] properties) =>
        new(says, [new Property("do", "text", "Which step.", Required: true), .. properties]);
}
