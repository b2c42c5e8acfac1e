using System.Globalization;
using Automation.Console.Words;
using Automation.Marketing.Journeys;

namespace Automation.Console.Journeys;

/// <summary>Steps read aloud. A wait is said with what comes after it: 14日後に、…を送ります. Pure.</summary>
public sealed class StepSentences(Language say, ConditionWords conditions)
{
    private readonly WaitWords waits = new(say);

    /// <param name="anchor">What a wait at the very beginning counts from.</param>
    public IEnumerable<Sentence> Of(IReadOnlyList<Step> steps, string anchor) => List(steps, "", 0, anchor);

    /// <summary>One step on its own, without what is nested in it: for pictures and lists.</summary>
    public string Title(Step step) => step switch
    {
        Step.Wait wait => waits.Title(wait),
        _ => Said(step).TrimEnd('。', '.', '：', ':'),
    };

    private IEnumerable<Sentence> List(IReadOnlyList<Step>? steps, string at, int depth, string? anchor)
    {
        var when = "";
        for (var n = 0; n < (steps?.Count ?? 0); n++)
        {
            var (step, cursor) = (steps![n], at + n.ToString(CultureInfo.InvariantCulture));
            if (step is Step.Wait wait)
            {
                if (n + 1 < steps.Count && steps[n + 1] is not Step.Wait)
                    when = waits.When(wait, n == 0 ? anchor : null);
                else yield return new(Capital(waits.Alone(wait, n == 0 ? anchor : null)), depth, cursor);
                continue;
            }
            yield return new(Capital(when + Said(step)), depth, cursor);
            when = "";
            foreach (var inner in Inside(step, cursor, depth + 1)) yield return inner;
        }
    }

    private string Said(Step step) => step switch
    {
        Step.Send send => Send(send),
        Step.Wait wait => waits.Alone(wait, null),
        Step.WaitFor waitFor => WaitFor(waitFor),
        Step.Branch branch => say[$"{conditions.Of(branch.If)}なら：", $"if {conditions.Of(branch.If)}:"],
        Step.Split => say["お客様を次の割合で分けます（同じお客様はいつも同じ側）：",
            "share the customers out (the same customer always goes the same way):"],
        Step.Update update => Update(update),
        Step.TakeCoupon coupon => say[
            $"クーポン「{coupon.Pool}」を1枚取ります。", $"take a code from the coupons “{coupon.Pool}”."],
        Step.Call call => say[
            $"{Host(call.Url)}に知らせます。", $"tell another system ({Host(call.Url)})."],
        Step.Start start => say[$"ジャーニー「{start.Journey}」を始めます。", $"let the journey “{start.Journey}” begin."],
        Step.Leave leave => say[$"ここで終わります（理由：{leave.Because}）。", $"leave here (because: {leave.Because})."],
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private string Send(Step.Send send) => (send.Mail, send.Line, send.By) switch
    {
        ({ } mail, null, _) => say[$"メール「{mail}」を送ります。", $"send the mail “{mail}”."],
        (null, var line, _) => say[$"LINE「{line}」を送ります。", $"send “{line}” by LINE."],
        ({ } mail, var line, SendBy.Both) => say[
            $"メール「{mail}」とLINE「{line}」の両方を送ります。", $"send the mail “{mail}”, and “{line}” by LINE."],
        ({ } mail, var line, _) => say[
            $"LINE「{line}」を送ります（友だちでなければメール「{mail}」）。",
            $"send “{line}” by LINE, or the mail “{mail}” to who does not follow the shop there."],
    };

    private string WaitFor(Step.WaitFor waitFor)
    {
        var (phrase, upTo) = (EventWords.Of(waitFor.Events, say), waitFor.UpTo.Stretch(say));
        var where = waitFor.Where is { } condition
            ? say[$"（条件：{conditions.Of(condition)}）", $" (if {conditions.Of(condition)})"]
            : "";
        var end = waitFor.Then is { Count: > 0 } || waitFor.Else is { Count: > 0 } ? say["：", ":"] : say["。", "."];
        return say[
            $"{phrase.Happens}のを、最長{upTo}待ちます{where}{end}",
            $"wait up to {upTo} until {phrase.Happening}{where}{end}"];
    }

    private IEnumerable<Sentence> Inside(Step step, string cursor, int depth) => step switch
    {
        Step.WaitFor waitFor =>
        [
            .. Behind(waitFor.Then, cursor, "then", say["起きたら：", "When it happens:"], depth),
            .. Behind(waitFor.Else, cursor, "else",
                say[$"{waitFor.UpTo.Stretch(say)}たっても起きなければ：", $"If it has not after {waitFor.UpTo.Stretch(say)}:"],
                depth),
        ],
        Step.Branch branch =>
        [
            .. List(branch.Then, $"{cursor}/then/", depth, null),
            .. Behind(branch.Else, cursor, "else", say["そうでなければ：", "Otherwise:"], depth - 1),
        ],
        Step.Split split => split.Arms.SelectMany(arm => Behind(arm, cursor, depth)),
        _ => [],
    };

    private IEnumerable<Sentence> Behind(
        IReadOnlyList<Step>? steps, string cursor, string door, string opening, int depth) =>
        steps is not { Count: > 0 } ? []
            : [new(opening, depth), .. List(steps, $"{cursor}/{door}/", depth + 1, null)];

    private IEnumerable<Sentence> Behind(Arm arm, string cursor, int depth)
    {
        var share = say[$"{arm.Percent}%「{arm.Name}」", $"{arm.Percent} % “{arm.Name}”"];
        if (arm.Holdout)
            return [new(say[$"{share}：何も送らず、比べるためにここで終わります。",
                $"{share}: get nothing and end here, for comparison."], depth)];
        return arm.Steps is { Count: > 0 }
            ? Behind(arm.Steps, cursor, $"arms/{arm.Name}", say[$"{share}：", $"{share}:"], depth)
            : [new(say[$"{share}：そのまま先へ進みます。", $"{share}: go straight on."], depth)];
    }

    private string Update(Step.Update update)
    {
        var parts = new List<string>();
        foreach (var tag in update.AddTags ?? []) parts.Add(say[$"タグ「{tag}」を付け", $"add the tag “{tag}”"]);
        foreach (var tag in update.RemoveTags ?? []) parts.Add(say[$"タグ「{tag}」を外し", $"take away the tag “{tag}”"]);
        foreach (var (name, value) in update.Set ?? new Dictionary<string, System.Text.Json.JsonElement>())
            parts.Add(value.ValueKind == System.Text.Json.JsonValueKind.Null
                ? say[$"「{name}」を消し", $"clear “{name}”"]
                : say[$"「{name}」を「{value}」にし", $"set “{name}” to “{value}”"]);
        return say[$"{string.Join("、", parts)}ます。", $"{string.Join(", ", parts)}."];
    }

    private static string Host(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : url;

    private string Capital(string text) =>
        say.IsJapanese || text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
