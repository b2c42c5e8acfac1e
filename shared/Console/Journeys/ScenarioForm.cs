using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Console.Journeys;

/// <summary>One event of the timeline, as typed.</summary>
public sealed record EventRow
{
    public string Day { get; init; } = "0";
    public string At { get; init; } = "";
    public string Event { get; init; } = "";

    /// <summary>The order's total, for <c>order.placed</c>.</summary>
    public string Total { get; init; } = "";

    /// <summary>What it carries: the members of a JSON object.</summary>
    public string Data { get; init; } = "";
}

/// <summary>A scenario as a form holds it: every field a text, as typed. What it says is read by the same reader as a
/// scenario's file (<see cref="Json"/>), and refused in the same words.</summary>
public sealed record ScenarioForm
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Journey { get; init; } = "";
    public string About { get; init; } = "";
    public string Start { get; init; } = "";
    public string FamilyName { get; init; } = "";
    public string GivenName { get; init; } = "";
    public string Email { get; init; } = "";
    public string Consent { get; init; } = "given";
    public string Tags { get; init; } = "";
    public string Attributes { get; init; } = "";
    public bool Newsletters { get; init; }

    /// <summary>How long nights are played; empty: as long as usual.</summary>
    public string Days { get; init; } = "";
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    /// <summary>What was typed.</summary>
    /// <param name="field">A field's value; null: it is not there.</param>
    public static ScenarioForm Read(Func<string, string?> field)
    {
        var events = new List<EventRow>();
        for (var n = 0; n < 100 && field(Field(n, "event")) is { } name; n++)
            events.Add(new()
            {
                Day = Of(Field(n, "day")),
                At = Of(Field(n, "at")),
                Event = name.Trim(),
                Total = Of(Field(n, "total")),
                Data = Of(Field(n, "data")),
            });
        return new()
        {
            Journey = Of("journey"),
            About = Of("about"),
            Start = Of("start"),
            FamilyName = Of("familyName"),
            GivenName = Of("givenName"),
            Email = Of("email"),
            Consent = Of("consent"),
            Tags = Of("tags"),
            Attributes = Of("attributes"),
            Newsletters = field("newsletters") is not null,
            Days = Of("days"),
            Events = events,
        };

        string Of(string name) => field(name)?.Trim() ?? "";
    }

    /// <summary>The name of a row's field.</summary>
    public static string Field(int row, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"event.{row}.{what}");

    /// <summary>A scenario of the shop, to be changed.</summary>
    public static ScenarioForm Of(Scenario scenario) => Of(scenario.Customer) with
    {
        Journey = scenario.Journey,
        About = scenario.About ?? "",
        Start = scenario.Start.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        Newsletters = scenario.Newsletters,
        Days = scenario.Days == Scenario.UsualDays ? "" : scenario.Days.ToString(CultureInfo.InvariantCulture),
        Events =
        [
            .. scenario.Events.Select(one => new EventRow
            {
                Day = one.Day.ToString(CultureInfo.InvariantCulture),
                At = one.At?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
                Event = one.Event,
                Total = one.Order?.Total.ToString(CultureInfo.InvariantCulture) ?? "",
                Data = one.Data is { } data ? JsonSerializer.Serialize(data, Readable) : "",
            }),
        ],
    };

    /// <summary>As a customer of the shop is known.</summary>
    public static ScenarioForm Of(Customer customer) => new()
    {
        FamilyName = customer.FamilyName ?? "",
        GivenName = customer.GivenName ?? "",
        Email = customer.Email ?? "",
        Consent = customer.Consent.TryGetValue("email", out var consent)
            ? consent.State.ToString().ToLowerInvariant() : "unknown",
        Tags = string.Join(", ", customer.Tags),
        Attributes = customer.Attributes.Count == 0 ? "" : JsonSerializer.Serialize(customer.Attributes, Readable),
    };

    /// <summary>The scenario's file. What is not a number or JSON where one is wanted stays a text, for the reader to
    /// refuse.</summary>
    public string Json(IReadOnlyList<string> diary)
    {
        var scenario = new JsonObject { ["$schema"] = "../../docs/schema/scenario.schema.json" };
        if (About.Length > 0) scenario["about"] = About;
        scenario["journey"] = Journey;
        if (Start.Length > 0) scenario["start"] = Start;
        if (!Newsletters) scenario["newsletters"] = false;
        if (Days.Length > 0)
            scenario["days"] = int.TryParse(Days, CultureInfo.InvariantCulture, out var days) ? days : Days;
        scenario["customer"] = Known();
        scenario["events"] = new JsonArray([.. Events.Select(Happens)]);
        scenario["diary"] = new JsonArray([.. diary.Select(line => (JsonNode)line)]);
        return scenario.ToJsonString(Readable) + "\n";
    }

    private JsonObject Known()
    {
        var customer = new JsonObject();
        foreach (var (name, value) in ((string, string)[])[("familyName", FamilyName), ("givenName", GivenName),
            ("email", Email)])
            if (value.Length > 0) customer[name] = value;
        if (Tags.Length > 0)
            customer["tags"] = new JsonArray(
                [.. Tags.Split(',', '、').Select(tag => (JsonNode)tag.Trim()).Where(tag => $"{tag}".Length > 0)]);
        if (Attributes.Length > 0) customer["attributes"] = Parsed(Attributes);
        if (Consent is not ("" or "unknown")) customer["consent"] = new JsonObject { ["email"] = Consent };
        return customer;
    }

    private static JsonNode Happens(EventRow row)
    {
        var happens = new JsonObject { ["day"] = Parsed(row.Day), ["event"] = row.Event };
        if (row.At.Length > 0) happens["at"] = row.At;
        if (row.Event == EventTypes.OrderPlaced && row.Total.Length > 0)
            happens["order"] = new JsonObject { ["total"] = Parsed(row.Total) };
        if (row.Data.Length > 0) happens["data"] = Parsed(row.Data);
        return happens;
    }

    private static JsonNode? Parsed(string text)
    {
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return text; }
    }
}
