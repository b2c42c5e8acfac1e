using System.Globalization;
using Automation.Marketing.Insights;

namespace Automation.Console.Look;

/// <summary>Whether a journey makes a difference, in words; "not enough data yet" is an answer.</summary>
public static class LiftWords
{
    public static string Of(LiftReport lift, Language say)
    {
        if (lift is not { Difference: { } difference, Interval95: [var low, var high] })
            return say[
                $"まだ判断できるデータがありません(経験した方 {say.Number(lift.Walked.All)}人、対照群 {say.Number(lift.HeldOut.All)}人)",
                $"not enough data yet ({say.Number(lift.Walked.All)} walked it, {say.Number(lift.HeldOut.All)} were "
                + $"held out)"];
        var range = say[$"{Points(low)}〜{Points(high)}ポイント", $"{Points(low)} to {Points(high)} points"];
        return (low > 0, high < 0) switch
        {
            (true, _) => say[
                $"購入率が {Points(difference)}ポイント高い({range})", $"{Points(difference)} points more of them buy ({range})"],
            (_, true) => say[
                $"購入率が {Points(-difference)}ポイント低い({range})", $"{Points(-difference)} points fewer of them buy "
                    + $"({range})"],
            _ => say[$"差があるとはまだ言えません({range})", $"no difference to be seen yet ({range})"],
        };
    }

    private static string Points(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
