using System.Text.Json.Serialization;

namespace Automation.Marketing.Insights;

/// <summary>The first screen: how fast thank-yous go out, who comes back, what journeys and newsletters do.</summary>
public sealed record Overview
{
    /// <summary>Null: nothing was counted yet.</summary>
    public DateTimeOffset? CountedAt { get; init; }
    public required ThanksReport Thanks { get; init; }
    public required BuyersReport Customers { get; init; }
    public required IReadOnlyList<JourneyFigures> Journeys { get; init; }
    public required IReadOnlyList<NewsletterFigures> Newsletters { get; init; }
}

/// <summary>How long thank-yous took.</summary>
public sealed record ThanksReport(ThanksOfDays Today, ThanksOfDays Last7Days, ThanksOfDays Last30Days)
{
    public static ThanksReport Of(Book book) =>
        new(ThanksOfDays.Of(book, 1), ThanksOfDays.Of(book, 7), ThanksOfDays.Of(book, 30));
}

/// <summary>Since the customer ordered, and since we knew of it.</summary>
public sealed record ThanksOfDays(LatencyReport SinceOrder, LatencyReport SinceKnown)
{
    internal static ThanksOfDays Of(Book book, int days) =>
        new(LatencyReport.Of(book.Thanks(days, "order")), LatencyReport.Of(book.Thanks(days, "known")));
}

/// <summary>How many, and what half and nineteen of twenty of them stayed below.</summary>
public sealed record LatencyReport(decimal Count, double? P50Seconds, double? P95Seconds)
{
    internal static LatencyReport Of(ThanksLatency latency) =>
        new(latency.Count, Rounded(latency.P50), Rounded(latency.P95));

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 1) : null;
}

/// <summary>Who comes back.</summary>
public sealed record BuyersReport(ShareReport BoughtAgain, decimal Orders, decimal Revenue)
{
    public static BuyersReport Of(IReadOnlyList<Cohort> cohorts) => new(
        ShareReport.From(new(cohorts.Sum(cohort => cohort.Again.Of), cohorts.Sum(cohort => cohort.Again.All))),
        cohorts.Sum(cohort => cohort.Orders),
        cohorts.Sum(cohort => cohort.Revenue));
}

/// <summary>What a journey does, in short.</summary>
public sealed record JourneyFigures(string Journey, [property: JsonIgnore] FiguresOf Figures)
{
    public decimal Entered => Figures["entered"];
    public decimal Live => Figures["live"];
    public decimal Buyers => Figures["buyers"];
    public decimal Orders => Figures["orders"];
    public decimal Revenue => Figures["revenue"];
}

/// <summary>What a newsletter's issues did.</summary>
public sealed record NewsletterFigures(string Newsletter, int Issues, int Sent, ShareReport OptOuts);

/// <summary>Figures whose names begin alike, by the rest of their names.</summary>
public readonly record struct FiguresOf(Figures All, string Prefix)
{
    public decimal this[string name] => All[Prefix + name];
}
