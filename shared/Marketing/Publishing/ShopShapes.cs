using Automation.Marketing.Files;

namespace Automation.Marketing.Publishing;

/// <summary>shop.json: what each object may hold.</summary>
public static class ShopShapes
{
    public static readonly Shape Shop = new Shape("The shop about itself.",
        new("name", "text", "The shop's name, as customers know it.", Required: true),
        new("postalAddress", "text", "Shown in every marketing mail (特定電子メール法 art. 4).", Required: true),
        new("contact", "contact", "How customers reach the shop.", Required: true),
        new("timeZone", "timeZone", "IANA, e.g. Asia/Tokyo.", Required: true),
        new("currency", "currency", "ISO 4217; JPY where left out."),
        new(
            "country",
            "country",
            "ISO 3166: whose phone numbers are written without a country; the currency's where left out."),
        new("language", "language", "BCP 47; ja where left out."),
        new("url", "webAddress", "The shop's front page."),
        new("productUrl", "text", "A product's page, with {id} and {title} as blanks."),
        new("optOut", "text", "The sentence beside the opt-out link."),
        new("events", "eventNames", "Events of the shop's own that journeys may name, e.g. review.posted."),
        new("eventData", "eventData", "What they carry, by event: names and types; with ? they may also lack it."),
        new(
            "attributes",
            "attributeTypes",
            "Attributes of the shop's own: their type (text, number, flag, date, list, link), and where sources keep "
            + "them."),
        new("callHosts", "hosts", "Hosts that call steps may reach."),
        new("late", "late", "When a regular is late."),
        new("checkouts", "checkouts", "When a checkout counts as abandoned."),
        new("coupons", "coupons", "When a pool of coupon codes runs low."),
        new("retention", "retention", "How long what is no longer needed is kept."),
        new("quietHours", "quietHours", "Hours in which no marketing goes out, in the customer's zone."),
        new("plan", "plan", "How much marketing a customer gets at most, and which journeys have precedence."),
        new("doubleOptIn", "flag",
            "A consent told by a shop platform counts only once the customer has confirmed it by mail; false where "
            + "left out."),
        new("holidays", "holidays", "Days that newsletters may shift or skip; Japan's public holidays where left out."),
        new("sending", "sending", "How fast issues of newsletters go out."),
        new("chat", "chat", "The chat that answers customers; none where left out."),
        new("accent", "color", "Accent colour of mails."),
        new("brand", "brand", "How mails and the customer's page look."),
        new("languages", "languages", "What mails in other languages say instead, by language."),
        new("products", "products", "Products that mails may show by their ids, beside those recommended."),
        new("recommend", "products", "Tried in order where no customer's history suggests anything.")).AsFile;

    public static readonly Shape Contact = new("How customers reach the shop.",
        new("email", "mailAddress", "E-mail address.", Required: true),
        new("phone", "text", "As people write it."),
        new("url", "webAddress", "The contact page."));

    public static readonly Shape Attribute = new("An attribute, and where sources keep it.",
        new("type", "type", "text, number, flag, date, list or link.", Required: true),
        new(
            "from",
            "places",
            "Places at the sources: metafield:namespace.key and note:name (Shopify), meta:key (WooCommerce), "
            + "attribute:name (generic)."));

    public static readonly Shape Sending = new(
        "How fast issues of newsletters go out; as fast as the provider takes them where left out.",
        new("perSecond", "messages", "At most so many a second."),
        new("warmUp", "warmUp",
            "At most so many on the first day of a new sender domain, the second …; no limit after the last."));

    public static readonly Shape Chat = new(
        "The chat: answers/, orders and products are what it knows; the rest goes to people.",
        new("hours", "chatHours", "When people answer; closed on holidays. Left out: nobody says when."),
        new("notify", "mailAddresses",
            "Who gets a mail when a customer waits for a person; the contact address where left out."),
        new("toPeople", "texts", "Words with which a message goes to a person, beside those of complaint."),
        new("origins", "origins", "Whose pages may show the chat; not on the web where left out."));

    public static readonly Shape Hours = new("Hours of some days; of every day where days is left out.",
        new("days", "weekdays", "The days."),
        new("from", "time", "People come.", Required: true),
        new("to", "time", "They go.", Required: true));

    public static readonly Shape Late = new("When a regular is late.",
        new Property("threshold", "threshold", "Days since the latest order / usual interval; 1.5 where left out."));

    public static readonly Shape Checkouts = new("When a checkout counts as abandoned.",
        new Property(
            "abandonedAfter",
            "period",
            "So long it is quiet and became no order; 1 hour where left out, at most 2 days."));

    public static readonly Shape Coupons = new("When a pool of coupon codes runs low.",
        new Property("lowAt", "codes", "At so many codes left attention says so; 20 where left out."));

    public static readonly Shape Retention = new("How long what is no longer needed is kept; a nightly sweep obeys it.",
        new("parked", "period", "Webhooks set aside; 90 days where left out, at least 7 days."),
        new("enrollments", "period", "Enrollments, after their end; 2 years, at least 90 days."),
        new("sends", "period", "Sends; 2 years, at least 90 days."),
        new("engagement", "period", "What became of sends; 1 year, at least 30 days."),
        new("events", "period", "Ids of events already handled; 30 days, at least 7 days."),
        new("chats", "period", "What was said in the chat; 1 year, at least 30 days."),
        new("consent", "period", "Consents that a later saying has replaced; 5 years, at least 3 years (特定商取引法)."));

    public static readonly Shape QuietHours = new("From and to; across midnight where from is later than to.",
        new("from", "time", "They begin.", Required: true),
        new("to", "time", "They end.", Required: true));

    public static readonly Shape Holidays = new("Days that newsletters may shift or skip.",
        new("country", "holidayCountry", "Whose public holidays; japan (祝日) where left out."),
        new("closed", "closings", "The shop's own holidays."));

    public static readonly Shape Closing = new("Days the shop is closed, first and last included.",
        new("name", "text", "E.g. 夏季休業.", Required: true),
        new("from", "closingDay", "Of one year (2026-08-13) or of every year (08-13).", Required: true),
        new("to", "closingDay", "The last day; one day only where left out."));

    public static readonly Shape Product = new("A product the shop itself proposes.",
        new("id", "text", "As in the shop platform.", Required: true),
        new("title", "text", "As customers read it.", Required: true),
        new("url", "webAddress", "Its page."),
        new("price", "price", "In the shop's currency."),
        new("imageUrl", "picture", "A picture: its address, or pictures/… for one of the shop's own."));
}
