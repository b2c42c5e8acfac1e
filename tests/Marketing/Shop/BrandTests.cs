using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Shop;

public class BrandTests
{
    private static (ShopSettings? Shop, IReadOnlyList<Problem> Problems) Read(string more) => ShopReader.Read(
        "shop.json", Encoding.UTF8.GetBytes($$"""
            { "name": "茶", "postalAddress": "静岡", "contact": { "email": "a@example.jp" }, "timeZone": "Asia/Tokyo",
            {{more}} }
            """), new Names { Pictures = ["logo.png"] });

    [Fact]
    public void A_brand_is_logo_colours_font_and_links()
    {
        var (shop, problems) = Read("""
            "brand": { "logo": { "picture": "pictures/logo.png", "width": 120 },
              "colors": { "accent": "#7a1f1f", "card": "#fffaf0", "page": "#e0d8c8" },
              "font": "'Hiragino Mincho ProN', Yu Mincho, serif",
              "footer": [ { "words": "ご利用案内", "url": "https://a.example/" } ] },
            "languages": { "en": { "name": "Tea", "salutation": "Hello {name}" } }
            """);
        Assert.Empty(problems);
        Assert.Equal("#7a1f1f", shop!.Accent);
        Assert.Equal("Hiragino Mincho ProN,Yu Mincho,serif", shop.Brand.Font);
        Assert.Equal(new Logo("pictures/logo.png", Width: 120), shop.Brand.Logo);
        Assert.True(Colour.IsReadable(shop.Brand.Quiet, shop.Brand.Page));
        Assert.Equal("Tea", shop.Languages["en"].Name);
    }

    [Theory]
    [InlineData("""
        "brand": { "colours": {} }
        """, "colors")]
    [InlineData("""
        "brand": { "colors": { "accent": "2f5d50" } }
        """, "#2f5d50")]
    [InlineData("""
        "brand": { "logo": { "picture": "pictures/lgo.png" } }
        """, "pictures/logo.png")]
    [InlineData("""
        "brand": { "font": "Yu Mincho, serfi" }
        """, "Yu Mincho, serif")]
    [InlineData("""
        "brand": { "font": "Yu Mincho" }
        """, "Yu Mincho, sans-serif")]
    [InlineData("""
        "brand": { "footer": [ { "word": "a", "url": "https://a.example/" } ] }
        """, "words")]
    [InlineData("""
        "languages": { "jp": {} }
        """, "ja")]
    public void A_slip_is_refused_with_what_was_meant(string more, string suggestion) =>
        Assert.Contains(Read(more).Problems, problem => problem.Suggestion == suggestion);

    [Theory]
    [InlineData("\"text\": \"#999999\"")]
    [InlineData("\"accent\": \"#7fc8a9\"")]
    [InlineData("\"card\": \"#222222\"")]
    public void What_cannot_be_read_is_refused_with_a_shade_that_can(string color)
    {
        var problem = Read($$"""
            "brand": { "colors": { {{color}} } }
            """).Problems[0];
        Assert.Contains("cannot be read", problem.Message);
        var card = color.Contains("card", StringComparison.Ordinal) ? "#222222" : "#ffffff";
        Assert.True(Colour.IsReadable(problem.Suggestion!, card));
    }

    [Theory]
    [InlineData("a;b, serif")]
    [InlineData("x\\\"><script>, serif")]
    [InlineData("url(x), serif")]
    public void A_font_cannot_end_an_attribute(string font) =>
        Assert.NotEmpty(Read($$"""
            "brand": { "font": "{{font}}" }
            """).Problems);

    [Fact]
    public void The_accent_stands_in_one_place() => Assert.Contains(Read("""
        "accent": "#2f5d50", "brand": { "colors": { "accent": "#7a1f1f" } }
        """).Problems, problem => problem.Message.Contains("leave it out", StringComparison.Ordinal));
}
