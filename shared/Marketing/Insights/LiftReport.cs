namespace Automation.Marketing.Insights;

/// <summary>The comparison of a journey with its control group, or what is missing for one.</summary>
public sealed record LiftReport
{
    public required ShareReport Walked { get; init; }
    public required ShareReport HeldOut { get; init; }

    /// <summary>What one of them spent within the window, on average.</summary>
    public required decimal SpentWalked { get; init; }
    public required decimal SpentHeldOut { get; init; }

    /// <summary>In shares: 0.02 is two points. Null: not enough data yet.</summary>
    public double? Difference { get; init; }
    public IReadOnlyList<double>? Interval95 { get; init; }
    public double? MoreBuyers { get; init; }

    /// <summary>In words.</summary>
    public required string Verdict { get; init; }

    public static LiftReport Of(Book book, string journey)
    {
        var lift = book.Lift(journey);
        var report = new LiftReport
        {
            Walked = ShareReport.From(lift.Walked),
            HeldOut = ShareReport.From(lift.Held),
            SpentWalked = Math.Round(book.Spent(journey, ControlGroup.Walked), 2),
            SpentHeldOut = Math.Round(book.Spent(journey, ControlGroup.Held), 2),
            Verdict = lift.NotEnough ?? (lift.IsSure
                ? lift.Difference > 0 ? "more of them buy" : "fewer of them buy"
                : "no difference to be seen yet: the interval holds 0"),
        };
        return lift.NotEnough is not null ? report : report with
        {
            Difference = Math.Round(lift.Difference, 4),
            Interval95 = ShareReport.Rounded(lift.Interval()),
            MoreBuyers = Math.Round(lift.Difference * (double)lift.Walked.All, 1),
        };
    }
}
