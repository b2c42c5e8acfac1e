using System.Globalization;
using System.Text;

namespace Automation.Marketing.Search;

/// <summary>Texts as they are compared when somebody is looked for: however it is written, one name has one form, and
/// so has a number. Pure.</summary>
public static class SearchText
{
    /// <summary>No key is longer: what comes after is not looked at.</summary>
    private const int Longest = 180;

    /// <summary>Letters that one and the same person's name is written with, now so, now so.</summary>
    private const string Variants = "髙高﨑崎濵浜濱浜邉辺邊辺齋斎澤沢";

    /// <summary>A name: width, case, katakana or hiragana, and what stands between its parts do not count.</summary>
    public static string Name(string text) => Fold(text, rune => Rune.IsLetterOrDigit(rune) || IsMark(rune));

    /// <summary>An order's number: letters and digits of it.</summary>
    public static string Number(string text) => Fold(text, Rune.IsLetterOrDigit);

    /// <summary>The beginning of an address, or a whole one.</summary>
    public static string Address(string text) => Fold(text, rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));

    /// <summary>The digits of a phone number; empty where it is none, nor the beginning of one.</summary>
    public static string Digits(string text)
    {
        var plain = Width.Fold(text);
        return plain.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c)
            || "+-()./ー−‐–—".Contains(c, StringComparison.Ordinal))
            ? string.Concat(plain.Where(char.IsAsciiDigit))
            : "";
    }

    /// <summary>A text as a part of a row's key: a beginning of the text is a beginning of its key, in every engine's
    /// order.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value)) key.Append((char)rune.Value);
            else
                foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
                    key.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            if (key.Length > Longest) return key.ToString(0, Longest);
        }
        return key.ToString();
    }

    private static string Fold(string text, Func<Rune, bool> counts)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Width.Fold(text).ToLowerInvariant().EnumerateRunes())
            if (counts(rune)) folded.Append(Same(rune));
        return folded.ToString();
    }

    private static Rune Same(Rune rune) => rune.Value switch
    {
        >= 'ァ' and <= 'ヶ' and var katakana => new(katakana - 'ァ' + 'ぁ'),
        0x20BB7 => new('吉'),
        <= char.MaxValue and var c when Variants.IndexOf((char)c) is >= 0 and var at
            && at % 2 == 0 => new(Variants[at + 1]),
        _ => rune,
    };

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
