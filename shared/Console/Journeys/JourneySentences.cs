using Automation.Console.Words;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Console.Journeys;

/// <summary>A journey read aloud: when it starts, what happens, when it stops. Pure.</summary>
public static class JourneySentences
{
    /// <param name="shop">Whose currency and own fields are meant; null: not known.</param>
    public static IReadOnlyList<Sentence> Of(Journey journey, Language say, ShopSettings? shop = null)
    {
        var conditions = new ConditionWords(say, shop);
        return
        [
            new(Trigger(journey.Trigger, say, conditions)),
            .. new StepSentences(say, conditions).Of(journey.Steps, Anchor(journey, say)),
            .. Leaving(journey, say, conditions),
            .. Goal(journey, say, conditions),
            new(Purpose(journey.Purpose, say)),
            .. Window(journey, say),
            new(Again(journey, say)),
            .. Active(journey, say),
        ];
    }

    /// <summary>The first sentence alone: for lists.</summary>
    public static string Beginning(Journey journey, Language say, ShopSettings? shop = null) =>
        Trigger(journey.Trigger, say, new ConditionWords(say, shop));

    private static string Trigger(Trigger trigger, Language say, ConditionWords conditions)
    {
        var begins = Begin(trigger, say, conditions);
        return trigger.Where is { } where
            ? say[$"{begins}に始まります（条件：{conditions.Of(where)}）。", $"Starts {begins}, if {conditions.Of(where)}."]
            : say[$"{begins}に始まります。", $"Starts {begins}."];
    }

    /// <summary>注文が入ったとき, when an order is placed; 毎年の「birthday」の7日前（10:00）.</summary>
    internal static string Begin(Trigger trigger, Language say, ConditionWords conditions) => trigger switch
    {
        Trigger.On on when EventWords.Of(on.Events, say) is var phrase =>
            say[$"{phrase.Happened}とき", $"when {phrase.Happening}"],
        Trigger.Dated { When: var date } => say["", date.Offset is null ? "on " : ""] + new WaitWords(say).Day(date),
        Trigger.Becomes becomes => say[
            $"「{conditions.Of(becomes.If)}」に当てはまるようになったとき", $"as soon as {conditions.Of(becomes.If)}"],
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };

    /// <summary>What the first wait counts from: 初回のお届け, the first delivery.</summary>
    private static string Anchor(Journey journey, Language say)
    {
        if (journey.Trigger is not Trigger.On on) return say["その日", "that day"];
        var phrase = EventWords.Of(on.Events, say);
        if (!IsFirstOrder(on.Where) || !on.IsOfOrder || on.Events.All.Count > 1)
            return say[phrase.Thing, phrase.TheThing];
        var thing = phrase.TheThing["the ".Length..];
        return say[$"初回の{phrase.Thing}", $"the first {thing}"];
    }

    private static bool IsFirstOrder(Condition? where) => where switch
    {
        Condition.Test { Field: "customer.orders.count", Operator: Operator.Eq } test => test.Operand.ToString() == "1",
        Condition.All all => all.Of.Any(IsFirstOrder),
        _ => false,
    };

    private static IEnumerable<Sentence> Leaving(Journey journey, Language say, ConditionWords conditions)
    {
        if (journey.LeaveWhen is { } when)
            yield return new(say[
                $"「{conditions.Of(when)}」に当てはまると、待っている途中でもそこで終わります。",
                $"It ends, even in the middle of a wait, as soon as {conditions.Of(when)}."]);
        if (journey.LeaveOn.Count == 0) yield break;
        var events = journey.LeaveOn.Select(leave => Match(leave, say, conditions)).ToList();
        yield return new(say[
            $"{string.Join("、", events)}ときは、待っている途中でもそこで終わります。",
            $"It ends at once, even in the middle of a wait, when {TimeWords.Listed(events, say)}."]);
    }

    private static string Match(EventMatch match, Language say, ConditionWords conditions)
    {
        var phrase = EventWords.Of(match.Event);
        return match.Where is { } where
            ? say[$"{phrase.Happened}（条件：{conditions.Of(where)}）", $"{phrase.Happening} (if {conditions.Of(where)})"]
            : say[phrase.Happened, phrase.Happening];
    }

    private static IEnumerable<Sentence> Goal(Journey journey, Language say, ConditionWords conditions)
    {
        if (journey.Goal is not { } goal) yield break;
        var (phrase, within) = (EventWords.Of(goal.Event), goal.Within.Stretch(say));
        yield return new(goal.Where is { } where
            ? say[$"目標は、始まりから{within}以内に{phrase.Happens}ことです（条件：{conditions.Of(where)}）。",
                $"Its goal: {phrase.Happening} within {within} of the start, if {conditions.Of(where)}."]
            : say[$"目標は、始まりから{within}以内に{phrase.Happens}ことです。",
                $"Its goal: {phrase.Happening} within {within} of the start."]);
    }

    private static string Purpose(Purpose purpose, Language say) => purpose == Marketing.Purpose.Marketing
        ? say["次のお買い物をおすすめするメールなので、同意のあるお客様だけに送ります。",
            "Its mails are marketing: only customers who agreed to it get them."]
        : say["お買い物そのものについてのお知らせなので、案内への同意がなくても送ります。",
            "Its mails are about the purchase itself: they need no consent to marketing."];

    private static IEnumerable<Sentence> Window(Journey journey, Language say)
    {
        if (journey.Window is not { } window) yield break;
        var hours = TimeWords.Of(window, say);
        yield return new(say[
            $"メールを送るのは、お客様の時間帯で{hours}だけです。",
            $"Its mails go out only {hours}, in the customer's time zone."]);
    }

    private static IEnumerable<Sentence> Active(Journey journey, Language say)
    {
        if (journey.Active is not { } active) yield break;
        var (from, until) = ($"{active.From:yyyy-MM-dd}", $"{active.Until:yyyy-MM-dd}");
        yield return new((active.From, active.Until) switch
        {
            (null, _) => say[$"新しく始まるのは{until}までです。", $"It starts nobody after {until}."],
            (_, null) => say[$"新しく始まるのは{from}からです。", $"It starts nobody before {from}."],
            _ => say[$"新しく始まるのは{from}から{until}までです。", $"It starts people from {from} to {until} only."],
        });
    }

    private static string Again(Journey journey, Language say)
    {
        if (journey.Per == Per.Order) return say["注文ごとに1回ずつ始まります。", "It is walked once for each order."];
        var again = journey.Reentry switch
        {
            Reentry.AsSoonAsLeft => say[
                "終わったお客様は、きっかけがあればまた始まります。", "Whoever has finished may begin again."],
            Reentry.AfterPeriod(var after) => say[
                $"同じお客様がまた始められるのは、前回の始まりから{after.Stretch(say)}たってからです。",
                $"The same customer may begin again {after.Stretch(say)} after the last start."],
            _ => say["お一人につき1回だけです。", "Each customer walks it only once."],
        };
        return journey.Per is Per.EachValue(var field)
            ? say[
                $"{FieldWords.Name(field, say)}ごとに別々に数えます。",
                $"It is walked for each {FieldWords.Name(field, say)} on its own. "] + again
            : again;
    }
}
