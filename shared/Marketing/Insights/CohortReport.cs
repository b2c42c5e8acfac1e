using System.Text.Json.Serialization;

namespace Automation.Marketing.Insights;

/// <summary>Customers by the month of their first order, and by how often they come.</summary>
public sealed record CohortReport(
    DateTimeOffset? CountedAt, IReadOnlyList<CohortFigures> Items, IReadOnlyList<Rhythm> Rhythms);

/// <summary>Customers of one month: who came back (F2 転換率), and what they were worth.</summary>
public sealed record CohortFigures([property: JsonIgnore] Cohort Of)
{
    public string Month => Of.Month;
    public ShareReport BoughtAgain => ShareReport.From(Of.Again);
    public decimal Orders => Of.Orders;
    public decimal Revenue => Of.Revenue;

    /// <summary>What one of them has spent on average so far.</summary>
    public decimal LifetimeValue => Math.Round(Of.LifetimeValue, 2);

    /// <summary>The same from month to month, cumulated.</summary>
    public IReadOnlyList<decimal> LifetimeValueByMonth => Of.ByMonth;
}
