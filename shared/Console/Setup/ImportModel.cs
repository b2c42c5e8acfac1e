namespace Automation.Console.Setup;

/// <summary>A file of the past on its way in.</summary>
public sealed record ImportModel
{
    /// <summary>Whose ids it may hold.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
    public required string Source { get; init; }

    /// <summary>The day on which consents without one of their own are said to have held; empty: none is.</summary>
    public string AsOf { get; init; } = "";

    /// <summary>Its name; null: none was chosen yet.</summary>
    public string? File { get; init; }

    /// <summary>What it holds, for the second step.</summary>
    public string? Text { get; init; }

    /// <summary>How each column is read, the first rows as they would become, what is left out.</summary>
    public string? Preview { get; init; }

    /// <summary>How many came in; null: it was not brought in.</summary>
    public int? Imported { get; init; }
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Why nothing was done, as a word: <c>source</c>, <c>day</c>, <c>file</c>, <c>busy</c>.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why the file cannot be read, in words.</summary>
    public string? Wrong { get; init; }
}
