using System.Buffers;
using System.Globalization;
using System.Text;

namespace Automation.Marketing.People;

/// <summary>E-mail addresses as we compare and store them: one address has one form, however it is written.</summary>
public static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> Unseen = SearchValues.Create("\u00ad\u200b\u200c\u200d\u2060\ufeff");
    private static readonly SearchValues<char> Never =
        SearchValues.Create([.. "@,;<>()[]\\\":", .. Enumerable.Range(0, 33).Select(c => (char)c), '\u007f']);

    /// <summary>Ways to write other letters (superscripts, ligatures, letters in circles …), and marks that belong on
    /// the letter before.</summary>
    private static readonly (char From, char To)[] OtherForms =
        [('\u02b0', '\u036f'), ('\u1d2c', '\u1dff'), ('\u2070', '\u218f'), ('\u2460', '\u24ff'), ('\u3099', '\u309c'),
            ('\u3200', '\u33ff'), ('\uf900', '\uffff')];

    /// <summary>Trimmed, lower case, half width, without what cannot be seen, the domain as people read it; null where
    /// it is not an address one could write to (RFC 5321 lengths, a domain with a dot). Japanese carriers' addresses
    /// with two dots in a row or before the @ are real and stay.</summary>
    public static string? Normalize(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 1000) return null;
        if (!Ascii.IsValid(text))
            text = Wording.HalfWidth(text.AsSpan().ContainsAny(Unseen)
                ? string.Concat(text.Where(c => !Unseen.Contains(c)))
                : text);
        var address = text.Trim().ToLowerInvariant();
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || address.Length > 254) return null;
        foreach (var c in address.AsSpan(0, at)) if (Never.Contains(c) || !char.IsAscii(c) && !IsLetter(c)) return null;
        var domain = address[(at + 1)..];
        if (domain.Length < 3 || !domain.Contains('.', StringComparison.Ordinal)) return null;
        if (IsPlainDomain(domain)) return address;
        return Readable(domain) is { } readable ? $"{address[..at]}@{readable}" : null;
    }

    private static bool IsPlainDomain(string domain)
    {
        var label = 0;
        foreach (var c in domain)
        {
            if (c == '.' ? label is 0 or > 63 : !(char.IsAsciiLetterOrDigit(c) || c == '-' && label > 0)) return false;
            label = c == '.' ? 0 : label + 1;
        }
        return label is > 0 and <= 63
            && domain[^1] != '-'
            && !domain.Contains("-.", StringComparison.Ordinal)
            && !domain.Contains("xn--", StringComparison.Ordinal);
    }

    /// <summary>The domain in its letters, also where it came as <c>xn--…</c>; null where it cannot be one.</summary>
    private static string? Readable(string domain)
    {
        try
        {
            var readable = Idn.GetUnicode(Idn.GetAscii(domain)).ToLowerInvariant();
            foreach (var c in readable) if (!IsLetter(c) && c is not ('.' or '-')) return null;
            return readable;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || !char.IsAscii(c) && !Array.Exists(
        OtherForms, forms => c >= forms.From && c <= forms.To)
        && char.GetUnicodeCategory(
            c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber;
}
