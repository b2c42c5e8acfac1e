using System.Text.Json;
using Automation.Marketing.Search;

namespace Automation.Marketing.Chat;

/// <summary>What a model may choose from and word.</summary>
/// <param name="Language"><c>ja</c>, <c>en</c>.</param>
public sealed record Wordable(string Question, string Language, IReadOnlyList<WordableGround> Grounds);

/// <summary>One ground of a reply.</summary>
/// <param name="Text">With what the reply begins; this much of it may be worded.</param>
/// <param name="Decided">What is decided where it is this one.</param>
public sealed record WordableGround(string Text, Decision Decided);

/// <summary>What came of a model's words.</summary>
public abstract record ModelOutcome
{
    /// <summary>They stand for the ground's.</summary>
    public sealed record Worded(Decision Decision) : ModelOutcome;

    /// <summary>They reach nobody.</summary>
    /// <param name="Because">For the log; says nothing of what was written.</param>
    public sealed record Discarded(string Because) : ModelOutcome;

    private ModelOutcome() { }
}

/// <summary>What of a model's words may reach a customer: sentences of one ground. A sentence is told whole, all its
/// words, numbers, conditions and negations in their order; particles may be others, and several may be joined.
/// Links are the ground's. So a model chooses what is told of a ground, and cannot say anything of its own, whoever
/// told it to. Pure.</summary>
public static class ModelWords
{
    /// <summary>Characters by which the model's text may be longer than the ground: particles and politeness.</summary>
    private const int Politeness = 40;

    /// <summary>Marks that say nothing by themselves.</summary>
    private const string Marks = "、。・,.!?「」『』()：:;'\"…-ー〜~／/";

    /// <summary>Reads what a model answered, <c>{"ground":"1","text":"…"}</c>, and judges it.</summary>
    public static ModelOutcome Judge(Wordable asked, string answer)
    {
        if (Read(answer) is not var (ground, text)) return new ModelOutcome.Discarded("it is not what was asked for");
        if (ground is null || text is null) return new ModelOutcome.Discarded("it found none of them fitting");
        if (!int.TryParse(ground, out var number) || number < 1 || number > asked.Grounds.Count)
            return new ModelOutcome.Discarded("it cites a ground that there is not");
        var cited = asked.Grounds[number - 1];
        text = text.ReplaceLineEndings("\n").Trim();
        if (Objection(text, cited.Text) is { } because) return new ModelOutcome.Discarded(because);
        var reply = cited.Decided.Reply;
        return new ModelOutcome.Worded(cited.Decided with
        {
            Reply = reply with { Text = text + reply.Text[cited.Text.Length..] },
        });
    }

    /// <summary>Why a text may not stand for the ground; null: it may.</summary>
    public static string? Objection(string text, string ground)
    {
        if (text.Length == 0 || text.Length > ground.Length + Politeness) return "it is empty or too long";
        var (folded, has) = (Width.Fold(text), Width.Fold(ground));
        if (folded.Any(c => !IsPlain(c) && !has.Contains(c, StringComparison.Ordinal)))
            return "it has marks that the ground has not";
        var links = ModelTokens.Links(ground);
        if (ModelTokens.Links(text).Any(link => !links.Contains(link)))
            return "it names a link that the ground does not";
        var (sentences, bears) = (ModelTokens.Sentences(text), ModelTokens.Sentences(ground));
        if (sentences.Count == 0) return "it says nothing";
        var told = new HashSet<int>();
        foreach (var sentence in sentences)
            if (sentence.Tokens.Count == 0 || !IsTold(sentence.Tokens, 0, bears, 0, told))
                return "it says what the ground does not, or a part of it";
        return told.Any(n => n + 1 < bears.Count && bears[n + 1].Restricts && !told.Contains(n + 1))
            ? "it leaves out what restricts it" : null;
    }

    private static bool IsPlain(char c) =>
        char.IsLetterOrDigit(c) || c is ' ' or '\n' || Marks.Contains(c, StringComparison.Ordinal);

    /// <summary>Are these the words of whole sentences from that one on, one after another?</summary>
    /// <param name="told">Which they are.</param>
    private static bool IsTold(
        IReadOnlyList<ModelToken> said, int at, IReadOnlyList<ModelSentence> ground, int from, HashSet<int> told)
    {
        if (at == said.Count) return true;
        for (var n = from; n < ground.Count; n++)
        {
            var whole = ground[n].Tokens;
            if (whole.Count == 0 || !said.Skip(at).Take(whole.Count).SequenceEqual(whole)
                || !IsTold(said, at + whole.Count, ground, n + 1, told)) continue;
            told.Add(n);
            return true;
        }
        return false;
    }

    /// <summary>Null: it is not JSON of that shape. Models like to put a fence around it.</summary>
    private static (string? Ground, string? Text)? Read(string answer)
    {
        var (begin, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (begin < 0 || end < begin) return null;
        try
        {
            using var json = JsonDocument.Parse(answer.AsMemory(begin, end - begin + 1));
            return json.RootElement.TryGetProperty("ground", out var ground)
                ? (Text(ground), json.RootElement.TryGetProperty("text", out var text) ? Text(text) : null) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement told) => told.ValueKind switch
    {
        JsonValueKind.String => told.GetString(),
        JsonValueKind.Number => told.GetRawText(),
        _ => null,
    };
}
