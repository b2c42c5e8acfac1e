using System.Globalization;
using Automation.Functions.Local;

namespace Automation.Functions.Doctor;

/// <summary>Whether the shop's clock is right: against the <c>Date</c> of those who were asked, and whether it ever was
/// a time-lapse. Pure.</summary>
public static class ClockCheck
{
    private const string What = "clock";

    /// <summary>Windows and slots are of minutes; dates in answers have whole seconds.</summary>
    private static readonly TimeSpan Fine = TimeSpan.FromSeconds(5), Bearable = TimeSpan.FromMinutes(1);

    /// <param name="ahead">By how much this machine's clock is ahead of somebody's who answered, of each.</param>
    /// <param name="lapse">The shop's clock as the data folder remembers it; null: the machine's.</param>
    public static Finding Judge(IReadOnlyList<TimeSpan> ahead, ClockAnchor? lapse, double rate, DateTimeOffset now)
    {
        if (rate != 1) return Finding.Warn(What, $"a time-lapse: {rate:0.###} shop seconds a second",
            "Only for trying out: with real customers leave out Clock:Rate, and take a new Data:Folder.");
        if (lapse is not null && (lapse.At(now) - now).Duration() > Bearable) return Finding.Wrong(
            What, $"the shop's clock is {InWords(lapse.At(now) - now)} the real one: this data folder has seen a "
            + "time-lapse, and goes on from there", "Begin with another Data:Folder.");
        if (ahead.Count == 0) return Finding.Ok(What, "not compared: nobody outside was asked (Mail:Transport=folder)");
        // One clock of theirs may be wrong as well as ours; the middle one counts.
        var middle = ahead.Order().ElementAt(ahead.Count / 2);
        if (middle.Duration() <= Fine) return Finding.Ok(What, "it is right, to a few seconds");
        var says = $"this machine's clock is {InWords(middle)} the others'";
        const string remedy = "Let it be set by NTP: timedatectl set-ntp true.";
        return middle.Duration() <= Bearable
            ? Finding.Warn(What, says, remedy)
            : Finding.Wrong(What, $"{says}: mails go at the wrong time", remedy);
    }

    private static string InWords(TimeSpan ahead)
    {
        var much = ahead.Duration();
        var amount = much.TotalDays >= 2 ? $"{much.TotalDays:0} days"
            : much.TotalMinutes >= 2 ? $"{Math.Floor(much.TotalMinutes):0} minutes"
            : $"{much.TotalSeconds:0} seconds";
        return string.Create(
            CultureInfo.InvariantCulture, $"{amount} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}");
    }
}
