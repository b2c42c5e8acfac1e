using Automation.Marketing.Answers;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Chat;

/// <summary>What is known where something is said.</summary>
public sealed record Known
{
    public required ShopSettings Shop { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required Asker Asker { get; init; }
    public required ConversationState State { get; init; }

    /// <summary>What the index found for what was said.</summary>
    public required Found Found { get; init; }

    /// <summary>The shop's answers that are true today.</summary>
    public required Func<string, Answer?> Answer { get; init; }

    /// <summary>The shop's answer on a topic; null: there is none.</summary>
    public required Func<string, Answer?> Topic { get; init; }

    /// <summary>The words are those of a button of the shop's own.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Where a stranger links their account; null: there is no such page on their channel.</summary>
    public string? LinkUrl { get; init; }

    /// <summary>A stranger may prove an order, by its number and a code by mail.</summary>
    public bool CanProve { get; init; }

    /// <summary>The customer's own page with all they may stop; null: there is none.</summary>
    public string? ChoicesUrl { get; init; }
}

/// <summary>What the shop says to what a customer says, from three grounds and no other: their own orders, the shop's
/// answers, its products. What none of them covers goes to a person. Pure.</summary>
public static class ChatRules
{
    /// <summary>Why a person takes over where nothing was found.</summary>
    public const string NotUnderstood = "not understood twice";

    /// <summary>After so many in a row a person takes over.</summary>
    private const int MostMisses = 2;

    public static Decision Decide(Utterance said, Known known)
    {
        var spoken = said switch
        {
            Utterance.Words text => QuestionText.IsJapanese(text.Text),
            Utterance.Tapped { On: { } on } => QuestionText.IsJapanese(on),
            _ => null,
        };
        var japanese = spoken
            ?? (known.State.Language ?? known.Shop.Language).StartsWith("ja", StringComparison.Ordinal);
        var words = new ChatWords(japanese, known.Shop);
        known = known with { State = known.State with { Language = words.Language } };
        return said switch
        {
            Utterance.Words text => Words(text.Text, known, words),
            Utterance.Tapped tapped => Tapped(tapped.Tap, known, words),
            Utterance.Thing thing => HandOver($"sent {thing.Kind}", known, words),
            _ => Keep(ChatReply.Nothing, known),
        };
    }

    private static Decision Words(string text, Known known, ChatWords words)
    {
        var folded = QuestionText.Fold(text);
        // Whoever goes on to something else was helped by the answer before.
        if (known.State.Answered is not null)
            known = known with { State = known.State with { Answered = null, Misses = 0 } };
        if (Meaning.IsOptOut(folded)) return Stop(known, words);
        if (Meaning.WantsPeople(folded)) return HandOver("asked for a person", known, words);
        if (Meaning.IsComplaint(folded)) return HandOver("a complaint", known, words);
        if (known.Shop.Chat!.ToPeople.Any(word =>
            folded.Contains(QuestionText.Fold(word), StringComparison.Ordinal)))
            return HandOver("a word that goes to people", known, words);
        if (known.State.WaitsSince is not null) return Waiting(folded, known, words);
        if (Meaning.IsThanks(folded)) return Keep(Say(ReplyKind.Greeting, words.Welcome), known, misses: 0);
        if (Meaning.IsNod(folded)) return Keep(ChatReply.Nothing, known);
        if (Meaning.IsGreeting(folded)) return Keep(Say(ReplyKind.Greeting, words.Greeting), known);
        return Meaning.AboutOrder(folded) is { } question
            ? AboutOrder(question, Meaning.OrderNumber(text), known, words)
            : Look(folded, known, words);
    }

    private static Decision Tapped(Tap tap, Known known, ChatWords words) => tap switch
    {
        Tap.People => HandOver("asked for a person", known, words),
        Tap.Helped { Yes: true } => Keep(
            Say(ReplyKind.Greeting, words.Glad), known with { State = known.State with { Answered = null } },
            misses: 0),
        Tap.Helped => Miss(
            words.DidNotHelp, "the answer did not help", known with { State = known.State with { Answered = null } },
            words),
        Tap.Prove when known.CanProve => Keep(
            Say(ReplyKind.Link, words.ProveHow, Choice.Of(words.ProveButton, tap)), known),
        Tap.OfOrder order => AboutOrder(OrderQuestion.Arrival, order.Number, known, words),
        Tap.Meant meant when known.Answer(meant.Answer) is { } answer => Give(answer, known, words),
        _ => Keep(Say(ReplyKind.Unknown, words.Unknown, Choice.Of(words.People, new Tap.People())), known),
    };

