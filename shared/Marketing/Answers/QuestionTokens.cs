using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Automation.Marketing.Answers;

/// <summary>A piece of a question.</summary>
/// <param name="Text">With kana folded, as it is compared.</param>
/// <param name="Bears">How much of the meaning it bears, 0 to 1: names of things much, what joins them little.</param>
internal readonly record struct QuestionToken(string Text, double Bears);

/// <summary>Text as Lucene indexes it: pairs of Japanese letters, words of other scripts in the singular.</summary>
internal static class QuestionTokens
{
    private const double Joins = 0.3, Touches = 0.45;
    private const string Particles = "はがをにのでともへやかって";

    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
    {
        "how", "much", "many", "what", "when", "where", "which", "who", "why", "long", "get", "use", "need", "make",
        "am", "from", "by", "not", "no", "yes", "ok", "just", "also", "even", "go",
    };

    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>Safe to use from many threads.</summary>
    public static Analyzer Analyzer { get; } = Analyzer.NewAnonymous((_, reader) =>
    {
        var words = new StandardTokenizer(Version, reader);
        return new TokenStreamComponents(words, new EnglishMinimalStemFilter(new CJKBigramFilter(words)));
    });

    /// <summary>Each once, in their order; at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<QuestionToken> Of(string text, int most = 80)
    {
        var tokens = new List<QuestionToken>();
        using var stream = Analyzer.GetTokenStream("ask", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (tokens.Count < most && stream.IncrementToken())
            if (term.ToString() is { Length: > 0 } found && QuestionText.Kana(found) is var token
                && !tokens.Exists(known => known.Text == token)) tokens.Add(new(token, Bears(found)));
        if (tokens.Count < most) stream.End();
        return tokens;
    }

    private static double Bears(string token)
    {
        if (token.All(QuestionText.IsKana)) return Joins;
        if (token.Any(c => QuestionText.IsKanji(c) || QuestionText.IsKatakana(c)))
            return token.Length == 1 || token.Any(c => Particles.Contains(c, StringComparison.Ordinal)) ? Touches : 1;
        return Asking.Contains(token) ? Joins : 1;
    }

    /// <summary>A word of letters a typo may be in.</summary>
    public static bool IsWord(string token) => token.Length >= 4 && token.All(c => c is >= 'a' and <= 'z');
}
