using System.Text;

namespace Automation.Marketing.Search;

/// <summary>Full-width letters and digits as plain ones, half-width katakana as full ones, kana and the mark behind it
/// as one letter: what compatibility normalisation does to Japanese, of which a program without ICU does nothing.
/// Pure.</summary>
public static class Width
{
    private const string Half = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    /// <summary>Kana that may be voiced, and those of them that may be half-voiced.</summary>
    private const string Voiced = "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";
    private const string HalfVoiced = "はひふへほハヒフヘホ";

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c is '\u3099' or '\u309b' or '\uff9e' && Last(folded) is { } voiced && Voice(voiced) is { } with)
                folded[^1] = with;
            else if (c is '\u309a' or '\u309c' or '\uff9f' && Last(folded) is { } half
                && HalfVoiced.Contains(half, StringComparison.Ordinal))
                folded[^1] = (char)(half + 2);
            else folded.Append(Plain(c));
        return folded.ToString();
    }

    private static char? Last(StringBuilder text) => text.Length > 0 ? text[^1] : null;

    private static char? Voice(char kana) => kana switch
    {
        'ウ' => 'ヴ',
        'う' => 'ゔ',
        _ when Voiced.Contains(kana, StringComparison.Ordinal) => (char)(kana + 1),
        _ => null,
    };

    private static char Plain(char c) => c switch
    {
        >= '！' and <= '～' => (char)(c - '！' + '!'),
        >= 'ｦ' and <= 'ﾝ' => Half[c - 'ｦ'],
        '　' => ' ',
        '｡' or '。' => '.',
        _ => c,
    };
}