    /// <summary>What is surely known is answered all the same; the rest is for the person.</summary>
    private static Decision Waiting(string folded, Known known, ChatWords words)
    {
        if (Meaning.IsNod(folded) || Meaning.IsThanks(folded)) return Keep(ChatReply.Nothing, known);
        if (known.Found.Best is { Answer.People: false } best && Meaning.AboutOrder(folded) is null)
            return Give(best.Answer, known, words);
        var reply = known.State.IsNoted ? ChatReply.Nothing : Say(ReplyKind.Noted, words.Noted);
        return new(reply, known.State with { IsNoted = true }, [new ChatEffect.NoteForPeople()]);
    }

    private static Decision AboutOrder(OrderQuestion question, string? number, Known known, ChatWords words)
    {
        var topic = Meaning.Topic(question);
        var general = known.Found.Answers.FirstOrDefault(
            hit => hit.Answer.Topic == topic && hit.Score >= Found.Maybe)?.Answer ?? known.Topic(topic);
        if (known.Asker is Asker.Proven who)
            return Keep(OrderReplies.Of(question, number, who, general, words), known, misses: 0);
        if (general is not null && known.Found.Best is { Answer: var best } && best == general)
            return Give(general, known, words, isForStranger: true);
        var first = known.LinkUrl is not null ? words.LinkFirst
            : known.CanProve ? words.ProveHow : words.ProveFirst;
        var said = general?.In(words.Language);
        return Keep(new()
        {
            Kind = ReplyKind.Link,
            Text = said is null ? first : $"{said.Said}\n\n{first}",
            Links = said?.Links ?? [],
            Choices = [.. Linking(known, words), Choice.Of(words.People, new Tap.People())],
            Grounds = general is null ? [] : [$"answer:{general.Name}"],
        }, known, misses: 0);
    }

    private static IEnumerable<Choice> Linking(Known known, ChatWords words) =>
        known.LinkUrl is { } url ? [new Choice(words.LinkButton, null, url)]
        : known.CanProve ? [Choice.Of(words.ProveButton, new Tap.Prove())] : [];

    private static Decision Look(string folded, Known known, ChatWords words)
    {
        var (found, asksOfProduct) = (known.Found, ProductWords.AsksPrice(folded) || ProductWords.AsksStock(folded));
        if (found.Wares is [var ware, ..] && (asksOfProduct && !(found.Best?.Score > ware.Score) || found.Best is null))
            return Product(folded, found.Wares, known, words);
        // Who has orders is told how it stands with them, however the question was written.
        if (known.Asker is Asker.Proven { Orders.Count: > 0 }
            && Meaning.Question(found.Best?.Answer.Topic) is { } question)
            return AboutOrder(question, null, known, words);
        if (found.Best is { } best)
            return found.Answers.Count > 1 && best.Score - found.Answers[1].Score < Tie
                && found.Answers[1].Score >= Found.Sure
                ? Choose(found.Near, known, words)
                : Give(best.Answer, known, words);
        if (known.IsOurs) return Keep(ChatReply.Nothing, known);
        return found.Near.Count > 0 ? Choose(found.Near, known, words)
            : Miss(words.Unknown, NotUnderstood, known, words);
    }

    /// <summary>Two answers that fit equally well are asked about.</summary>
    private const double Tie = 0.02;

    internal static Decision Give(Answer answer, Known known, ChatWords words, bool isForStranger = false)
    {
        var said = answer.In(words.Language);
        var reply = new ChatReply
        {
            Kind = ReplyKind.Answer,
            Text = !isForStranger ? said.Said
                : known.LinkUrl is not null ? $"{said.Said}\n\n{words.LinkForMore}"
                : known.CanProve ? $"{said.Said}\n\n{words.ProveForMore}" : said.Said,
            Links = said.Links,
            Choices = [.. isForStranger ? Linking(known, words) : [],
                Choice.Of(words.Helped, new Tap.Helped(true)), Choice.Of(words.NotHelped, new Tap.Helped(false))],
            Grounds = [$"answer:{answer.Name}"],
        };
        var state = known.State with { Answered = answer.Name };
        if (!answer.People) return new(reply, state, []);
        var handed = HandOver($"asked about {answer.Topic ?? answer.Name}", known with { State = state }, words);
        return handed with
        {
            Reply = handed.Reply with
            {
                Text = $"{said.Said}\n\n{handed.Reply.Text}".Trim(),
                Kind = ReplyKind.People,
                Links = said.Links,
                Grounds = reply.Grounds,
            },
        };
    }

