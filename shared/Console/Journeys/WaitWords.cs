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
        var (moment, missing) = (Moment(wait.Until!), Missing(wait));
        return say[$"{moment}に{missing}、", $"{Preposition(wait.Until!)}{moment}{missing}, "];
    }

    /// <summary>Where nothing comes after it at once.</summary>
    public string Alone(Step.Wait wait, string? anchor) => (wait.For, anchor) switch
    {
        ({ } period, { } from) => say[
            $"{from}から{period.Stretch(say)}待ちます。", $"wait for {period.Stretch(say)} after {from}."],
        ({ } period, null) => say[$"{period.Stretch(say)}待ちます。", $"wait for {period.Stretch(say)}."],
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
        : say[$"{Moment(wait.Until!)}まで待つ", $"wait until {Moment(wait.Until!)}"];

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

    private string Date(WaitUntil until, string name, string? at)
    {
        var day = (until.Offset, until.Before) switch
        {
            (null, _) => name,
            ({ } offset, true) => say[$"{name}の{offset.Stretch(say)}前", $"{offset.Stretch(say)} before {name}"],
            ({ } offset, false) => say[$"{name}の{offset.Stretch(say)}後", $"{offset.Stretch(say)} after {name}"],
        };
        var yearly = until.Yearly ? say["毎年の", ""] + day + say["", " (each year's next)"] : day;
        return at is null ? yearly : say[$"{yearly}（{at}）", $"{yearly} at {at}"];
    }
}
