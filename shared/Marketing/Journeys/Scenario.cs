using System.Text.Json;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>An imagined customer, what happens to them, and the diary the journey should then write
/// (shop/tests/{id}.json).</summary>
public sealed record Scenario
{
    /// <summary>A Monday without anything special about it.</summary>
    public static readonly DateTime DefaultStart = new(2026, 6, 1, 9, 0, 0);

    /// <summary>The file's name without its ending.</summary>
    public string Id { get; init; } = "";
    public string? About { get; init; }
    public required string Journey { get; init; }

    /// <summary>Day 0, on the shop's clocks.</summary>
    public DateTime Start { get; init; } = DefaultStart;

    /// <summary>Do the shop's newsletters go out beside it, as its files say?</summary>
    public bool Newsletters { get; init; } = true;

    /// <summary>So long nights are played, in which dates come and things become true; walks go on to their
    /// end.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>Every date comes once.</summary>
    public const int UsualDays = 366;

    /// <summary>As known at the start, without orders: those come from events.</summary>
    public required Customer Customer { get; init; }
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];
    public IReadOnlyList<string> Diary { get; init; } = [];

    public DateTimeOffset StartsAt(TimeZoneInfo shop) => Zones.Instant(Start, shop);

    /// <summary>When an event happens: on its day at its time; without a time on day 0 at the start, else at midnight.
    /// Day 0 is never before the start.</summary>
    public DateTimeOffset At(ScenarioEvent happens, TimeZoneInfo shop)
    {
        var at = Zones.Instant(Start.Date.AddDays(happens.Day) + (happens.At ?? TimeOnly.MinValue).ToTimeSpan(), shop);
        return happens.Day == 0 && at < StartsAt(shop) ? StartsAt(shop) : at;
    }
}

/// <summary>Something that happens in a scenario.</summary>
public sealed record ScenarioEvent
{
    /// <summary>From the start; below zero is history.</summary>
    public required int Day { get; init; }

    /// <summary>On the shop's clocks.</summary>
    public required TimeOnly? At { get; init; }
    public required string Event { get; init; }

    /// <summary>The mail of a mail event; null: the latest one sent.</summary>
    public string? Mail { get; init; }

    /// <summary>The new order of <c>order.placed</c>; null with other order events: the latest order.</summary>
    public ScenarioOrder? Order { get; init; }
    public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
}

/// <summary>An imagined order, as far as the scenario says.</summary>
public sealed record ScenarioOrder(string? Number, decimal Total, string Channel, IReadOnlyList<OrderLine> Lines)
{
    public static readonly ScenarioOrder Any = new(null, 0, "web", []);
    public string? PaymentMethod { get; init; }
    public IReadOnlyList<string>? DiscountCodes { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The order as if it had just come from a source called <c>scenario</c>.</summary>
    public Order AsOrder(int nth, DateTimeOffset placedAt, string currency, CustomerId customer) => new()
    {
        Source = "scenario",
        Id = $"{1000 + nth}",
        Number = Number ?? $"#{1000 + nth}",
        PlacedAt = placedAt,
        UpdatedAt = placedAt,
        Currency = currency,
        Total = Total,
        Channel = Channel,
        PaymentMethod = PaymentMethod,
        DiscountCodes = DiscountCodes,
        Tags = Tags,
        Lines = Lines,
        Customer = customer,
    };
}
