using System.Text.Json.Serialization;

namespace Automation.Marketing.Journeys;

/// <summary>A journey in a list.</summary>
public sealed record JourneySummary(
    [property: JsonIgnore] PublishedJourney Of, [property: JsonIgnore] PublishedJourneys Among)
{
    public string Id => Of.Id;
    public string Name => Of.Journey.Name;
    public int Version => Of.Version;
    public Purpose Purpose => Of.Journey.Purpose;

    /// <summary>The event that starts it.</summary>
    public string Trigger => Of.Journey.Trigger.Event;
    public bool Paused { get; } = Among.IsPaused(Of.Id);
}
