using Automation.Console.Calendar;
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

    /// <summary>How often customers come, from the most frequent on.</summary>
    public required IReadOnlyList<Rhythm> Rhythms { get; init; }

    /// <summary>What was bought next, most often first.</summary>
    public required IReadOnlyList<ProductPair> Pairs { get; init; }
}

/// <summary>What a journey does, and whether it makes a difference.</summary>
public sealed record JourneyLine(string Id, string Name, JourneyReport Report);

/// <summary>What the newsletters of one week did together.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Issues">One or more.</param>
public sealed record NewsletterWeek(DateOnly Monday, IReadOnlyList<IssueInsights> Issues)
{
    public int Sent => Issues.Sum(issue => issue.Sent);
    public decimal Delivered => Issues.Sum(issue => issue.Delivered);
    public decimal Opened => Issues.Sum(issue => issue.Opened);
    public decimal Clicked => Issues.Sum(issue => issue.Clicked);
    public decimal OptedOut => Issues.Sum(issue => issue.OptedOut);
    public decimal Orders => Issues.Sum(issue => issue.Orders);
    public decimal Revenue => Issues.Sum(issue => issue.Revenue);

    /// <summary>By the days of their slots, latest week first.</summary>
    public static IReadOnlyList<NewsletterWeek> Of(IEnumerable<IssueInsights> issues) =>
    [
        .. issues.GroupBy(issue => CalendarReport.Monday(issue.Issue.Id.Date)).OrderByDescending(week => week.Key)
            .Select(week => new NewsletterWeek(week.Key, [.. week])),
    ];
}

/// <summary>So many customers bought the second after the first.</summary>
public sealed record ProductPair(string First, string Then, int Customers);
