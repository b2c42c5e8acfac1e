using System.Globalization;

namespace Automation.Marketing.Insights;

/// <summary>How long thank-yous took, seconds; null where there was none.</summary>
public sealed record ThanksLatency(decimal Count, double? P50, double? P95);

/// <summary>Customers whose first order fell into one month.</summary>
public sealed record Cohort
{
    public required string Month { get; init; }
    public required Share Again { get; init; }
    public required decimal Orders { get; init; }
    public required decimal Revenue { get; init; }

    /// <summary>What one of them had spent on average, from the month of the first order on, cumulated.</summary>
    public required IReadOnlyList<decimal> ByMonth { get; init; }

    /// <summary>What one of them has spent on average so far.</summary>
    public decimal LifetimeValue => Revenue / Again.All;
}

/// <summary>The figures as they are read: rates, percentiles, lift. Pure.</summary>
/// <param name="Today">In the shop's zone: windows that closed before it are over.</param>
public sealed record Book(Figures Figures, DateOnly Today)
{
    /// <param name="days">The last so many days, today included.</param>
    /// <param name="since"><c>order</c>: since the customer ordered; <c>known</c>: since we heard of it.</param>
    public ThanksLatency Thanks(int days, string since)
    {
        var byEnd = new Dictionary<int, decimal>();
        for (var n = 0; n < days; n++)
            foreach (var (end, count) in Figures.Under(string.Create(
                CultureInfo.InvariantCulture, $"thanks|{Today.AddDays(-n):yyyy-MM-dd}|{since}|")))
            {
                var key = int.Parse(end, CultureInfo.InvariantCulture);
                byEnd[key] = byEnd.GetValueOrDefault(key) + count;
            }
        return new(byEnd.Values.Sum(), Durations.Percentile(byEnd, 0.5), Durations.Percentile(byEnd, 0.95));
    }

    /// <summary>Orders, revenue and mails of journeys of the last so many days, the oldest first, today last.</summary>
    public IReadOnlyList<DayFigures> Days(int days) =>
    [
        .. from n in Enumerable.Range(1, days)
           let day = Today.AddDays(n - days)
           let name = string.Create(CultureInfo.InvariantCulture, $"day|{day:yyyy-MM-dd}|")
           select new DayFigures(day, Figures[$"{name}orders"], Figures[$"{name}revenue"], Figures[$"{name}mails"]),
    ];

    /// <summary>How many customers' waits in journeys end on a day, as far as they wait for a moment.</summary>
    public IReadOnlyDictionary<DateOnly, decimal> Due()
    {
        var due = new Dictionary<DateOnly, decimal>();
        foreach (var (name, count) in Figures.Under("journey|"))
            if (name.Split('|') is [_, "due", var text] && Sums.Day(text) is { } day)
                due[day] = due.GetValueOrDefault(day) + count;
        return due;
    }

    /// <summary>Of those whose window is over.</summary>
    public Lift Lift(string journey) =>
        new(Group(journey, ControlGroup.Walked, "buyers"), Group(journey, ControlGroup.Held, "buyers"));

    /// <summary>What one of a group has spent within the window, on average.</summary>
    public decimal Spent(string journey, string group) =>
        Closed(journey, group, "people") is > 0 and var people ? Closed(journey, group, "revenue") / people : 0;

    public IReadOnlyList<Cohort> Cohorts() =>
        [.. Figures.Parts("cohort|").Select(Cohort).Where(cohort => cohort.Again.All > 0)];

    public IReadOnlyList<Rhythm> Rhythms() => Insights.Rhythms.Of(Figures);

    /// <summary>Of the mails of an issue, or of all issues of a newsletter (prefix <c>issue|weekly|</c>), that arrived:
    /// how many readers said no more.</summary>
    public Share OptOuts(string prefix)
    {
        var (optedOut, delivered) = (0m, 0m);
        foreach (var (rest, value) in Figures.Under(prefix))
            if (rest.EndsWith("optedOut", StringComparison.Ordinal)) optedOut += value;
            else if (rest.EndsWith("delivered", StringComparison.Ordinal)) delivered += value;
        return new(Math.Min(optedOut, delivered), delivered);
    }

    private Cohort Cohort(string month)
    {
        var name = $"cohort|{month}|";
        var (people, spent, byMonth) = (Figures[$"{name}customers"], 0m, new List<decimal>());
        var begin = DateOnly.ParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var n = 0; people > 0 && begin.AddMonths(n) <= Today; n++)
            byMonth.Add(Math.Round(
                (spent += Figures[string.Create(CultureInfo.InvariantCulture, $"{name}month|{n}")]) / people, 2));
        return new()
        {
            Month = month,
            Again = new(Figures[$"{name}again"], people),
            Orders = Figures[$"{name}orders"],
            Revenue = Figures[$"{name}revenue"],
            ByMonth = byMonth,
        };
    }

    private Share Group(string journey, string group, string what) =>
        new(Closed(journey, group, what), Closed(journey, group, "people"));

    private decimal Closed(string journey, string group, string what)
    {
        var sum = 0m;
        foreach (var (rest, value) in Figures.Under($"lift|{journey}|"))
            if (rest.Split('|') is [var closes, var of, var counted] && of == group && counted == what
                && (closes == Sums.Closed || Sums.Day(closes) <= Today)) sum += value;
        return sum;
    }
}
