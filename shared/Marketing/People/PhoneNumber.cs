using PhoneNumbers;

namespace Automation.Marketing.People;

/// <summary>Phone numbers as E.164, by the numbering plans of all countries (libphonenumber).</summary>
public static class PhoneNumber
{
    /// <summary>Nobody writes a longer one; longer texts are not looked at.</summary>
    private const int Longest = 40;
    private static readonly Lazy<PhoneNumberUtil> Plans = new(PhoneNumberUtil.GetInstance);

    /// <summary>E.164, or null where it is not a number somebody can have. A national one is read by the
    /// <paramref name="country"/> (ISO 3166 alpha-2) of the address, and where there is none by that of the shop. An
    /// extension is not told apart from the company's number: none.</summary>
    public static string? Normalize(string? text, string? country = null, string? shop = null)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Any(c => char.IsLetter(c) && c != 'ー'))
            return null;
        var region = (string.IsNullOrWhiteSpace(country) ? shop : country)?.Trim().ToUpperInvariant();
        try
        {
            var number = Plans.Value.Parse(text, region);
            return !number.HasExtension && Plans.Value.IsValidNumber(number)
                ? Plans.Value.Format(number, PhoneNumberFormat.E164)
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The first of the texts that is a number somebody can have, as E.164; null where none is. The same text
    /// is read once: shops tell it in several places.</summary>
    public static string? First(ReadOnlySpan<string?> texts, string? country = null, string? shop = null)
    {
        for (var i = 0; i < texts.Length; i++)
            if (!texts[..i].Contains(texts[i]) && Normalize(texts[i], country, shop) is { } number) return number;
        return null;
    }

    /// <summary>An E.164 number as it is dialled within its country; null where it is none.</summary>
    public static string? National(string number)
    {
        try
        {
            return Plans.Value.Format(Plans.Value.Parse(number, null), PhoneNumberFormat.NATIONAL);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The plans are read at the first number; whoever answers somebody soon has that done before.</summary>
    public static void WarmUp() => Normalize("03-1234-5678", "JP");
}
