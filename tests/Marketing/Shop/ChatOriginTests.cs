using System.Text;
using Automation.Marketing.Publishing;

namespace Automation.Marketing.Tests.Shop;

public class ChatOriginTests
{
    private static (IReadOnlyList<string>? Origins, string? Problem, string? Suggestion) Read(string origin)
    {
        var (shop, problems) = ShopReader.Read("shop.json", Encoding.UTF8.GetBytes($$"""
            { "name": "茶", "postalAddress": "静岡", "contact": { "email": "a@example.jp" }, "timeZone": "Asia/Tokyo",
              "chat": { "origins": ["{{origin}}"] } }
            """), new());
        return (shop?.Chat?.Origins, problems.SingleOrDefault()?.Message, problems.SingleOrDefault()?.Suggestion);
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("https://Shop.Example/", "https://shop.example")]
    [InlineData("https://shop.example:443", "https://shop.example")]
    [InlineData("https://お茶.jp", "https://xn--t8jy01w.jp")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    public void An_origin_is_kept_as_browsers_write_it(string written, string kept)
    {
        var (origins, problem, _) = Read(written);
        Assert.Null(problem);
        Assert.Equal([kept], origins);
    }

    [Theory]
    [InlineData("shop.example", "is not an origin", "https://shop.example")]
    [InlineData("https://shop.example/cart?a=1", "more than an origin", "https://shop.example")]
    [InlineData("http://shop.example", "not encrypted", "https://shop.example")]
    [InlineData("https://*.shop.example", "more than one origin", null)]
    [InlineData("*", "more than one origin", null)]
    [InlineData("ftp://shop.example", "is not an origin", null)]
    public void What_is_none_is_refused_with_what_was_meant(string written, string problem, string? meant)
    {
        var (_, said, suggestion) = Read(written);
        Assert.Contains(problem, said!, StringComparison.Ordinal);
        Assert.Equal(meant, suggestion);
    }
}
