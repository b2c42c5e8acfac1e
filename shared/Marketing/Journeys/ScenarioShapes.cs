using Automation.Marketing.Files;

namespace Automation.Marketing.Journeys;

/// <summary>Scenarios as JSON: what each object may hold.</summary>
public static class ScenarioShapes
{
    public static readonly Shape Scenario = new Shape(
        "An imagined customer, what happens to them, and the diary expected.",
        new("about", "text", "What it shows; a note for colleagues."),
        new("journey", "journey", "The journey it is about.", Required: true),
        new("start", "start",
            "Day 0 in the shop's zone: 2026-11-03T09:00, or a date (09:00). Left out: Monday 2026-06-01, 09:00."),
        new(
            "newsletters",
            "flag",
            "false: as if the shop had no newsletters. Left out: its issues and fallbacks go out beside it, and take "
            + "their places in the plan."),
        new(
            "days",
            "playedDays",
            "How many days dates come and things become true in; walks go on to their end. Left out: 366."),
        new("customer", "customer", "Who it happens to.", Required: true),
        new("events", "events", "What happens; nothing where a date alone starts it.", Required: true),
        new("diary", "diary", "What the journey then does: day, time, what.", Required: true)).AsFile;

    public static readonly Shape Customer = new("An imagined customer.",
        new("id", "customerId", "24 hex digits; decides the arms of splits."),
        new("familyName", "text", "Family name."),
        new("givenName", "text", "Given name."),
        new("email", "mailAddress", "Left out: an invented one."),
        new("phone", "text", "E.164."),
        new("language", "language", "BCP 47."),
        new("country", "country", "ISO 3166."),
        new("timeZone", "timeZone", "IANA; left out: the shop's."),
        new("tags", "texts", "Tags."),
        new("attributes", "attributes", "Attributes, as shop.json declares them."),
        new("consent", "consent", "By channel; left out: unknown."));

    public static readonly Shape Consent = new("Consent to marketing by channel.",
        new("email", "consentState", "By e-mail."),
        new("line", "consentState", "By LINE."));

    public static readonly Shape Event = new("Something that happens to the customer.",
        new("day", "day", "Counted from the start in the shop's zone; below zero is history.", Required: true),
        new("at", "time", "Time of day in the shop's zone. Left out: on day 0 the start, else 00:00."),
        new("event", "event", "E.g. order.placed.", Required: true),
        new("mail", "mail", "The mail of a mail event. Left out: the latest one sent."),
        new("order", "order", "The new order of order.placed. Other order events are about the latest order."),
        new("data", "object", "What else the event carries."));

    public static readonly Shape Order = new("An imagined order.",
        new("number", "text", "E.g. #1001."),
        new("total", "price", "Left out: what the lines add up to."),
        new("channel", "channel", "web or pos; web where left out."),
        new("paymentMethod", "text", "How it was paid."),
        new("discountCodes", "texts", "Codes that were used."),
        new("tags", "texts", "Tags of the order."),
        new("lines", "lines", "What was bought."));

    public static readonly Shape Line = new("One line of an order.",
        new("title", "text", "As customers read it.", Required: true),
        new("product", "text", "The product's id."),
        new("sku", "text", "Stock keeping unit."),
        new("variant", "text", "E.g. a size."),
        new("quantity", "quantity", "Left out: 1."),
        new("price", "price", "For one.", Required: true),
        new("url", "webAddress", "Its page."));
}
