using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Console.Journeys;

/// <summary>A scenario of the shop, played with a draft.</summary>
/// <param name="Differences">Where the diary is another than expected; none: it is as expected.</param>
public sealed record ScenarioRun(
    string Id, string? About, IReadOnlyList<string> Diary, IReadOnlyList<string> Differences)
{
    public bool IsBroken => Differences.Count > 0;
}

/// <summary>A journey's text while it is being written, and what there is to say of it.</summary>
public sealed record EditModel
{
    public required string Id { get; init; }
    public required string Text { get; init; }

    /// <summary>Is there a file of it already?</summary>
    public required bool Exists { get; init; }

    /// <summary>Was the text asked about just now?</summary>
    public bool IsChecked { get; init; }
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What may not be meant as it is written; it keeps nothing from being published.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>The text as read; null: it cannot be.</summary>
    public Journey? Journey { get; init; }

    /// <summary>Null: nobody asked for them.</summary>
    public IReadOnlyList<ScenarioRun>? Runs { get; init; }

    /// <summary>Why it was not published: <c>meanwhile</c>, or a sentence; null: nobody tried.</summary>
    public string? Refusal { get; init; }
    public required ShopSettings Shop { get; init; }
}

/// <summary>Who is in a version that is left behind, step by step, and where they may go.</summary>
/// <param name="From">The version they are in.</param>
/// <param name="To">The journey as it is, or is about to be.</param>
/// <param name="People">How many are at each step, by cursor.</param>
/// <param name="Proposed">Where each step's people would go: the same step, or the one that took its place.</param>
public sealed record MoveOffer(
    PublishedJourney From, Journey To, IReadOnlyDictionary<string, decimal> People,
    IReadOnlyDictionary<string, string> Proposed)
{
    public decimal All => People.Values.Sum();

    /// <summary>Where somebody is or may come to stand.</summary>
    public IReadOnlyList<PlacedStep> Steps =>
        [.. PlacedSteps.Of(From.Journey).Where(step => step.Holds || People.GetValueOrDefault(step.Cursor) > 0)];

    /// <summary>The name of a step's field in a form.</summary>
    public string Field(string cursor) => $"move.{From.Version}.{cursor}";

    /// <summary>The name of the field that says whether anybody is moved at all.</summary>
    public string HowField => $"how.{From.Version}";

    public static MoveOffer Of(PublishedJourney from, Journey to, IReadOnlyDictionary<string, decimal> people) =>
        new(from, to, people, StepPairs.Of(from.Journey, to));
}

/// <summary>What publishing a text changes, and for whom.</summary>
public sealed record PublishModel
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required Journey Journey { get; init; }

    /// <summary>Names the file as it was when this was shown; empty: there was none.</summary>
    public required string Seen { get; init; }
    public required IReadOnlyList<string> Sentences { get; init; }
    public required IReadOnlyList<string> Lines { get; init; }
    public required IReadOnlyList<ScenarioRun> Runs { get; init; }

    /// <summary>By the versions people are in, newest first.</summary>
    public required IReadOnlyList<MoveOffer> Offers { get; init; }
    public required DateTimeOffset? CountedAt { get; init; }

    /// <summary>Why it was not published: <c>scenarios</c>, <c>meanwhile</c>; null: nobody tried.</summary>
    public string? Refusal { get; init; }
    public IReadOnlyList<ScenarioRun> Broken => [.. Runs.Where(run => run.IsBroken)];
}

/// <summary>Moves of a journey: those there were, and one that may be asked for.</summary>
public sealed record MoveModel
{
    public required string Id { get; init; }
    public required string JourneyName { get; init; }
    public required int Version { get; init; }

    /// <summary>Null: nobody is in an older version.</summary>
    public required MoveOffer? Offer { get; init; }
    public required IReadOnlyList<MoveOrder> Orders { get; init; }
    public required DateTimeOffset? CountedAt { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }

    public bool IsRunning => Orders.Any(order => order.State == MoveState.Running);
}