    private static Decision Choose(IReadOnlyList<AnswerHit> near, Known known, ChatWords words) => new(
        new()
        {
            Kind = ReplyKind.Choices,
            Text = words.DidYouMean,
            Choices =
            [
                .. near.Select(hit => Choice.Of(hit.Answer.In(words.Language).Ask[0], new Tap.Meant(hit.Answer.Name))),
                Choice.Of(words.NoneOfThese, new Tap.Helped(false)),
            ],
            Grounds = [.. near.Select(hit => $"answer:{hit.Answer.Name}")],
        }, known.State, []);

    internal static Decision Product(string folded, IReadOnlyList<ProductHit> wares, Known known, ChatWords words)
    {
        // As well as the first: 煎茶 names three of them.
        var named = wares.Where(hit => wares[0].Score - hit.Score < Tie).Select(hit => hit.Product).ToList();
        var text = string.Join("\n\n", named.Select(product => Line(product, words)));
        if (ProductWords.AsksStock(folded)) text += "\n\n" + (named.Exists(product => product.Url is not null)
            ? words["在庫は、商品ページでご確認ください。", "Its page says whether there are any."]
            : words["在庫については、担当者がお答えします。", "A person can say whether there are any."]);
        return Keep(new()
        {
            Kind = ReplyKind.Product,
            Text = text,
            Links = [.. named.Where(product => product.Url is not null)
                .Select(product => new AnswerLink(product.Title, product.Url!))],
            Choices = [Choice.Of(words.People, new Tap.People())],
            Grounds = [.. named.Select(product => $"product:{product.Key}")],
        }, known, misses: 0);
    }

    internal static string Line(SoldProduct product, ChatWords words) => product.Price is not { } price ? product.Title
        : product.IsOwn
            ? words[$"{product.Title}は{words.Money(price, product.Currency)}です。",
                $"{product.Title}: {words.Money(price, product.Currency)}."]
            : words[$"{product.Title}は、最近のご注文では{words.Money(price, product.Currency)}でした。",
                $"{product.Title}: {words.Money(price, product.Currency)} in a recent order."];

    private static Decision Miss(string text, string because, Known known, ChatWords words)
    {
        var misses = known.State.Misses + 1;
        if (misses >= MostMisses) return HandOver(because, known, words);
        return Keep(Say(ReplyKind.Unknown, text, Choice.Of(words.People, new Tap.People())), known, misses);
    }

    private static Decision HandOver(string because, Known known, ChatWords words)
    {
        if (known.State.WaitsSince is not null)
            return new(
                Say(ReplyKind.Noted, known.State.IsNoted ? words.StillWaiting : words.Noted),
                known.State with { IsNoted = true }, [new ChatEffect.NoteForPeople()]);
        var isOpen = BusinessHours.AreOpen(known.Shop, known.Now);
        var by = isOpen ? known.Now : BusinessHours.Next(known.Shop, known.Now);
        return new(
            Say(ReplyKind.People, isOpen ? words.HandedOver : words.HandedOverLater(by)),
            known.State with { Misses = 0, WaitsSince = known.Now, Promised = by, IsNoted = false },
            [new ChatEffect.HandOver(because, by)]);
    }

    /// <summary>Of whom nobody knows who they are nothing can be stopped.</summary>
    private static Decision Stop(Known known, ChatWords words) => known is { Asker: Asker.Stranger, CanProve: true }
        ? Keep(Say(ReplyKind.Link, words.StopWhose, [.. Linking(known, words)]), known, misses: 0)
        : new(
        new()
        {
            Kind = ReplyKind.Stopped,
            Text = words.Stopped,
            Choices = known.ChoicesUrl is { } url ? [new Choice(words.OtherChoices, null, url)] : [],
        }, known.State, [new ChatEffect.StopMarketing()]);

    private static ChatReply Say(ReplyKind kind, string text, params Choice[] choices) =>
        new() { Kind = kind, Text = text, Choices = choices };

    private static Decision Keep(ChatReply reply, Known known, int? misses = null) =>
        new(reply, known.State with { Misses = misses ?? known.State.Misses }, []);
}
