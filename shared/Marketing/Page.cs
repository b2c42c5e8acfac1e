namespace Automation.Marketing;

/// <summary>A part of a list.</summary>
/// <param name="Next">Where the next part begins; null: this was the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);
