using System.Text.Json.Nodes;
using Automation.Marketing.Chat;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Plan;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Publishing;

/// <summary>The definitions that <see cref="Property.Type"/> names, as JSON Schema.</summary>
internal static class SchemaDefinitions
{
    private const string OneWordOrMore = @"\S";

    public static JsonObject Of(string name) => name switch
    {
        "text" or "mail" or "lineText" or "journey" or "pool" => Text(OneWordOrMore),
        "texts" => List("text"),
        "flag" => new() { ["type"] = "boolean" },
        "object" => new() { ["type"] = "object" },
        "period" => Text("^ *[1-9][0-9]* +(minute|hour|day|week|month|year)s? *$", "3 days", "2 weeks", "12 hours"),
        "time" => Text("^([01][0-9]|2[0-3]):[0-5][0-9]$", "09:00"),
        "weekday" => Words(Reads.Days.Keys),
        "weekdays" => List("weekday", unique: true),
        "sendBy" => Words(["preferred", "both"]),
        "purpose" => Words(["transactional", "marketing"]),
        "per" => AnyOf(Words(["customer", "order"]), Text(@"^event\..")),
        "active" => Schemas.Object(JourneyShapes.Active),
        "date" => Text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-12-01"),
        "someEvents" => AnyOf(Schemas.Ref("event"), List("event", unique: true)),
        "reentry" => AnyOf(Words(["never", "always"]), Schemas.Object(JourneyShapes.Reentry)),
        "trigger" => Schemas.Object(JourneyShapes.Trigger),
        "match" => Schemas.Object(JourneyShapes.Match),
        "matches" => List("match"),
        "goal" => Schemas.Object(JourneyShapes.Goal),
        "window" => Schemas.Object(JourneyShapes.Window),
        "until" => Schemas.Object(JourneyShapes.Until),
        "lengthOfTime" => AnyOf(Schemas.Ref("period"), Schemas.Object(JourneyShapes.Length)),
        "factor" => Number(0, 100),
        "periodField" => AnyOf(
            Words(Fields.All.Where(field => field.IsPeriod).Select(field => field.Name)),
            Text(@"^(customer\.attributes|event)\..")),
        "missing" => Words(TimeReader.Missings.Keys),
        "steps" => List("step"),
        "step" => Step(),
        "arm" => Schemas.Object(JourneyShapes.Arm),
        "arms" => List("arm", least: 2),
        "armName" => Text("^[^\\s/]+$"),
        "percent" => Number(1, 100, whole: true),
        "event" => AnyOf(Words(EventTypes.All), Text(
            $"^(?!{string.Join('|', EventTypes.Reserved).Replace(".", "\\.", StringComparison.Ordinal)}).*\\S")),
        "attributes" => new()
        {
            ["type"] = "object",
            ["additionalProperties"] =
                new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "array", "null") }
        },
        "url" => Text("^https://"),
        "timeField" => AnyOf(Words(Fields.All.Where(field => field.Type == FieldType.Time).Select(field => field.Name)),
            Text(@"^(customer\.attributes|event)\..")),
        "condition" or "test" or "textTest" or "numberTest" or "flagTest" or "timeTest" or "textsTest" or
            "otherField" =>
            ConditionSchemas.Of(name),
        _ => OfShopOrScenario(name),
    };

    private static JsonObject OfShopOrScenario(string name) => name switch
    {
        "latePolicy" => Schemas.Object(NewsletterShapes.Late),
        "lateOtherwise" => Words(NewsletterReader.Otherwise.Keys),
        "holidayRule" => Words(NewsletterReader.HolidayRules.Keys),
        "fallbacks" => AnyOf(Text(OneWordOrMore), List("text", unique: true)),
        "warnDay" => Number(1, 28, whole: true),
        "warnDays" => List("warnDay", unique: true),
        "contact" => Schemas.Object(ShopShapes.Contact),
        "timeZone" => Text("^[A-Za-z0-9/_+-]+$", "Asia/Tokyo"),
        "currency" => Text("^[A-Z]{3}$", "JPY"),
        "country" => Text("^[A-Z]{2}$", "JP"),
        "language" => Text("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "ja"),
        "webAddress" => Text("^https?://"),
        "origin" => Text("^https?://[^/?#@ ]+/?$", "https://shop.example"),
        "origins" => List("origin", unique: true),
        "mailAddress" => Text(@"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
        "eventName" => Text(@"^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$", "review.posted"),
        "eventNames" => List("eventName", unique: true),
        "eventData" => new() { ["type"] = "object", ["additionalProperties"] = Schemas.Ref("types") },
        "typeOrNone" => Words(
            [.. AttributeFields.Types.Keys, .. AttributeFields.Types.Keys.Select(type => type + "?")]),
        "type" => Words(AttributeFields.Types.Keys),
        "types" => new() { ["type"] = "object", ["additionalProperties"] = Schemas.Ref("typeOrNone") },
        "attributeTypes" => new() { ["type"] = "object", ["additionalProperties"] = Schemas.Ref("attributeType") },
        "attributeType" => AnyOf(Schemas.Ref("type"), Schemas.Object(ShopShapes.Attribute)),
        "place" => Text("^(metafield|note|meta|attribute):.", "metafield:custom.birthday"),
        "places" => AnyOf(Schemas.Ref("place"), List("place", unique: true)),
        "hosts" => List("text"),
        "late" => Schemas.Object(ShopShapes.Late),
        "coupons" => Schemas.Object(ShopShapes.Coupons),
        "codes" => Number(0, 500, whole: true),
        "checkouts" => Schemas.Object(ShopShapes.Checkouts),
        "threshold" => Number(1, 10),
        "sending" => Schemas.Object(ShopShapes.Sending),
        "warmUpDay" => Number(1, 10_000_000, whole: true),
        "warmUp" => List("warmUpDay"),
        "retention" => Schemas.Object(ShopShapes.Retention),
        "quietHours" => Schemas.Object(ShopShapes.QuietHours),
        "plan" => Schemas.Object(PlanShapes.Plan),
        "cap" => Schemas.Object(PlanShapes.Cap),
        "caps" => List("cap"),
        "messages" => Number(1, 1_000, whole: true),
        "newsletterDay" => Words(PlanReader.NewsletterDays.Keys),
        "group" => Schemas.Object(PlanShapes.Group),
        "groups" => List("group"),
        "groupRule" => Words(PlanReader.Rules.Keys),
        "journeys" => List("journey", unique: true),
        "holidays" => Schemas.Object(ShopShapes.Holidays),
        "holidayCountry" => Words(HolidayReader.Countries.Keys),
        "closing" => Schemas.Object(ShopShapes.Closing),
        "closings" => List("closing"),
        "closingDay" => Text("^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$", "2026-08-13", "12-29"),
        "color" => Text("^#[0-9a-fA-F]{6}$", "#2f5d50"),
        "picture" => Text("^(https?://|pictures/)", "pictures/hero.png"),
        "brand" => Schemas.Object(BrandShapes.Brand),
        "logo" => Schemas.Object(BrandShapes.Logo),
        "logoWidth" => Number(16, BrandReader.WidestLogo, whole: true),
        "colors" => Schemas.Object(BrandShapes.Colors),
        "brandLink" => Schemas.Object(BrandShapes.Link),
        "brandLinks" => List("brandLink"),
        "languageWords" => Schemas.Object(BrandShapes.Language),
        "languages" => new() { ["type"] = "object", ["additionalProperties"] = Schemas.Ref("languageWords") },
        "product" => Schemas.Object(ShopShapes.Product),
        "products" => List("product"),
        "price" => Number(0, null),
        "quantity" => Number(0, null),
        "start" => Text("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$", "2026-11-03T09:00"),
        "customer" => Schemas.Object(ScenarioShapes.Customer),
        "customerId" => Text("^[0-9a-f]{24}$"),
        "consent" => Schemas.Object(ScenarioShapes.Consent),
        "consentState" => Words(["unknown", "pending", "given", "withdrawn"]),
        "scenarioEvent" => Schemas.Object(ScenarioShapes.Event),
        "events" => List("scenarioEvent", least: 0),
        "playedDays" => Number(1, 3650, whole: true),
        "day" => Number(-3650, 3650, whole: true),
        "order" => Schemas.Object(ScenarioShapes.Order),
        "channel" => Words(["web", "pos"]),
        "line" => Schemas.Object(ScenarioShapes.Line),
        "lines" => List("line"),
        "diaryLine" => Text(@"^day +-?[0-9]+ [0-9]{2}:[0-9]{2} \S", "day  0 09:00 enrolled in welcome"),
        "diary" => List("diaryLine", least: 0),
        _ => OfChat(name),
    };

    private static JsonObject OfChat(string name) => name switch
    {
        "chat" => Schemas.Object(ShopShapes.Chat),
        "hours" => Schemas.Object(ShopShapes.Hours),
        "chatHours" => List("hours"),
        "mailAddresses" => List("mailAddress", unique: true),
        "chatTalk" => Schemas.Object(ChatScenarioShapes.Talk),
        "chatTalks" => List("chatTalk"),
        "chatWho" => Schemas.Object(ChatScenarioShapes.Who),
        "chatOrder" => Schemas.Object(ChatScenarioShapes.Order),
        "chatOrders" => List("chatOrder"),
        "chatTurn" => Schemas.Object(ChatScenarioShapes.Turn),
        "chatTurns" => List("chatTurn"),
        "chatThing" => Words(ChatScenarioReader.Things),
        "replyKind" => Words(ChatScenarioReader.Kinds.Keys),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such definition"),
    };

    private static JsonObject Step()
    {
        var cases = new JsonArray();
        foreach (var (word, shape) in JourneyShapes.Steps)
            cases.Add(new JsonObject
            {
                ["if"] =
                    new JsonObject { ["properties"] = new JsonObject { ["do"] = new JsonObject { ["const"] = word } } },
                ["then"] = Schemas.Object(shape),
            });
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("do"),
            ["properties"] = new JsonObject { ["do"] = Words(JourneyShapes.Steps.Keys) },
            ["allOf"] = cases,
        };
    }

    internal static JsonObject Words(IEnumerable<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    internal static JsonObject AnyOf(params JsonNode[] choices) => new() { ["anyOf"] = new JsonArray(choices) };

    private static JsonObject Text(string pattern, params string[] examples)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        if (examples.Length > 0) schema["examples"] = new JsonArray([.. examples.Select(example => (JsonNode)example)]);
        return schema;
    }

    private static JsonObject List(string of, int least = 1, bool unique = false)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Schemas.Ref(of), ["minItems"] = least };
        if (unique) schema["uniqueItems"] = true;
        return schema;
    }

    private static JsonObject Number(int least, int? most, bool whole = false)
    {
        var schema = new JsonObject { ["type"] = whole ? "integer" : "number", ["minimum"] = least };
        if (most is { } value) schema["maximum"] = value;
        return schema;
    }
}
