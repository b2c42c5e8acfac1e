namespace Automation.Marketing.Journeys;

/// <summary>All steps of a journey, those in branches and arms included.</summary>
public static class Steps
{
    public static IEnumerable<Step> All(IEnumerable<Step>? steps)
    {
        foreach (var step in steps ?? [])
        {
            yield return step;
            foreach (var (_, behind) in PlacedSteps.Doors(step))
                foreach (var inner in All(behind)) yield return inner;
        }
    }

    /// <summary>The mails a journey may send, by name.</summary>
    public static IReadOnlySet<string> Mails(Journey journey) =>
        All(journey.Steps).OfType<Step.Send>().Select(send => send.Mail).OfType<string>().ToHashSet();

    /// <summary>The LINE texts a journey may send, by name.</summary>
    public static IReadOnlySet<string> Lines(Journey journey) =>
        All(journey.Steps).OfType<Step.Send>().Select(send => send.Line).OfType<string>().ToHashSet();
}
