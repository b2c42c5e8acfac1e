using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Reads scenarios; refuses every mistake with its place.</summary>
public static partial class ScenarioReader
{
    private static readonly CustomerId Somebody = new("0123456789abcdef01234567");
    private static readonly IReadOnlyDictionary<string, ConsentState> States = Reads.Words<ConsentState>();

    /// <summary>The scenario, or all problems of the file. Its id is the file's name without folder and
    /// ending.</summary>
    public static (Scenario? Scenario, IReadOnlyList<Problem> Problems) Read(
        string fileName, ReadOnlySpan<byte> json, Names known)
    {
        var reading = new Reading(fileName, json, known);
        if (Entries.Of(reading, reading.Parse(), ScenarioShapes.Scenario, "a scenario") is not { } entries)
            return (null, reading.Problems);
        var start = Start(reading, entries["start"]);
        var scenario = new Scenario
        {
            Id = Path.GetFileNameWithoutExtension(fileName),
            About = entries.Text("about"),
            Journey = reading.Name(entries["journey"], "journey", known.Journeys) ?? "",
            Start = start,
            Newsletters = !entries.Has("newsletters") || entries.Flag("newsletters"),
            Days = entries.Whole("days", 1, 3650) ?? Scenario.UsualDays,
            Customer = Customer(reading, entries["customer"], start),
            Events = entries["events"] is { Kind: JsonValueKind.Array, Items.Count: 0 } ? []
                : reading.List(entries["events"], "events", item => Event(reading, item)) ?? [],
            Diary = Diary(reading, entries["diary"]),
        };
        return (reading.Failed ? null : scenario, reading.Problems);
    }

    private static DateTime Start(Reading reading, Node? node)
    {
        if (reading.Text(node, "start") is not { } text) return Scenario.DefaultStart;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.AddHours(9);
        if (DateTime.TryParseExact(
            text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) return moment;
        reading.Say(node!, $"\"{text}\" is not a start; starts read \"2026-11-03T09:00\" or \"2026-11-03\"");
        return Scenario.DefaultStart;
    }

    private static Customer Customer(Reading reading, Node? node, DateTime start)
    {
        var zone = Zones.Of(null, reading.Known.Shop?.TimeZone ?? "UTC");
        var since = Zones.Instant(start, zone);
        if (Entries.Of(reading, node, ScenarioShapes.Customer, "the customer") is not { } entries)
            return new Customer { Id = Somebody };
        var id = entries.Text("id");
        if (id is not null && !CustomerId.IsWellFormed(id))
            reading.Say(entries["id"]!, $"\"{id}\" is not a customer id: 24 hex digits, small letters");
        if (entries.Text("timeZone") is { } zoneId && Zones.Find(zoneId) is null)
            reading.Say(entries["timeZone"]!, $"\"{zoneId}\" is not an IANA time zone",
                Nearest.To(zoneId, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id)));
        var consent = Entries.Of(reading, entries["consent"], ScenarioShapes.Consent, "consent");
        return new Customer
        {
            Id = id is null ? Somebody : new CustomerId(id),
            CreatedAt = since,
            FamilyName = entries.Text("familyName"),
            GivenName = entries.Text("givenName"),
            Email = entries.Text("email") ?? "customer@example.jp",
            Phone = entries.Text("phone"),
            Language = entries.Text("language"),
            Country = entries.Text("country"),
            TimeZone = entries["timeZone"]?.Text,
            Tags = entries.Texts("tags") ?? [],
            Attributes = reading.Attributes(entries["attributes"], "attributes", mayClear: false)
                ?? new Dictionary<string, JsonElement>(),
            Consent = consent?.Node.Members.ToDictionary(member => member.Name, member => new ConsentRecord(
                consent.Word(member.Name, States) ?? default, since, "scenario")) ?? [],
        };
    }

