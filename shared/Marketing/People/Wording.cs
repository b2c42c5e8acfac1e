using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Automation.Marketing.People;

/// <summary>Words that others typed and that a mail will say in the shop's name: one line, of a length that a name or
/// title has.</summary>
public static partial class Wording
{
    private const int LongestName = 60, LongestTitle = 200, LongestAddress = 2000;

    /// <summary>ASCII, kana, kanji: nearly all there is, and nothing in it needs a second look.</summary>
    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        [.. Enumerable.Range(' ', 95).Concat(Enumerable.Range('ぁ', 0x5f)).Concat(Enumerable.Range(
            'ァ', 0x5f)).Concat(Enumerable.Range('一', 0x51a6)).Select(c => (char)c), '々', '　']);

    private static readonly SearchValues<char> OfLinks = SearchValues.Create(".:/\\@．：／＠。｡․");

    /// <summary>A person's name as it may stand in a greeting; null where there is none, or where it leads somewhere:
    /// that is not a name.</summary>
    public static string? Name(string? text) => Line(text, LongestName) is { } name && !HasLink(name) ? name : null;

    /// <summary>What something is called.</summary>
    public static string? Title(string? text, int longest = LongestTitle) => Line(text, longest);

    /// <summary>A language tag (BCP 47), or null where it is none.</summary>
    public static string? Language(string? text) =>
        text is { Length: >= 2 and <= 35 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? text
            : null;

    /// <summary>A country's code (ISO 3166 alpha-2) in capitals, or null where it is none.</summary>
    public static string? Country(string? text) =>
        text is { Length: 2 } && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : null;

    /// <summary>A web address, or null where it is none.</summary>
    public static string? Web(string? text) =>
        text is { Length: <= LongestAddress }
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http" ? text : null;

    /// <summary>Would a mail program make a link of it, or of a part? Also where it is written full-width or with dots
    /// of other scripts.</summary>
    public static bool HasLink(string text)
    {
        if (!text.AsSpan().ContainsAny(OfLinks)) return false;
        var plain = HalfWidth(text);
        return plain.Contains("//", StringComparison.Ordinal)
            || plain.Contains('@', StringComparison.Ordinal)
            || Address().IsMatch(plain);
    }

    /// <summary>Full-width letters and the dots of other scripts as those one types into a browser.</summary>
    internal static string HalfWidth(string text) => string.Create(text.Length, text, static (plain, from) =>
    {
        for (var n = 0; n < from.Length; n++)
            plain[n] = from[n] switch
            {
                >= '！' and <= '～' and var wide => (char)(wide - '！' + '!'),
                '。' or '｡' or '․' => '.',
                '　' => ' ',
                var c => c
            };
    });

    private static string? Line(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length <= longest && IsLine(text)) return text;
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > longest) break;
            if (IsSpace(rune))
            {
                if (line.Length > 0 && line[^1] is not (' ' or '　')) line.Append(rune.Value == '　' ? '　' : ' ');
            }
            else if (IsShown(rune)) line.Append(rune);
        }
        return line.ToString().Trim() is { Length: > 0 } words ? words : null;
    }

    private static bool IsLine(string text) =>
        !text.AsSpan().ContainsAnyExcept(Harmless)
            && text[0] != ' '
            && text[^1] != ' '
            && !text.Contains("  ", StringComparison.Ordinal);

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);

    /// <summary>Direction marks, invisible joiners and halves of characters are not.</summary>
    private static bool IsShown(Rune rune) => rune.Value != Rune.ReplacementChar.Value
        && rune.Value is not (>= 0x1d400 and <= 0x1d7ff)   // letters for formulas
        && Rune.GetUnicodeCategory(
            rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.Surrogate);

    /// <summary><c>www.</c>, <c>word.tld</c> with an end that mail programs know, <c>word.word/</c>, a number of four
    /// parts, <c>word:</c> of a scheme.</summary>
    [GeneratedRegex(
        @"www\.|[\p{L}\p{N}_-]\.[a-z0-9.-]+/|\b\d{1,3}(\.\d{1,3}){3}\b|\b(https?|ftp|mailto|tel|line|javascript|data):|"
        + @"[\p{L}\p{N}_-]\.(com|net|org|info|biz|io|co|me|tv|cc|ly|gl|gd|to|app|dev|xyz|top|site|online|shop|"
        + @"store|club|link|click|live|page|work|icu|vip|win|bid|fun|pro|asia|tokyo|jp|cn|ru|us|uk|de|fr|eu|"
        + @"in|br|au|kr|tw|hk|tk|ml|ga|cf|gq|pw|ws|su|id|vn|th|sg|ph|nl|it|es|pl|ch|at|be|se|ca|mx|edu|gov|"
        + @"mobi|name)(?![\p{L}\p{N}_])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
