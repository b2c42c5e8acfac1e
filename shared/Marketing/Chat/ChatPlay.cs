using Automation.Marketing.Answers;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>Plays imagined conversations by the same rules and index as the shop's, on a clock of their own. Pure:
/// nothing is written, nothing leaves the machine.</summary>
public static class ChatPlay
{
    /// <summary>Stand for the pages that a real customer would be led to.</summary>
    private const string LinkUrl = "https://shop.example/line/link/sample";
    private const string ChoicesUrl = "https://shop.example/u/sample";

    /// <summary>The replies to a conversation's turns, in their order.</summary>
    /// <exception cref="InvalidDataException">A choice that is tapped is not there; says which are.</exception>
    public static IReadOnlyList<ChatReply> Replies(ChatTalk talk, ShopSettings shop, AnswerIndex index)
    {
        var zone = Zones.Of(null, shop.TimeZone);
        var (now, state, replies) = (talk.StartsAt(zone), ConversationState.New, new List<ChatReply>());
        foreach (var turn in talk.Turns)
        {
            if (turn.Later is { } pause) now = pause.After(now, zone);
            var said = Said(turn, replies.Count > 0 ? replies[^1] : ChatReply.Nothing);
            var decided = Decide(talk, said, state, shop, index, now);
            state = decided.State;
            replies.Add(decided.Reply);
        }
        return replies;
    }

    private static Decision Decide(
        ChatTalk talk, Utterance said, ConversationState state, ShopSettings shop, AnswerIndex index,
        DateTimeOffset now)
    {
        var today = Zones.Day(now, Zones.Of(null, shop.TimeZone));
        return ChatRules.Decide(said, new Known
        {
            Shop = shop,
            Now = now,
            Asker = talk.IsLinked ? new Asker.Proven(talk.Orders) : new Asker.Stranger(),
            State = state,
            Found = said is Utterance.Words words ? index.Search(words.Text, today) : Found.Nothing,
            Answer = name => index.Find(name, today),
            Topic = topic => index.Of(topic, today),
            LinkUrl = LinkUrl,
            ChoicesUrl = ChoicesUrl,
        });
    }

    private static Utterance Said(ChatTurn turn, ChatReply before) => turn switch
    {
        { Sends: "sticker" } => new Utterance.Gesture(),
        { Sends: { } thing } => new Utterance.Thing(thing),
        { IsTap: false } => new Utterance.Words(turn.Says),
        _ when before.Choices.FirstOrDefault(choice => choice.Words == turn.Says) is { Data: { } data } choice
            && Tap.Read(data) is { } tap => new Utterance.Tapped(tap, choice.Words),
        _ => throw new InvalidDataException($"\"{turn.Says}\" cannot be tapped; there are: "
            + string.Join(", ", before.Choices.Where(choice => choice.Data is not null)
                .Select(choice => choice.Words))),
    };

    /// <summary>Where something else came back than the scenario says, in lines that people read; none: all is as
    /// expected.</summary>
    public static IReadOnlyList<string> Differences(ChatScenario scenario, ShopSettings shop, AnswerIndex index)
    {
        var lines = new List<string>();
        for (var n = 0; n < scenario.Talks.Count; n++)
        {
            var talk = scenario.Talks[n];
            var name = $"{n + 1}{(talk.About is { } about ? $" ({about})" : "")}";
            try
            {
                foreach (var (turn, reply) in talk.Turns.Zip(Replies(talk, shop, index)))
                    lines.AddRange(Differences(turn, reply, talk).Select(
                        different => $"{name}: \"{turn.Sends ?? turn.Says}\": {different}"));
            }
            catch (InvalidDataException wrong)
            {
                lines.Add($"{name}: {wrong.Message}");
            }
        }
        return lines;
    }

    private static IEnumerable<string> Differences(ChatTurn turn, ChatReply reply, ChatTalk talk)
    {
        var whole = Whole(reply);
        if (turn.Comes is { } kind && reply.Kind != kind)
            yield return $"{Word(kind)} was expected, {Word(reply.Kind)} came: {Short(whole)}";
        if (turn.Answer is { } answer && !reply.Grounds.Contains($"answer:{answer}"))
            yield return $"answer {answer} was expected, "
                + $"{(reply.Grounds.Count == 0 ? "none" : string.Join(", ", reply.Grounds))} came: {Short(whole)}";
        foreach (var words in turn.Contains.Where(words => !whole.Contains(words, StringComparison.Ordinal)))
            yield return $"lacks \"{words}\": {Short(whole)}";
        foreach (var words in turn.Lacks.Where(words => whole.Contains(words, StringComparison.Ordinal)))
            yield return $"says \"{words}\": {Short(whole)}";
        if (!talk.IsLinked && Told(reply, talk) is { } told)
            yield return $"tells somebody unknown of an order (\"{told}\"): {Short(whole)}";
    }

    /// <summary>What of the orders a reply gives away; null: nothing.</summary>
    private static string? Told(ChatReply reply, ChatTalk talk) =>
        talk.Orders.Select(order => order.Number).FirstOrDefault(
            number => Whole(reply).Contains(number, StringComparison.Ordinal)
                || reply.Grounds.Any(ground => ground.StartsWith("order:", StringComparison.Ordinal)));

    private static string Whole(ChatReply reply) =>
        string.Join('\n', [reply.Whole, .. reply.Choices.Select(choice => $"[{choice.Words}]")]);

    private static string Word(ReplyKind kind) => kind.ToString().ToLowerInvariant();

    private static string Short(string text) =>
        text.ReplaceLineEndings(" ") is { Length: > 120 } all ? $"{all[..120]}…" : text.ReplaceLineEndings(" ");
}