    private static ScenarioEvent? Event(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, ScenarioShapes.Event, "an event") is not { } entries) return null;
        var (day, name, at) = (entries.Whole("day", -3650, 3650), reading.Event(entries["event"]), entries.Time("at"));
        var mail = reading.Name(entries["mail"], "mail", reading.Known.Mails);
        if (entries["data"] is { Kind: not JsonValueKind.Object } data)
            reading.Say(data, $"\"data\" must be an object {{ }}, not {data.InWords}");
        if (name is not null) Carries(reading, item, name, entries["data"]);
        if (name is not null && entries.Has("order") && name != People.EventTypes.OrderPlaced)
            reading.Say(entries["order"]!, $"only order.placed brings a new order; {name} is about the latest one");
        var order = Order(reading, entries["order"]);
        return name is null || day is null ? null
            : new ScenarioEvent
            {
                Day = day.Value,
                At = at,
                Event = name,
                Mail = mail,
                Order = order,
                Data = entries["data"]?.Members.ToDictionary(
                    member => member.Name, member => reading.Element(member.Value)),
            };
    }

    /// <summary>An event of the shop's own carries what shop.json declares, of those types.</summary>
    private static void Carries(Reading reading, Node item, string name, Node? data)
    {
        if (reading.Known.Shop is not { } shop || !shop.EventData.TryGetValue(name, out var declared)) return;
        foreach (var member in data?.Members ?? [])
            if (declared.TryGetValue(member.Name, out var type)
                && TypedValues.Of(reading.Element(member.Value), type, shop) is null)
                reading.Say(member.Value, $"event.{member.Name} is a {type}, not {member.Value.InWords}");
            else if (type is null)
                reading.Say(
                    member.At, $"{name} carries no \"{member.Name}\" (eventData in shop.json says what it does)",
                    Nearest.To(member.Name, declared.Keys));
        foreach (var missing in declared.Keys.Where(key => EventFields.IsSure(name, key, shop)
            && data?.Members.Any(member => member.Name == key) != true))
            reading.Say(data ?? item, $"{name} carries \"{missing}\"; where it may lack it, shop.json says "
                + $"\"{declared[missing]}?\"");
    }

    private static ScenarioOrder? Order(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ScenarioShapes.Order, "an order") is not { } entries) return null;
        var lines = reading.List(entries["lines"], "lines", item => Line(reading, item)) ?? [];
        var channel = entries.Text("channel");
        if (channel is not (null or "web" or "pos"))
            reading.Unknown(entries["channel"]!, "channel", channel, ["web", "pos"]);
        return new ScenarioOrder(entries.Text("number"), entries.Number("total", 0, 1_000_000_000)
            ?? lines.Sum(line => line.Price * line.Quantity), channel ?? "web", lines)
        {
            PaymentMethod = entries.Text("paymentMethod"),
            DiscountCodes = entries.Texts("discountCodes"),
            Tags = entries.Texts("tags"),
        };
    }

    /// <summary>One line of an order; null: it is none (said so).</summary>
    internal static OrderLine? Line(Reading reading, Node item) =>
        Entries.Of(reading, item, ScenarioShapes.Line, "a line") is not { } entries ? null : new OrderLine
        {
            Title = entries.Text("title") ?? "",
            ProductId = entries.Text("product"),
            Sku = entries.Text("sku"),
            Variant = entries.Text("variant"),
            Quantity = entries.Number("quantity", 0, 1_000_000) ?? 1,
            Price = entries.Number("price", 0, 1_000_000_000) ?? 0,
            Url = entries.Text("url"),
        };

    /// <summary>An empty diary is one: nothing happens.</summary>
    private static IReadOnlyList<string> Diary(Reading reading, Node? node) =>
        node is { Kind: JsonValueKind.Array, Items.Count: 0 } ? []
            : reading.List(node, "diary", item =>
            {
                if (reading.Text(item, "diary") is not { } line) return null;
                if (!DiaryLine().IsMatch(line))
                    reading.Say(item, "a line of the diary reads \"day  3 09:00 sent welcome/enjoy\"");
                return line;
            }) ?? [];

    [GeneratedRegex(@"^day +-?\d+ ([01]\d|2[0-3]):[0-5]\d \S.*$")] private static partial Regex DiaryLine();
}
