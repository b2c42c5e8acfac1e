using System.Globalization;

namespace Automation.Marketing.Newsletters;

/// <summary>What is known of a shop's sending when an issue is about to go.</summary>
/// <param name="InSlot">Does it go in a slot of its newsletter?</param>
/// <param name="Recipients">How many it would reach, about.</param>
/// <param name="Earlier">How many the newsletter's earlier issues reached.</param>
/// <param name="SentEver">Mails of issues sent so far.</param>
/// <param name="OptOutsEver">Customers who opted out by a mail's link, about.</param>
public sealed record SendingHistory(bool InSlot, int Recipients, IReadOnlyList<int> Earlier, long SentEver, int OptOutsEver);

/// <summary>An issue that is a burst: why, and what it is expected to cost.</summary>
/// <param name="Usual">How many an issue reaches usually; null: there was none yet.</param>
/// <param name="ExpectedOptOuts">By the shop's own rate so far; null: not enough was sent to say.</param>
public sealed record Burst(IReadOnlyList<string> Reasons, int Recipients, int? Usual, int? ExpectedOptOuts)
{
    public string InWords() => string.Create(CultureInfo.InvariantCulture,
        $"needs a confirmation: {string.Join(" and ", Reasons)}; about {Recipients} recipients{(Usual is { } usual ? $", usually {usual}" : "")}; {(ExpectedOptOuts is { } optOuts ? $"about {optOuts} of them will opt out" : "not enough was sent so far to say how many will opt out")}");
}

/// <summary>Never a burst: what goes outside its slot or to far more than usual has to be confirmed. Pure.</summary>
public static class BurstGuard
{
    /// <summary>How much larger than usual is a burst, how many issues say what is usual, and from how many mails a rate can be told.</summary>
    private const int Times = 2, Remembered = 8, Enough = 1000;

    /// <summary>Null: it may go.</summary>
    public static Burst? Judge(SendingHistory history)
    {
        var earlier = history.Earlier.TakeLast(Remembered).Order().ToArray();
        int? usual = earlier.Length == 0 ? null : earlier[earlier.Length / 2];
        List<string> reasons = [];
        if (!history.InSlot) reasons.Add("it goes outside its slot");
        if (usual is { } count && history.Recipients > Times * (long)count) reasons.Add("it reaches more than twice as many as usual");
        if (reasons.Count == 0) return null;
        int? optOuts = history.SentEver < Enough ? null : (int)Math.Ceiling((double)history.OptOutsEver / history.SentEver * history.Recipients);
        return new(reasons, history.Recipients, usual, optOuts);
    }
}
