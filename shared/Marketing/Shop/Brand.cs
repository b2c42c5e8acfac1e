namespace Automation.Marketing.Shop;

/// <summary>How the shop looks in mails and on its customers' page (<c>brand</c> in shop.json). Its accent is
/// <see cref="ShopSettings.Accent"/>.</summary>
public sealed record Brand
{
    public static readonly Brand Plain = new();

    /// <summary>Null: the shop's name in letters.</summary>
    public Logo? Logo { get; init; }

    /// <summary>What the text stands on, around it, and the text itself, #rrggbb.</summary>
    public string Card { get; init; } = "#ffffff";
    public string Page { get; init; } = "#f4f4f1";
    public string Text { get; init; } = "#2b2e2c";

    /// <summary>Small print on the page.</summary>
    public string Quiet { get; init; } = "#6d716d";

    /// <summary>CSS: names of fonts without quotes, the first there is counts.</summary>
    public string Font { get; init; } =
        "-apple-system,BlinkMacSystemFont,Hiragino Sans,Hiragino Kaku Gothic ProN,Yu Gothic Medium,Meiryo,"
        + "Noto Sans JP,sans-serif";

    /// <summary>Below every mail.</summary>
    public IReadOnlyList<BrandLink> Footer { get; init; } = [];

    /// <summary>Where else the shop is: what the block <c>social</c> shows.</summary>
    public IReadOnlyList<BrandLink> Social { get; init; } = [];
}

/// <summary>The shop's logo: an address, or the name of a picture of its own (<c>pictures/logo.png</c>).</summary>
/// <param name="Dark">Shown instead where mails are read on dark ground; null: the same.</param>
/// <param name="Width">CSS pixels.</param>
public sealed record Logo(string Url, string? Dark = null, int Width = 160);

/// <summary>A link of the shop's own with its words.</summary>
public sealed record BrandLink(string Words, string Url);

/// <summary>What mails in another language than the shop's say instead (<c>languages</c> in shop.json); null: as the
/// shop says it, or the product's own words.</summary>
public sealed record ShopLanguage
{
    public string? Name { get; init; }
    public string? PostalAddress { get; init; }
    public string? OptOut { get; init; }

    /// <summary>The words of the link that stops mails.</summary>
    public string? Unsubscribe { get; init; }
    public string? Contact { get; init; }

    /// <summary>How a customer is addressed, <c>{name}</c> a blank; and somebody whose name is not known.</summary>
    public string? Salutation { get; init; }
    public string? Somebody { get; init; }

    /// <summary>Null: the shop's.</summary>
    public IReadOnlyList<BrandLink>? Footer { get; init; }
}
