namespace Automation.Year.Tests;

/// <summary>One order as it really happened, whatever webhooks said of it and when.</summary>
/// <param name="Told">When its first webhook came in.</param>
public sealed record RealOrder(int N, DateTimeOffset Placed, DateTimeOffset Told, bool AtTheTill, int Total)
{
    public DateTimeOffset? Shipped { get; init; }
    public DateTimeOffset? Cancelled { get; init; }
    public DateTimeOffset? Refunded { get; init; }
}

/// <summary>A customer of the imagined shop: their habits, and what they really did. The tests know it; the product
/// learns it from webhooks.</summary>
public sealed record Person(int N, string Source)
{
    public string Email => $"p{N}@example.jp";
    public bool AgreesToLetters { get; init; }

    /// <summary>When they stop the letters, with the link of the latest; null: never.</summary>
    public DateTimeOffset? StopsAt { get; init; }

    /// <summary>Their mailbox does not exist: the first mail to it bounces.</summary>
    public bool Bounces { get; init; }

    /// <summary>Clicks on what journeys write.</summary>
    public bool Clicks { get; init; }

    /// <summary>Lives elsewhere; null: in the shop's zone.</summary>
    public string? TimeZone { get; init; }
    public required IReadOnlyList<RealOrder> Orders { get; init; }
}
