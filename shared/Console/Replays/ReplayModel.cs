using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Marketing.Replays;

namespace Automation.Console.Replays;

/// <summary>The replay that was asked for last, and the form for another.</summary>
public sealed record ReplayModel
{
    /// <summary>Null: nobody ever asked for one.</summary>
    public Replay? Latest { get; init; }

    /// <summary>How many days back, as typed.</summary>
    public string Days { get; init; } = "30";

    /// <summary>The file that is drafted in the form; null: none is, the shop is played as it is published.</summary>
    public string? File { get; init; }

    /// <summary>Its text.</summary>
    public string Text { get; init; } = "";

    /// <summary>What can be drafted.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Why nothing was begun: <c>days</c>, <c>busy</c>, <c>file</c>, <c>size</c>; null: nobody
    /// tried.</summary>
    public string? Refusal { get; init; }

    /// <summary>What those are called who would have got something else.</summary>
    public IReadOnlyDictionary<CustomerId, string> Names { get; init; } = new Dictionary<CustomerId, string>();

    /// <summary>The editor's schema for the file; null: there is none.</summary>
    public string? Schema => File switch
    {
        null => null,
        "shop.json" => "shop",
        _ when File.StartsWith("journeys/", StringComparison.Ordinal) => "journey",
        _ when File.StartsWith("newsletters/", StringComparison.Ordinal) && File.EndsWith(
            ".json", StringComparison.Ordinal) => "newsletter",
        _ => null,
    };

    public bool IsRunning => Latest?.IsRunning == true;
}
