using System.Text.RegularExpressions;
using Automation.Marketing.Answers;
using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>What of a decision may be put to a model: answers of the shop and products that were found, never orders,
/// and nothing by which more is done than said. Pure.</summary>
public static class Wordables
{
    private const string OfAnswer = "answer:", OfProduct = "product:";

    /// <summary>Null: it is said as it is.</summary>
    /// <param name="plain">What is decided without a model.</param>
    public static Wordable? Of(Utterance said, Known known, Decision plain)
    {
        if (said is not Utterance.Words(var text) || plain.Effects.Count > 0) return null;
        var words = new ChatWords(plain.State.Language == "ja", known.Shop);
        known = known with { State = plain.State };
        List<WordableGround> grounds = plain.Reply.Kind switch
        {
            ReplyKind.Answer => [.. Named(plain, OfAnswer).Select(known.Answer).OfType<Answer>()
                .Select(answer => Answer(answer, words, plain))],
            ReplyKind.Choices => [.. known.Found.Near.Select(hit => hit.Answer).Where(answer => IsForAll(answer, known))
                .Select(answer => Answer(answer, words, ChatRules.Give(answer, known, words)))],
            ReplyKind.Product => [.. known.Found.Wares.Where(ware => Named(plain, OfProduct).Contains(ware.Product.Key))
                .Select(ware => new WordableGround(
                    ChatRules.Line(ware.Product, words),
                    ChatRules.Product(QuestionText.Fold(text), [ware], known, words)))],
            _ => [],
        };
        grounds.RemoveAll(ground => !ground.Decided.Reply.Text.StartsWith(ground.Text, StringComparison.Ordinal));
        return grounds.Count == 0 ? null : new(text, words.Language, grounds);
    }

    private static WordableGround Answer(Answer answer, ChatWords words, Decision decided) =>
        new(answer.In(words.Language).Said, decided);

    /// <summary>Without a person who takes over, and no order is spoken of.</summary>
    private static bool IsForAll(Answer answer, Known known) => !answer.People
        && !(known.Asker is Asker.Proven { Orders.Count: > 0 } && Meaning.Question(answer.Topic) is not null);

    private static IEnumerable<string> Named(Decision decision, string kind) => decision.Reply.Grounds
        .Where(ground => ground.StartsWith(kind, StringComparison.Ordinal)).Select(ground => ground[kind.Length..]);
}

/// <summary>What of a customer's words stays in the house: what could name somebody. Pure.</summary>
public static partial class Redaction
{
    /// <summary>E-mail addresses, links, numbers of four digits and more (orders, telephones, cards, postal codes) and
    /// the names of who is known are marks instead.</summary>
    /// <param name="customer">Who writes; null: nobody we know.</param>
    public static string Of(string text, Customer? customer)
    {
        var hidden = Mail().Replace(Search.Width.Fold(text), "[mail]");
        hidden = Number().Replace(Link().Replace(hidden, "[link]"), "[number]");
        var (family, given) = (Folded(customer?.FamilyName), Folded(customer?.GivenName));
        // A name of one letter is a word in other sentences.
        foreach (var name in ((string[])[family + given, $"{family} {given}", $"{given} {family}", family, given])
            .Where(name => name.Trim().Length > 1))
            hidden = hidden.Replace(name, "[name]", StringComparison.OrdinalIgnoreCase);
        return hidden;
    }

    private static string Folded(string? name) => Search.Width.Fold(name ?? "").Trim();

    [GeneratedRegex(@"[!-?A-~]+@[!-~]+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.)[!-~]+")]
    private static partial Regex Link();

    [GeneratedRegex(@"[#+(]?\d(?:[\d ()-]{2,})\d")]
    private static partial Regex Number();
}
