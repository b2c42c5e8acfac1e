using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>A customer as <c>/api</c> shows it: the row, and the facts in figures.</summary>
public static class CustomerAnswers
{
    /// <summary>The id in the route; null where it is none.</summary>
    public static CustomerId? CustomerId(this HttpContext http) =>
        http.Route("id") is var id && Marketing.Customers.CustomerId.IsWellFormed(id) ? new CustomerId(id) : null;

    public static Task NoSuchCustomer(this HttpContext http) => http.Refuse(StatusCodes.Status404NotFound, "There is no such customer.");

    public static void Write(this Utf8JsonWriter json, Customer customer, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", customer.Id.Value);
        Optional("familyName", customer.FamilyName);
        Optional("givenName", customer.GivenName);
        Optional("email", customer.Email);
        Optional("phone", customer.Phone);
        Optional("language", customer.Language);
        Optional("timeZone", customer.TimeZone);
        json.WriteString("createdAt", customer.CreatedAt);
        if (customer.ErasedAt is { } erased) json.WriteString("erasedAt", erased);
        Texts("identities", customer.Identities);
        Texts("tags", customer.Tags);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in customer.Attributes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteStartObject("consent");
        foreach (var (channel, said) in customer.Consent)
        {
            json.WritePropertyName(channel);
            JsonSerializer.Serialize(json, said, CustomerJson.ConsentRecord);
        }
        json.WriteEndObject();
        json.WriteStartObject("suppressed");
        foreach (var (channel, reason) in customer.Suppressed) json.WriteString(channel, reason);
        json.WriteEndObject();
        Preferences(json, customer, now);
        json.WritePropertyName("orders");
        json.Write(customer.Orders, now);
        json.WriteEndObject();

        void Optional(string name, string? text) { if (text is not null) json.WriteString(name, text); }

        void Texts(string name, IReadOnlyList<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }

    /// <summary>What they chose on their page, as it holds now: a pause that is over is none.</summary>
    private static void Preferences(Utf8JsonWriter json, Customer customer, DateTimeOffset now)
    {
        var chosen = customer.Preferences ?? Marketing.Customers.Preferences.None;
        json.WriteStartObject("preferences");
        json.WriteBoolean("stopped", customer.Consent.GetValueOrDefault("email") is { State: ConsentState.Withdrawn });
        json.WriteBoolean("monthly", chosen.Monthly);
        if (chosen.PausedUntil is { } until && until > now) json.WriteString("pausedUntil", until);
        json.WriteStartArray("without");
        foreach (var topic in chosen.Without) json.WriteStringValue(topic);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(this Utf8JsonWriter json, OrderFacts facts, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("count", Facts.Count(facts));
        json.WriteNumber("total", Facts.Total(facts));
        if (Facts.FirstAt(facts) is { } first) json.WriteString("firstAt", first);
        if (Facts.LastAt(facts) is { } last) json.WriteString("lastAt", last);
        if (Facts.DaysSinceLast(facts, now) is { } days) json.WriteNumber("daysSinceLast", Math.Round(days, 1));
        if (Facts.UsualIntervalDays(facts, null) is { } interval) json.WriteNumber("usualIntervalDays", Math.Round(interval, 1));
        if (Facts.Lateness(facts, null, now) is { } lateness) json.WriteNumber("lateness", Math.Round(lateness, 2));
        json.WriteEndObject();
    }
}
