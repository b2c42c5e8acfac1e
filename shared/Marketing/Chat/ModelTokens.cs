using System.Text.RegularExpressions;
using Automation.Marketing.Answers;
using Automation.Marketing.Search;

namespace Automation.Marketing.Chat;

/// <summary>What a token of a sentence is.</summary>
internal enum ModelTokenKind
{
    /// <summary>A number with what it counts: <c>550円</c>.</summary>
    Number,

    /// <summary>A condition, a bound, a negation: leaving it out or putting it elsewhere says something else.</summary>
    Qualifier,

    /// <summary>Bears a meaning of its own.</summary>
    Word,
}

/// <summary>One token of a sentence, folded.</summary>
internal sealed record ModelToken(ModelTokenKind Kind, string Text);

/// <summary>A sentence taken apart, without what only joins words.</summary>
internal sealed record ModelSentence(IReadOnlyList<ModelToken> Tokens)
{
    private static readonly string[] Restricting = ["ただし", "但し", "もっとも", "however", "but", "except", "unless", "only"];

    /// <summary>It says when the one before does not hold.</summary>
    public bool Restricts => Tokens is [{ Text: var first }, ..] && Restricting.Contains(first);
}

/// <summary>Takes texts apart by what must not be invented: links, numbers, conditions, words. Pure.</summary>
internal static partial class ModelTokens
{
    /// <summary>Links and addresses, as they stand.</summary>
    public static IReadOnlyList<string> Links(string text) =>
        [.. Link().Matches(Width.Fold(text)).Select(link => link.Value.TrimEnd('.', ',', ')', ';', ':', '!', '?'))];

    /// <summary>Sentences without their links.</summary>
    public static IReadOnlyList<ModelSentence> Sentences(string text) =>
    [
        .. End().Split(Link().Replace(Width.Fold(text), " ").ToLowerInvariant())
            .Where(sentence => sentence.Any(char.IsLetterOrDigit)).Select(Of),
    ];

    private static ModelSentence Of(string sentence)
    {
        var tokens = new List<ModelToken>();
        foreach (Match part in Part().Matches(sentence))
        {
            var text = part.Value;
            if (part.Groups["number"].Success) tokens.Add(new(ModelTokenKind.Number, Number(text)));
            else if (part.Groups["qualifier"].Success) tokens.Add(new(ModelTokenKind.Qualifier, Said(text)));
            else if (!(QuestionText.IsKana(text[0]) ? Joins(text) : EnglishGlue.Contains(text)))
                tokens.Add(new(ModelTokenKind.Word, text));
        }
        return new(tokens);
    }

    /// <summary>Is a run of hiragana nothing but particles and politeness? Whatever else is written in hiragana is a
    /// word: おやめください.</summary>
    private static bool Joins(string run)
    {
        var ends = new bool[run.Length + 1];
        ends[0] = true;
        for (var at = 0; at < run.Length; at++)
            foreach (var piece in ends[at] ? Glue : [])
                if (string.CompareOrdinal(run, at, piece, 0, piece.Length) == 0) ends[at + piece.Length] = true;
        return ends[run.Length];
    }

    /// <summary>Asks, allows, denies and promises nothing.</summary>
    private static readonly string[] Glue =
    [
        "は", "が", "を", "に", "で", "と", "も", "の", "へ", "や", "な", "お", "ご", "です", "ます", "でございます", "ございます", "となります",
        "になります", "となっております", "しております", "しています", "します", "いたします", "いたしております", "しており", "となり", "になり", "であり",
        "また", "なお", "そして", "こちら", "という", "として", "について", "する", "ね", "よ", "ので", "ため",
    ];

    private static string Number(string text) =>
        string.Concat(text.Where(c => c != ',' && !char.IsWhiteSpace(c)));

    /// <summary>Negations of one kind are one: 送れない, 送れません.</summary>
    private static string Said(string qualifier) => Negation().IsMatch(qualifier) ? "not" : qualifier;

    private static readonly HashSet<string> EnglishGlue = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "is", "are", "it", "its", "this", "that", "our", "we", "your", "you", "of", "to", "for", "in",
        "on", "at", "and", "with", "by", "be", "as",
    };

    /// <summary>Everything in ASCII that a browser or a mail program would take for an address.</summary>
    [GeneratedRegex(@"(?:[a-z][a-z0-9+.-]*://|www\.|tel:|mailto:)[!-~]+|[!-~]+@[!-~]+\.[!-~]+"
        + @"|(?<![a-z0-9])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#:][!-~]*)?(?![a-z0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    /// <summary>A point within a number or a word ends nothing.</summary>
    [GeneratedRegex(@"(?<![0-9a-z])\.|\.(?![0-9a-z])|[!?\n\r]")]
    private static partial Regex End();

    private const string Counted = "0-9〇一二三四五六七八九十百千万億兆";

    private const string Qualifiers =
        "なけれ|なかっ|なく|ない|なし|もし|無い|ません|ずに|不可|不要|禁止|未満|以上|以下|以内|以降|以前|以外|まで|から|より|のみ|だけ|しか|限り|限ら|場合|とき|なら"
        + "|たら|れば|除[いきく]|対象外?|ただし|但し|もっとも|前|後|毎|ごと|約|ほど|最大|最短|最低"
        + @"|(?<=[0-9年月日時分円%]\s?)[-~〜–](?=\s?[0-9])"
        + @"|\b(?:not|no|never|none|cannot|without|unless|except|only|if|when|until|but|or|least|most|over|under|more"
        + @"|less|than|within|before|after|up|from|every|each|about|may|might|can|could|will|would|must|should)\b"
        + @"|n['’]t\b";

    /// <summary>A number takes its unit along: 550円, 10:00, 3 days.</summary>
    [GeneratedRegex($@"(?<number>[{Counted}](?:[{Counted}]|[,.:](?=[0-9]))*(?:\s?(?:%|[a-z]+|[\p{{L}}-[a-zぁ-ゖ]]))?)"
        + $@"|(?<qualifier>{Qualifiers})"
        + $@"|(?:(?!{Qualifiers})[ぁ-ゖー])+"
        + @"|[ァ-ヶー]+"
        + $@"|(?:(?!{Qualifiers}|[{Counted}])[一-鿿々])+"
        + $@"|(?:(?!{Qualifiers})[\p{{L}}\p{{M}}-[ぁ-ヶ一-鿿]])+")]
    private static partial Regex Part();

    [GeneratedRegex("^(?:な(?:けれ|かっ|く|い)|無い|ません|ずに|not|no|never|none|cannot|without|n['’]t)$")]
    private static partial Regex Negation();
}
