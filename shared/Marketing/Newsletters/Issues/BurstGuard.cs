using System.Globalization;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How many an issue would reach.</summary>
/// <param name="IsExact">Everybody was looked at.</param>
public sealed record Audience(int Count, bool IsExact);

/// <summary>An issue that is a burst: why, and what it is expected to cost.</summary>
/// <param name="Usual">How many an issue reaches usually; null: there was none yet.</param>
/// <param name="Expected">By the shop's own history.</param>
public sealed record Burst(IReadOnlyList<string> Reasons, Audience Audience, int? Usual, Expectation Expected)
{
    public int? ExpectedOptOuts => Whole(Expected.OptOuts);
    public int? ExpectedAtMost => Whole(Expected.AtMost);

    public string InWords() => string.Create(CultureInfo.InvariantCulture,
        $"needs a confirmation: {string.Join(" and ", Reasons)}; "
        + $"{(Audience.IsExact ? "" : "about ")}{Amount.Of(Audience.Count, "recipient")}"
        + $"{(Usual is { } usual ? $", usually {usual}" : "")}; {OptOuts()}");

    private string OptOuts() => ExpectedOptOuts is { } optOuts
        ? string.Create(CultureInfo.InvariantCulture,
            $"about {optOuts} of them will opt out, hardly more than {ExpectedAtMost} ({Expected.Because})")
        : $"how many will opt out cannot be said: {Expected.Because}";

    private static int? Whole(double? people) => people is { } count ? (int)Math.Ceiling(count) : null;
}

/// <summary>Never a burst: what goes outside its slot or to far more than usual has to be confirmed. Pure.</summary>
public static class BurstGuard
{
    /// <summary>How much larger than usual is a burst, how many more it takes (a young shop's list may double in a
    /// week), and how many issues say what is usual.</summary>
    private const int Times = 2, More = 100, Remembered = 8;

    /// <summary>How many an issue reaches usually; null: there was none yet.</summary>
    /// <param name="earlier">How many the newsletter's earlier issues reached.</param>
    public static int? Usual(IReadOnlyList<int> earlier)
    {
        var latest = earlier.TakeLast(Remembered).Order().ToArray();
        return latest.Length == 0 ? null : latest[latest.Length / 2];
    }

    /// <summary>Why an issue has to be confirmed; none: it may go.</summary>
    /// <param name="inSlot">Does it go in a slot of its newsletter?</param>
    /// <param name="asks">What was found when its slot was acted on.</param>
    public static IReadOnlyList<string> Reasons(bool inSlot, int recipients, int? usual, string? asks = null)
    {
        List<string> reasons = [];
        if (asks is not null) reasons.Add(asks);
        if (!inSlot) reasons.Add("it goes outside its slot");
        if (usual is { } count && recipients > Times * (long)count && recipients - count > More)
            reasons.Add("it reaches more than twice as many as usual");
        return reasons;
    }
}
