using Automation.Marketing.Chat;

namespace Automation.Marketing.Tests.Chat;

/// <summary>What was asked in a scenario, written in another way by a rule.</summary>
internal sealed record Variation(string Rule, string Says, ChatTalk Talk, ChatTurn Turn);

/// <summary>Ways in which people write the same question.</summary>
internal static class Variations
{
    private static readonly (string Rule, Func<string, string> Write)[] Rules =
    [
        ("particles left out", text => Without(text, "は", "を", "が", "って")),
        ("another particle", text => Once(Once(text, "は", "って"), "を", "は")),
        ("katakana as hiragana", text => string.Concat(text.Select(
            c => c is >= 'ァ' and <= 'ヶ' ? (char)(c - 'ァ' + 'ぁ') : c))),
        ("wide letters and digits", text => string.Concat(text.Select(
            c => c is > ' ' and <= '~' ? (char)(c - '!' + '！') : c))),
        ("very polite", text => IsJapanese(text) ? $"お忙しいところ恐れ入ります。{Bare(text)}、教えていただけますでしょうか。よろしくお願いいたします。"
            : $"Hello, could you please tell me: {text} Thank you very much!"),
        ("curt", text => IsJapanese(text) ? Bare(text) + "？" : text.TrimEnd('?', '!', '.').ToLowerInvariant()),
        ("two letters swapped", text => Swapped(text)),
        ("a letter twice", text => text.Length < 6 ? text + text[^1] : text[..4] + text[3] + text[4..]),
        ("a letter left out", text => text.Length < 8 ? text : text[..^3] + text[^2..]),
        ("laughing and marks", text => $"{text}！！！(笑)♪"),
        ("small talk before it", text => IsJapanese(text) ? $"先日はありがとうございました。ところで{text}" : $"Hi there! {text}"),
        ("spread out", text => IsJapanese(text) ? text.Replace("、", "\n", StringComparison.Ordinal) + "\n\n"
            : text.Replace(" ", "  ", StringComparison.Ordinal)),
    ];

    /// <summary>So many, the same each time: of single questions whose answer, order or product is known.</summary>
    public static IReadOnlyList<Variation> Of(IEnumerable<ChatScenario> scenarios, int count)
    {
        var asked = scenarios.OrderBy(chat => chat.Id, StringComparer.Ordinal).SelectMany(chat => chat.Talks)
            .Where(talk => talk.Turns is [{ Sends: null, IsTap: false }, ..]
                && (talk.Turns[0].Answer is not null || talk.Turns[0].Comes is ReplyKind.Order or ReplyKind.Product
                    or ReplyKind.Link or ReplyKind.People or ReplyKind.Stopped))
            .ToList();
        var made = new List<Variation>();
        for (var round = 0; made.Count < count; round++)
            for (var n = 0; n < asked.Count && made.Count < count; n++)
            {
                var (rule, write) = Rules[(n + round * 5) % Rules.Length];
                var turn = asked[n].Turns[0];
                if (write(turn.Says) is var says && says != turn.Says
                    && !made.Exists(other => other.Says == says && other.Talk == asked[n]))
                    made.Add(new(rule, says, asked[n] with { Turns = [turn with { Says = says }] }, turn));
            }
        return made;
    }

    private static bool IsJapanese(string text) => text.Any(c => c is >= 'ぁ' and <= 'ヶ');

    private static string Without(string text, params string[] words) =>
        words.Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));

    private static string Once(string text, string word, string other) =>
        text.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at
            ? text[..at] + other + text[(at + word.Length)..] : text;

    private static string Bare(string text) => Without(
        text, "でしょうか", "教えてください", "ですか", "ますか", "ください", "？", "?", "。", "！");

    /// <summary>In a word of letters within it; in Japanese before the end, where it hurts least.</summary>
    private static string Swapped(string text)
    {
        if (text.Length < 6) return text;
        var space = text.LastIndexOf(' ');
        var at = IsJapanese(text) ? text.Length - 3 : space > 0 && text.Length - space > 4 ? space + 2 : 2;
        return text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
    }
}
