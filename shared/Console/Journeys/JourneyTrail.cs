namespace Automation.Console.Journeys;

/// <summary>Where the pages of journeys hang.</summary>
public static class JourneyTrail
{
    public static IReadOnlyList<(string Name, string Address)> Of(Language say) =>
        [(say["ジャーニー", "Journeys"], "/console/journeys")];

    public static IReadOnlyList<(string Name, string Address)> Of(Language say, string name, string id) =>
        [.. Of(say), (name, $"/console/journeys/{id}")];
}
