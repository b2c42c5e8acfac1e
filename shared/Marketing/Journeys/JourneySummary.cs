namespace Automation.Marketing.Journeys;

/// <summary>A journey in a list.</summary>
public sealed record JourneySummary
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required int Version { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>The event that starts it.</summary>
    public required string Trigger { get; init; }
    public required bool Paused { get; init; }

    public static JourneySummary Of(PublishedJourney journey, bool paused) => new()
    {
        Id = journey.Id,
        Name = journey.Journey.Name,
        Version = journey.Version,
        Purpose = journey.Journey.Purpose,
        Trigger = journey.Journey.Trigger.Event,
        Paused = paused,
    };
}
