using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Console.Journeys;

/// <summary>A journey in the list.</summary>
/// <param name="IsGone">Its file is not there any more; people may still be in it.</param>
public sealed record JourneyRow(PublishedJourney Of, JourneyReport Report, bool IsPaused, bool IsGone = false);

/// <summary>All journeys of the shop, and what is wrong in their files.</summary>
/// <param name="Problems">By file within the shop folder.</param>
public sealed record JourneysModel(
    IReadOnlyList<JourneyRow> Items, IReadOnlyList<Problem> Problems, DateTimeOffset? CountedAt, ShopSettings Shop);

/// <summary>A journey and all there is to say of it.</summary>
public sealed record JourneyModel
{
    public required JourneyRow Row { get; init; }
    public required ShopSettings Shop { get; init; }

    /// <summary>What is wrong in its file as it is now: the last good version counts.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    public PublishedJourney Of => Row.Of;
    public JourneyReport Report => Row.Report;

    /// <summary>Who is where in the version in force, by cursor.</summary>
    public IReadOnlyDictionary<string, decimal> People => Report.Waiting
        .Where(at => at.Version == Of.Version).ToDictionary(at => at.Step, at => at.Customers);

    /// <summary>How many are in versions that are not in force any more, newest first.</summary>
    public IReadOnlyList<(int Version, decimal Customers)> Older =>
    [
        .. Report.Waiting.Where(at => at.Version != Of.Version).GroupBy(at => at.Version)
            .Select(group => (group.Key, group.Sum(at => at.Customers))).OrderByDescending(one => one.Key),
    ];
}

/// <summary>One walk in the list, with the customer's name and the step's.</summary>
public sealed record WalkRow(EnrollmentSummary Of, string? Name, Step? Step);

/// <summary>Who walks a journey, a page of them.</summary>
public sealed record WalksModel
{
    public required string Id { get; init; }
    public required string JourneyName { get; init; }

    /// <summary><c>live</c>, <c>ended</c>; null: both.</summary>
    public required string? State { get; init; }
    public required IReadOnlyList<WalkRow> Items { get; init; }

    /// <summary>Where the next page begins; null: this was the last one.</summary>
    public required string? Next { get; init; }
}

/// <summary>The versions of a journey, one of them opened.</summary>
public sealed record VersionsModel
{
    public required string Id { get; init; }
    public required IReadOnlyList<JourneyVersion> Versions { get; init; }

    /// <summary>The one that is looked at.</summary>
    public required JourneyVersion Opened { get; init; }

    /// <summary>It, as read; null: it cannot be read.</summary>
    public required Journey? Journey { get; init; }
    public required JourneyVersion? Against { get; init; }

    /// <summary>What it changed against <see cref="Against"/>, line by line.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The same, sentence by sentence.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }
    public required ShopSettings Shop { get; init; }
}

/// <summary>A new journey as asked for, and what is wrong with it.</summary>
public sealed record NewJourneyModel
{
    public required string? Id { get; init; }
    public required string? Name { get; init; }
    public required string? Template { get; init; }

    /// <summary>Why the id cannot be taken: <c>form</c>, <c>taken</c>; null: it can.</summary>
    public required string? IdProblem { get; init; }
    public required bool NameMissing { get; init; }
    public required IReadOnlyList<JourneyTemplate> Templates { get; init; }
}
