using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>What mails see of the shop: the same for everybody until shop.json changes. Pure.</summary>
internal static class ShopModel
{
    public static Dictionary<string, object?> Of(ShopSettings shop) => new(20)
    {
        ["name"] = shop.Name,
        ["postalAddress"] = shop.PostalAddress,
        ["url"] = shop.Url,
        ["contact"] = new Dictionary<string, object?>(3)
        {
            ["email"] = shop.Contact.Email,
            ["phone"] = shop.Contact.Phone,
            ["url"] = shop.Contact.Url,
        },
        ["accent"] = Layout.Accent(shop.Accent),
        ["onAccent"] = Layout.OnAccent(shop.Accent),
        ["ink"] = shop.Brand.Text,
        ["card"] = shop.Brand.Card,
        ["ground"] = shop.Brand.Page,
        ["quiet"] = shop.Brand.Quiet,
        ["font"] = shop.Brand.Font,
        ["logo"] = shop.Brand.Logo is { } logo && Web(logo.Url) is { } url ? new Dictionary<string, object?>(3)
        {
            ["url"] = url,
            ["dark"] = Web(logo.Dark),
            ["width"] = FormattableString.Invariant($"{logo.Width}"),
        } : null,
        ["social"] = Links(shop.Brand.Social),
        ["pictures"] = shop.Pictures.ToDictionary(picture => picture.Key, picture => (object?)picture.Value),
        ["products"] = Products(shop),
        ["in"] = MailWords.Known(shop).Select(language => (language, Words(shop, language)))
            .Append((MailWords.OfShop, Words(shop, null)))
            .ToDictionary(words => words.Item1, words => (object?)words.Item2),
    };

    /// <summary>An address of the web; null: it leads nowhere from a mail.</summary>
    public static string? Web(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? url : null;

    /// <summary>A product's picture: its own, else the one that shop.json has of it.</summary>
    public static string? Picture(string? url, string? product, ShopSettings shop) => Web(url)
        ?? (product is null ? null : Web(All(shop).FirstOrDefault(one => one.Id == product)?.ImageUrl));

    /// <summary>The products that mails may name.</summary>
    public static IEnumerable<Recommendation> All(ShopSettings shop) => shop.Products.Concat(shop.Recommend);

    private static Dictionary<string, object?> Products(ShopSettings shop)
    {
        var products = new Dictionary<string, object?>();
        foreach (var product in All(shop))
            products.TryAdd(product.Id, new Dictionary<string, object?>(4)
            {
                ["title"] = product.Title,
                ["price"] = product.Price is { } price ? new Money(price, shop.Currency) : null,
                ["leads"] = Web(product.Url ?? shop.PageOf(product.Id, product.Title)),
                ["picture"] = Web(product.ImageUrl),
            });
        return products;
    }

    private static Dictionary<string, object?> Words(ShopSettings shop, string? language)
    {
        var words = MailWords.Of(shop, language);
        var own = shop.Languages.GetValueOrDefault(words.Language.ToLowerInvariant());
        return new(10)
        {
            ["language"] = words.Language,
            ["name"] = language is null ? shop.Name : own?.Name ?? shop.Name,
            ["postalAddress"] = language is null ? shop.PostalAddress : own?.PostalAddress ?? shop.PostalAddress,
            ["optOut"] = words.OptOut,
            ["unsubscribe"] = words.Unsubscribe,
            ["contact"] = words.Contact,
            ["total"] = words.Total,
            ["refunded"] = words.Refunded,
            ["see"] = words.See,
            ["footer"] = Links(own?.Footer ?? shop.Brand.Footer),
        };
    }

    private static List<Dictionary<string, object?>>? Links(IReadOnlyList<BrandLink> links) =>
        links.Count == 0 ? null : [.. links.Select(link => new Dictionary<string, object?>(2)
        {
            ["words"] = link.Words,
            ["url"] = link.Url,
        })];
}
