using System.Text;

namespace Automation.Marketing.Customers;

/// <summary>Phone numbers as E.164.</summary>
public static class PhoneNumber
{
    private static readonly Dictionary<string, (string Code, bool TrunkZero)> Countries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["JP"] = ("81", true),
        ["US"] = ("1", false),
        ["CA"] = ("1", false),
        ["GB"] = ("44", true),
        ["DE"] = ("49", true),
        ["FR"] = ("33", true),
        ["IT"] = ("39", false),
        ["ES"] = ("34", false),
        ["NL"] = ("31", true),
        ["BE"] = ("32", true),
        ["CH"] = ("41", true),
        ["AT"] = ("43", true),
        ["SE"] = ("46", true),
        ["NO"] = ("47", false),
        ["DK"] = ("45", false),
        ["FI"] = ("358", true),
        ["PL"] = ("48", false),
        ["IE"] = ("353", true),
        ["AU"] = ("61", true),
        ["NZ"] = ("64", true),
        ["KR"] = ("82", true),
        ["CN"] = ("86", false),
        ["TW"] = ("886", true),
        ["HK"] = ("852", false),
        ["SG"] = ("65", false),
        ["TH"] = ("66", true),
        ["VN"] = ("84", true),
        ["PH"] = ("63", true),
        ["MY"] = ("60", true),
        ["ID"] = ("62", true),
        ["IN"] = ("91", true),
        ["BR"] = ("55", true),
        ["MX"] = ("52", false),
    };

    /// <summary>
    /// E.164, or null where it cannot be told: a national number needs the <paramref name="country"/> (ISO 3166 alpha-2) of a known one,
    /// letters and lengths no number has are none. Full-width digits count as digits.
    /// </summary>
    public static string? Normalize(string? text, string? country = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var digits = new StringBuilder(16);
        var international = false;
        foreach (var c in text.AsSpan().Trim())
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (c is >= '０' and <= '９') digits.Append((char)(c - '０' + '0'));
            else if (c is '+' or '＋' && digits.Length == 0) international = true;
            else if (c is not (' ' or '-' or '(' or ')' or '.' or '/' or '\u3000' or '－' or 'ー' or '‐' or '–' or '（' or '）')) return null;
        }
        var number = digits.ToString();
        if (!international)
        {
            if (country is null || !Countries.TryGetValue(country, out var known)) return null;
            if (known.Code == "1" && number.Length == 11 && number[0] == '1') number = number[1..];
            if (known.TrunkZero && number.StartsWith('0')) number = number[1..];
            number = known.Code + number;
        }
        // +81 (0)90 … : the trunk zero is no part of the international number.
        else if (number.StartsWith("810", StringComparison.Ordinal)) number = "81" + number[3..];
        return number.Length is >= 8 and <= 15 && number[0] != '0' ? "+" + number : null;
    }
}
