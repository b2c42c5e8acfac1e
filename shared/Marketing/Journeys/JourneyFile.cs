namespace Automation.Marketing.Journeys;

/// <summary>A journey as written. <paramref name="Hash"/> is the SHA-256 of the file's bytes, lower-case hex.</summary>
public sealed record JourneyFile(string Id, string File, string Source, string Hash, Journey Journey)
{
    /// <summary>What may not be meant as it is written; nothing that keeps it from being published.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}
