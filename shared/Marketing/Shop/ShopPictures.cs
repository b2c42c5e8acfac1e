namespace Automation.Marketing.Shop;

/// <summary>The shop's own pictures (shop/pictures): files name them, mails hold their address. Pure.</summary>
public static class ShopPictures
{
    /// <summary>Before the name of a picture, in the shop's files.</summary>
    public const string Folder = "pictures/";

    public static bool IsName(string text) => text.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The shop with its pictures' addresses, wherever its settings name one.</summary>
    /// <param name="addresses">By name within the folder.</param>
    public static ShopSettings With(ShopSettings shop, IReadOnlyDictionary<string, string> addresses)
    {
        return shop with
        {
            Pictures = addresses,
            Recommend = [.. shop.Recommend.Select(Product)],
            Products = [.. shop.Products.Select(Product)],
            Brand = shop.Brand with
            {
                Logo = shop.Brand.Logo is { } logo && Address(logo.Url) is { } url
                    ? logo with { Url = url, Dark = Address(logo.Dark) } : null,
            },
        };

        Recommendation Product(Recommendation product) => product with { ImageUrl = Address(product.ImageUrl) };

        string? Address(string? picture) => picture is not null && IsName(picture)
            ? addresses.GetValueOrDefault(picture[Folder.Length..]) : picture;
    }
}
