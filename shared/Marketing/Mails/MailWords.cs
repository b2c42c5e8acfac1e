using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>What the product itself says in a mail, in one language: the shop's words first, else its own.
/// Pure.</summary>
public sealed record MailWords
{
    /// <summary>The mail's own language where it is the shop's.</summary>
    public const string OfShop = "shop";

    public required string Language { get; init; }
    public required string OptOut { get; init; }
    public required string Unsubscribe { get; init; }
    public required string Contact { get; init; }

    /// <summary><c>{name}</c>: theirs.</summary>
    public required string Salutation { get; init; }
    public required string Somebody { get; init; }
    public required string Total { get; init; }
    public required string Refunded { get; init; }
    public required string See { get; init; }

    public bool IsJapanese => Language.StartsWith("ja", StringComparison.OrdinalIgnoreCase);

    private static readonly MailWords Japanese = new()
    {
        Language = "ja",
        OptOut = Layout.OptOut,
        Unsubscribe = "配信を停止する",
        Contact = "お問い合わせ",
        Salutation = "{name} 様",
        Somebody = "お客様",
        Total = "合計",
        Refunded = "返金",
        See = "くわしく見る",
    };

    private static readonly MailWords English = new()
    {
        Language = "en",
        OptOut = "If you would rather not get these mails, you can stop them here at any time.",
        Unsubscribe = "Unsubscribe",
        Contact = "Contact",
        Salutation = "Dear {name}",
        Somebody = "Dear customer",
        Total = "Total",
        Refunded = "Refunded",
        See = "See it",
    };

    /// <summary>How a day is written in a mail's language; null: as in the shop's own.</summary>
    public static string? DayOf(string? language) => language switch
    {
        null => null,
        _ when language.StartsWith("ja", StringComparison.Ordinal) => null,
        _ when language.StartsWith("en", StringComparison.Ordinal) => "d MMMM yyyy",
        _ => "yyyy-MM-dd",
    };

    /// <summary>Are there words for mails in that language?</summary>
    public static bool Knows(ShopSettings shop, string language) =>
        language is "ja" or "en" || shop.Languages.ContainsKey(language);

    /// <summary>The languages there are words for.</summary>
    public static IEnumerable<string> Known(ShopSettings shop) => shop.Languages.Keys.Union(["ja", "en"]);

    /// <param name="language">Null: the shop's own.</param>
    public static MailWords Of(ShopSettings shop, string? language)
    {
        var wanted = language ?? shop.Language;
        var words = (wanted.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English) with
        {
            Language = wanted,
        };
        if (language is null && !string.IsNullOrWhiteSpace(shop.OptOut)
            && (words.IsJapanese || shop.OptOut != Layout.OptOut)) words = words with { OptOut = shop.OptOut };
        if (shop.Languages.GetValueOrDefault(wanted.ToLowerInvariant()) is not { } own) return words;
        return words with
        {
            OptOut = own.OptOut ?? words.OptOut,
            Unsubscribe = own.Unsubscribe ?? words.Unsubscribe,
            Contact = own.Contact ?? words.Contact,
            Salutation = own.Salutation ?? words.Salutation,
            Somebody = own.Somebody ?? words.Somebody,
        };
    }

    /// <summary>Both names, in the order in which they are said.</summary>
    public string Name(string? family, string? given) =>
        (IsJapanese ? $"{family} {given}" : $"{given} {family}").Trim();

    /// <summary>How somebody is addressed: by the family's name alone, where Japanese is spoken.</summary>
    public string Address(string? family, string? given)
    {
        var called = IsJapanese && !string.IsNullOrWhiteSpace(family) ? family : Name(family, given);
        return called.Length == 0 ? Somebody : Salutation.Replace("{name}", called, StringComparison.Ordinal);
    }
}
