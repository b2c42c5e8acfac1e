using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Sending;

namespace Automation.Console.Journeys;

/// <summary>What would happen.</summary>
/// <param name="Mails">As they would have arrived.</param>
public sealed record PlayedStory(IReadOnlyList<string> Diary, IReadOnlyList<Message> Mails);

/// <summary>The simulator: an imagined customer, a timeline, and what a journey makes of them.</summary>
public sealed record SimulatorModel
{
    public required ScenarioForm Form { get; init; }

    /// <summary>Journeys there are, by id.</summary>
    public required IReadOnlyList<Journey> Journeys { get; init; }

    /// <summary>Scenarios of the shop, by id.</summary>
    public required IReadOnlyList<(string Id, string Journey)> Scenarios { get; init; }

    /// <summary>Events that may happen.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Another text of the journey; empty: the one in force.</summary>
    public string Draft { get; init; } = "";

    /// <summary>The file it was opened from or is to be saved as, without ending.</summary>
    public string File { get; init; } = "";

    /// <summary>Whom the customer was looked up by; null: nobody.</summary>
    public string? Sought { get; init; }

    /// <summary>What is wrong with what was typed.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What went wrong otherwise: <c>customer</c>, <c>file</c>; null: nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>Null: nothing was played.</summary>
    public PlayedStory? Story { get; init; }
}
