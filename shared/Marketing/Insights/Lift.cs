namespace Automation.Marketing.Insights;

/// <summary>So many of so many.</summary>
public sealed record Share(decimal Of, decimal All)
{
    public double Value => All == 0 ? 0 : (double)(Of / All);

    /// <summary>Wilson's score interval at 95 % (E. B. Wilson, Probable inference, the law of succession, and
    /// statistical inference, JASA 22, 1927): where the true share may be. Keeps within 0 and 1 and holds for few
    /// people, where the usual ± does not.</summary>
    public (double Low, double High) Interval()
    {
        if (All == 0) return (0, 1);
        var (n, p, z2) = ((double)All, Value, Lift.Z * Lift.Z);
        var (middle, half) = (p + z2 / (2 * n), Lift.Z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n)));
        return ((middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n));
    }
}

/// <summary>How many more of those who walked the journey bought within its window than of those held out: the
/// difference of two shares with Newcombe's interval (R. G. Newcombe, Interval estimation for the difference between
/// independent proportions, Statistics in Medicine 17, 1998, method 10: two Wilson intervals put together).</summary>
/// <param name="Walked">Buyers among those the journey wrote to.</param>
/// <param name="Held">Buyers among the control group.</param>
public sealed record Lift(Share Walked, Share Held)
{
    /// <summary>The normal distribution's 97.5 %.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>So many in each group, and so many buyers in both together, are enough for an answer.</summary>
    public const int EnoughPeople = 50, EnoughBuyers = 10;

    /// <summary>What is missing for an answer; null: enough. An interval from fewer would be right and say
    /// nothing.</summary>
    public string? NotEnough => (Walked.All, Held.All, Walked.Of + Held.Of) switch
    {
        ( < EnoughPeople, _, _) =>
            $"not enough data yet: {Walked.All:0} of {EnoughPeople} whose window is over walked it",
        (_, < EnoughPeople, _) =>
            $"not enough data yet: {Held.All:0} of {EnoughPeople} whose window is over were held out",
        (_, _, < EnoughBuyers) => $"not enough data yet: {Walked.Of + Held.Of:0} of {EnoughBuyers} bought",
        _ => null,
    };

    /// <summary>In shares: 0.02 is two points.</summary>
    public double Difference => Walked.Value - Held.Value;

    public (double Low, double High) Interval()
    {
        var (walked, held) = (Walked.Interval(), Held.Interval());
        var down = Math.Sqrt(Square(Walked.Value - walked.Low) + Square(held.High - Held.Value));
        var up = Math.Sqrt(Square(walked.High - Walked.Value) + Square(Held.Value - held.Low));
        return (Difference - down, Difference + up);
    }

    /// <summary>Does the interval leave no doubt about the direction?</summary>
    public bool IsSure => Interval() is var (low, high) && (low > 0 || high < 0);

    private static double Square(double x) => x * x;
}
