namespace Automation.Marketing.Insights;

/// <summary>So many of so many, and where the true share may be.</summary>
/// <param name="Share">Null: of nobody.</param>
/// <param name="Interval95">Wilson's, from low to high.</param>
public sealed record ShareReport(
    decimal Of, decimal All, double? Share = null, IReadOnlyList<double>? Interval95 = null)
{
    public static ShareReport From(Share share) => share.All > 0
        ? new(share.Of, share.All, Math.Round(share.Value, 4), Rounded(share.Interval()))
        : new(share.Of, share.All);

    internal static IReadOnlyList<double> Rounded((double Low, double High) interval) =>
        [Math.Round(interval.Low, 4), Math.Round(interval.High, 4)];
}
