namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>What the orchestration of an issue does next.</summary>
/// <param name="Ended">It is over, and how.</param>
/// <param name="Until">Sleep until then, or until somebody says something; with neither: until somebody says
/// something.</param>
public sealed record IssueStep(bool Go, string? Ended = null, DateTimeOffset? Until = null);
