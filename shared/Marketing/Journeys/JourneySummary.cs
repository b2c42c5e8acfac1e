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

    /// <summary>What starts it: an event, a date, what becomes true.</summary>
    public string Trigger => Of.Journey.Trigger.InWords;
    public bool Paused { get; } = Among.IsPaused(Of.Id);
}
