using Automation.Marketing.Insights;

namespace Automation.Console.Insights;

/// <summary>Long-term value, honestly measured.</summary>
public sealed record InsightsReport
{
    public DateTimeOffset? CountedAt { get; init; }
    public required ThanksReport Thanks { get; init; }
    public required BuyersReport Customers { get; init; }

    /// <summary>The last so many days, today last.</summary>
    public required IReadOnlyList<DayFigures> Days { get; init; }

    /// <summary>By the month of the first order, oldest first.</summary>
    public required IReadOnlyList<CohortFigures> Cohorts { get; init; }
    public required IReadOnlyList<JourneyLine> Journeys { get; init; }

    /// <summary>Issues that went out, oldest first.</summary>
    public required IReadOnlyList<IssueInsights> Issues { get; init; }

    /// <summary>What was bought next, most often first.</summary>
    public required IReadOnlyList<ProductPair> Pairs { get; init; }
}

/// <summary>What a journey does, and whether it makes a difference.</summary>
public sealed record JourneyLine(string Id, string Name, JourneyReport Report);

/// <summary>So many customers bought the second after the first.</summary>
public sealed record ProductPair(string First, string Then, int Customers);
