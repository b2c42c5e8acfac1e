namespace Automation.Marketing.Insights;

/// <summary>Customers by the month of their first order.</summary>
public sealed record CohortReport(DateTimeOffset? CountedAt, IReadOnlyList<CohortFigures> Items);

/// <summary>Customers of one month: who came back (F2 転換率), and what they were worth.</summary>
public sealed record CohortFigures
{
    public required string Month { get; init; }
    public required ShareReport BoughtAgain { get; init; }
    public required decimal Orders { get; init; }
    public required decimal Revenue { get; init; }

    /// <summary>What one of them has spent on average so far.</summary>
    public required decimal LifetimeValue { get; init; }

    /// <summary>The same from month to month, cumulated.</summary>
    public required IReadOnlyList<decimal> LifetimeValueByMonth { get; init; }

    public static CohortFigures Of(Cohort cohort) => new()
    {
        Month = cohort.Month,
        BoughtAgain = ShareReport.From(cohort.Again),
        Orders = cohort.Orders,
        Revenue = cohort.Revenue,
        LifetimeValue = Math.Round(cohort.LifetimeValue, 2),
        LifetimeValueByMonth = cohort.ByMonth,
    };
}
