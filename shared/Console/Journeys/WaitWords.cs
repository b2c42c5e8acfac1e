using System.Globalization;
using Automation.Console.Words;
using Automation.Marketing.Journeys;

namespace Automation.Console.Journeys;

/// <summary>Waits in words. Pure.</summary>
public sealed class WaitWords(Language say)
{
    /// <summary>Before what comes after it: その14日後に、 / 14 days later, </summary>
    /// <param name="anchor">What it counts from; null: from the step before.</param>
    public string When(Step.Wait wait, string? anchor)
    {
        if (wait.For is { } period)
            return anchor is null
                ? say[$"その{period.Stretch(say)}後に、", $"{period.Stretch(say)} later, "]
                : say[$"{anchor}から{period.Stretch(say)}後に、", $"{period.Stretch(say)} after {anchor}, "];
        if (wait.Length is { } length)
            return anchor is null
                ? say[$"その{Days(length)}後に{Missing(wait)}、", $"{Days(length)} later{Missing(wait)}, "]
                : say[$"{anchor}から{Days(length)}後に{Missing(wait)}、", $"{Days(length)} after {anchor}{Missing(wait)}, "];
        var (moment, missing) = (Moment(wait.Until!), Missing(wait));
        return say[$"{moment}に{missing}、", $"{Preposition(wait.Until!)}{moment}{missing}, "];
    }

    /// <summary>Where nothing comes after it at once.</summary>
    public string Alone(Step.Wait wait, string? anchor) => (wait.For, anchor) switch
    {
        ({ } period, { } from) => say[
            $"{from}から{period.Stretch(say)}待ちます。", $"wait for {period.Stretch(say)} after {from}."],
        ({ } period, null) => say[$"{period.Stretch(say)}待ちます。", $"wait for {period.Stretch(say)}."],
        (null, _) when wait.Length is { } length => say[
            $"{Days(length)}待ちます{Missing(wait)}。", $"wait for {Days(length)}{Missing(wait)}."],
        _ => say[
            $"{Moment(wait.Until!)}まで待ちます{Missing(wait)}。", $"wait until {Moment(wait.Until!)}{Missing(wait)}."],
    };

    /// <summary>What becomes of whoever has no such date.</summary>
    private string Missing(Step.Wait wait) => (Waits.FieldOf(wait), Waits.LeavesWithout(wait)) switch
    {
        (null, _) => "",
        (_, true) => say["（分からないお客様はここで終わります）", " (whoever has none leaves here)"],
        _ => say["（分からないお客様は待たずに進みます）", " (whoever has none goes straight on)"],
    };

    /// <summary>In a picture: 14日待つ, wait 14 days.</summary>
    public string Title(Step.Wait wait) => wait.For is { } period
        ? say[$"{period.Stretch(say)}待つ", $"wait {period.Stretch(say)}"]
        : wait.Length is { } length ? say[$"{Days(length)}待つ", $"wait {Days(length)}"]
        : say[$"{Moment(wait.Until!)}まで待つ", $"wait until {Moment(wait.Until!)}"];

    /// <summary>The day a journey starts by: 毎年の「birthday」の7日前（10:00）, 7 days before “birthday” each year at
    /// 10:00.</summary>
    public string Day(WaitUntil date) =>
        Date(date, FieldWords.Name(date.Field!, say), date.At is { } time ? TimeWords.Time(time) : null, " each year");

    /// <summary>いつもの注文間隔の0.8倍より3日短い日数.</summary>
    private string Days(WaitLength length)
    {
        var factor = length.Factor.ToString("0.##", CultureInfo.InvariantCulture);
        var name = FieldWords.Name(length.Field, say);
        var times = length.Factor == 1 ? name : say[$"{name}の{factor}倍", $"{factor} times {name}"];
        return (length.Offset, length.Before) switch
        {
            (null, _) => times,
            ({ } offset, true) => say[$"{times}より{offset.Stretch(say)}短い期間", $"{times} less {offset.Stretch(say)}"],
            ({ } offset, false) => say[$"{times}より{offset.Stretch(say)}長い期間", $"{times} and {offset.Stretch(say)}"],
        };
    }

    private static string Preposition(WaitUntil until) =>
        until.Field is null && until.Days is null ? "at " : until.Offset is null ? "on " : "";

    private string Moment(WaitUntil until)
    {
        var at = until.At is { } time ? TimeWords.Time(time) : null;
        if (until.Field is { } field) return Date(until, FieldWords.Name(field, say), at);
        if (until.Days is not { } days) return say[$"次の{at ?? "0:00"}", $"the next {at ?? "0:00"}"];
        return say[
            $"次の{TimeWords.Days(days, say)}の{at ?? "0:00"}", $"the next {TimeWords.Days(days, say)} at {at ?? "0:00"}"];
    }

    private string Date(WaitUntil until, string name, string? at, string each = " (each year's next)")
    {
        var day = (until.Offset, until.Before) switch
        {
            (null, _) => name,
            ({ } offset, true) => say[$"{name}の{offset.Stretch(say)}前", $"{offset.Stretch(say)} before {name}"],
            ({ } offset, false) => say[$"{name}の{offset.Stretch(say)}後", $"{offset.Stretch(say)} after {name}"],
        };
        var yearly = until.Yearly ? say["毎年の", ""] + day + say["", each] : day;
        return at is null ? yearly : say[$"{yearly}（{at}）", $"{yearly} at {at}"];
    }
}
