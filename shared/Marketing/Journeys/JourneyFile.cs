namespace Automation.Marketing.Journeys;

/// <summary>A journey as written. <see cref="Hash"/> is the SHA-256 of the file's bytes, lower-case hex.</summary>
public sealed record JourneyFile
{
    public required string Id { get; init; }
    public required string File { get; init; }
    public required string Source { get; init; }
    public required string Hash { get; init; }
    public required Journey Journey { get; init; }

    /// <summary>What may not be meant as it is written; nothing that keeps it from being published.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}
