namespace Automation.Marketing.Journeys;

/// <summary>A journey as written. <paramref name="Hash"/> is the SHA-256 of the file's bytes, lower-case hex.</summary>
public sealed record JourneyFile(string Id, string File, string Source, string Hash, Journey Journey);
