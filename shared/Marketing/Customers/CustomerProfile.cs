using System.Text.Json;
using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>A customer as people look at them: who they are, what they agreed to, and their orders in figures.</summary>
public sealed record CustomerProfile
{
    public required CustomerId Id { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
    public required IReadOnlyList<string> Identities { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }

    /// <summary>By channel.</summary>
    public required IReadOnlyDictionary<string, ConsentRecord> Consent { get; init; }

    /// <summary>Channels whose address is never written to again, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> Suppressed { get; init; }
    public required ChosenPreferences Preferences { get; init; }
    public required OrderFigures Orders { get; init; }

    public static CustomerProfile Of(Customer customer, DateTimeOffset now) => new()
    {
        Id = customer.Id,
        FamilyName = customer.FamilyName,
        GivenName = customer.GivenName,
        Email = customer.Email,
        Phone = customer.Phone,
        Language = customer.Language,
        TimeZone = customer.TimeZone,
        CreatedAt = customer.CreatedAt,
        ErasedAt = customer.ErasedAt,
        Identities = customer.Identities,
        Tags = customer.Tags,
        Attributes = customer.Attributes,
        Consent = customer.Consent,
        Suppressed = customer.Suppressed,
        Preferences = ChosenPreferences.Of(customer, now),
        Orders = OrderFigures.Of(customer.Orders, now),
    };
}

/// <summary>What they chose on their page, as it holds now: a pause that is over is none.</summary>
/// <param name="Stopped">No marketing by e-mail at all.</param>
/// <param name="Monthly">Of each newsletter only the first issue of a month.</param>
/// <param name="Without">Newsletters they left.</param>
public sealed record ChosenPreferences(
    bool Stopped, bool Monthly, DateTimeOffset? PausedUntil, IReadOnlyList<string> Without)
{
    public static ChosenPreferences Of(Customer customer, DateTimeOffset now)
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
public sealed record OrderFigures
{
    public required int Count { get; init; }
    public required decimal Total { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public double? DaysSinceLast { get; init; }

    /// <summary>The median between their orders; null: too few of them.</summary>
    public double? UsualIntervalDays { get; init; }

    /// <summary>Days since the last order by their usual interval: 1 is on time.</summary>
    public double? Lateness { get; init; }

    public static OrderFigures Of(OrderFacts facts, DateTimeOffset now) => new()
    {
        Count = Facts.Count(facts),
        Total = Facts.Total(facts),
        FirstAt = Facts.FirstAt(facts),
        LastAt = Facts.LastAt(facts),
        DaysSinceLast = Rounded(Facts.DaysSinceLast(facts, now), 1),
        UsualIntervalDays = Rounded(Facts.UsualIntervalDays(facts, null), 1),
        Lateness = Rounded(Facts.Lateness(facts, null, now), 2),
    };

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
