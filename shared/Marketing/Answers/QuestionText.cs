using System.Text;
using System.Text.RegularExpressions;
using Automation.Marketing.Search;

namespace Automation.Marketing.Answers;

/// <summary>Questions as they are compared: width, case, katakana or hiragana, long marks and politeness do not
/// count. Pure.</summary>
public static partial class QuestionText
{
    /// <summary>Longer texts are looked at up to here.</summary>
    public const int Longest = 500;

    /// <summary>What is said around a question, as <see cref="Fold"/> leaves it; longer ones before those within
    /// them.</summary>
    private static readonly string[] Around =
    [
        .. new[]
        {
            "すみませんが", "すみません", "すいません", "恐れ入りますが", "恐れ入ります", "お手数ですが", "お忙しいところ", "失礼します",
            "こんにちは", "こんにちわ", "こんばんは", "こんばんわ", "おはようございます", "初めまして", "はじめまして",
            "お世話になっております", "お世話になります", "お世話様です", "よろしくお願いいたします", "よろしくお願いします", "宜しくお願いします",
            "よろしくです", "お願いいたします", "お願いします", "おねがいします", "お願いできますか", "質問があります", "質問です", "質問なんですが",
            "教えていただけますか", "教えて頂けますか", "教えていただきたい", "教えてもらえますか", "教えてください", "教えて下さい", "おしえてください",
            "教えて欲しい", "教えてほしい", "教えて", "おしえて", "お聞きしたい", "聞きたい", "伺いたい", "知りたい", "確認したい", "ご存知", "についてですが",
            "について", "に関して", "のでしょうか", "でしょうか", "なんでしょう", "でしょう", "なのですが", "なんですが", "なんですけど",
            "んですけれど", "んですけど", "んですが", "のですが", "んですか", "のですか", "ですかね", "ですけど", "ですが", "ですか", "ですよね",
            "ますかね", "ますか", "ませんか", "ください", "下さい", "くださいませ", "いただけ", "頂け", "もらえ", "たいです", "みたい", "ありがとうございます",
            "ありがとう", "です", "ます", "っけ",
        }.OrderByDescending(phrase => phrase.Length),
    ];

    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "do", "does", "did", "you", "your", "i", "my", "me", "we", "is", "are", "am", "was", "be",
        "to", "can", "could", "would", "will", "please", "for", "of", "it", "this", "that", "hi", "hello", "hey", "and",
        "or", "in", "on", "at", "with", "tell", "know", "about", "like", "have", "has", "there", "any", "some",
        "thanks", "thank", "s", "u", "ur", "pls", "plz", "so", "if", "want", "question",
    };

    /// <summary>One form for one text: however wide, whichever kana, with or without long marks; what is not a letter
    /// or digit is a space.</summary>
    public static string Fold(string text) => Kana(Plain(text));

    /// <summary>Katakana as hiragana.</summary>
    internal static string Kana(string plain) => !plain.Any(IsKatakana) ? plain
        : string.Concat(plain.Select(c => IsKatakana(c) ? (char)(c - 'ァ' + 'ぁ') : c));

    /// <summary>The same, but katakana stays what it is: it writes words, hiragana mostly what joins them.</summary>
    private static string Plain(string text)
    {
        var plain = Width.Fold(text.Length > Longest ? text[..Longest] : text).ToLowerInvariant();
        var folded = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            var last = folded.Length > 0 ? folded[^1] : ' ';
            if (c is 'ー' or 'ｰ' or '−' or '‐' or '–' or '—' or '〜' or '~' or '-' && (IsKana(last) || IsKatakana(last)))
                continue;
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '々') folded.Append(c);
            else if (last != ' ') folded.Append(' ');
        }
        return folded.ToString().Trim();
    }

    /// <summary>What is asked, without greetings and politeness; katakana stays.</summary>
    public static string Core(string text)
    {
        var core = Plain(text);
        foreach (var phrase in Around) core = core.Replace(phrase, " ", StringComparison.Ordinal);
        return string.Join(' ', core.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !SmallWords.Contains(word)));
    }

    /// <summary>Is it written in Japanese? Null: nothing shows it.</summary>
    public static bool? IsJapanese(string text)
    {
        var plain = Width.Fold(text);
        return plain.Any(c => IsKana(c) || IsKatakana(c) || IsKanji(c)) ? true
            : Letters().IsMatch(plain) ? false
            : null;
    }

    internal static bool IsKana(char c) => c is >= 'ぁ' and <= 'ゖ';
    internal static bool IsKatakana(char c) => c is >= 'ァ' and <= 'ヶ';
    internal static bool IsKanji(char c) => c is >= '一' and <= '鿿' or '々';

    [GeneratedRegex("[A-Za-z]{2,}")] private static partial Regex Letters();
}
