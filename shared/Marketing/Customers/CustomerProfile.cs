using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>A customer as people look at them: who they are, what they agreed to, and their orders in
/// figures.</summary>
public sealed record CustomerProfile([property: JsonIgnore] Customer Of, [property: JsonIgnore] DateTimeOffset Now)
{
    public CustomerId Id => Of.Id;
    public string? FamilyName => Of.FamilyName;
    public string? GivenName => Of.GivenName;
    public string? Email => Of.Email;
    public string? Phone => Of.Phone;
    public string? Language => Of.Language;
    public string? Country => Of.Country;
    public string? TimeZone => Of.TimeZone;
    public DateTimeOffset CreatedAt => Of.CreatedAt;
    public DateTimeOffset? ErasedAt => Of.ErasedAt;
    public IReadOnlyList<string> Identities => Of.Identities;
    public IReadOnlyList<string> Tags => Of.Tags;
    public IReadOnlyDictionary<string, JsonElement> Attributes => Of.Attributes;

    /// <summary>By channel.</summary>
    public IReadOnlyDictionary<string, ConsentRecord> Consent => Of.Consent;

    /// <summary>Channels whose address is never written to again, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Suppressed => Of.Suppressed;
    public ChosenPreferences Preferences => ChosenPreferences.From(Of, Now);
    public OrderFigures Orders => new(Of.Orders, Now);
}

/// <summary>What they chose on their page, as it holds now: a pause that is over is none.</summary>
/// <param name="Stopped">No marketing by e-mail at all.</param>
/// <param name="Monthly">Of each newsletter only the first issue of a month.</param>
/// <param name="Without">Newsletters they left.</param>
public sealed record ChosenPreferences(
    bool Stopped, bool Monthly, DateTimeOffset? PausedUntil, IReadOnlyList<string> Without)
{
    public static ChosenPreferences From(Customer customer, DateTimeOffset now)
    {
        var chosen = customer.Preferences ?? Preferences.None;
        return new(
            customer.Consent.GetValueOrDefault("email") is { State: ConsentState.Withdrawn },
            chosen.Monthly,
            chosen.PausedUntil > now ? chosen.PausedUntil : null,
            chosen.Without);
    }
}

/// <summary>A customer's orders in figures.</summary>
public sealed record OrderFigures([property: JsonIgnore] OrderFacts Of, [property: JsonIgnore] DateTimeOffset Now)
{
    public int Count => Facts.Count(Of);
    public decimal Total => Facts.Total(Of);
    public DateTimeOffset? FirstAt => Facts.FirstAt(Of);
    public DateTimeOffset? LastAt => Facts.LastAt(Of);
    public double? DaysSinceLast => Rounded(Facts.DaysSinceLast(Of, Now), 1);

    /// <summary>The median between their orders; null: too few of them.</summary>
    public double? UsualIntervalDays => Rounded(Facts.UsualIntervalDays(Of, null), 1);

    /// <summary>Days since the last order by their usual interval: 1 is on time.</summary>
    public double? Lateness => Rounded(Facts.Lateness(Of, null, Now), 2);

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
