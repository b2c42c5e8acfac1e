using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Automation.Marketing.Mails;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Mails;

/// <summary>What stands between <c>```</c> lines, pictures, tables.</summary>
public class BlockTests
{
    private static readonly ShopSettings Shop = Mail.Shop with
    {
        Brand = Brand.Plain with
        {
            Social = [new("Instagram", "https://social.example/a"), new("LINE", "https://l.example/")],
        },
        Recommend = [new()
        {
            Id = "tea",
            Title = "煎茶 <一>",
            Url = "https://shop.example/p/tea",
            Price = 1200,
            ImageUrl = "https://shop.example/tea.jpg",
        }],
        Products = [new()
        {
            Id = "cup",
            Title = "湯のみ",
        }],
        Pictures = new Dictionary<string, string> { ["hero.png"] = "https://shop.example/pictures/ab/hero.png" },
    };

    private static Situation Situation => Mail.Situation with { Shop = Shop };

    private static RenderedMail Render(string body, Situation? situation = null) =>
        Mail.Render(body, situation: situation ?? Situation);

    private static IElement Body(RenderedMail mail) =>
        new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("td.ink")[^1];

    private static IReadOnlyList<Problem> Check(string body) =>
        MailCheck.Check(Mail.Source(body), Shop, Sample.All(Shop, Mail.Now, new(Order: true)), Purpose.Marketing);

    [Fact]
    public void Suggestions_are_cards_with_picture_title_price_and_button()
    {
        var many = Situation with
        {
            Suggestions =
            [
                new()
                {
                    ProductId = "2",
                    Title = "ほうじ茶 & 玄米",
                    Url = "https://shop.example/p/2?a=1&b=2",
                    Price = 900,
                    ImageUrl = "https://shop.example/2.jpg",
                },
                new()
                {
                    ProductId = "3",
                    Title = "湯のみ",
                    Url = null,
                    Price = null,
                    ImageUrl = null,
                },
            ],
        };
        var mail = Render("前\n\n```products suggestions\nbutton: 見てみる\n```\n\n後", many);
        var cards = Body(mail).QuerySelectorAll(".product");
        Assert.Equal(2, cards.Length);
        Assert.Equal(["ほうじ茶 & 玄米", "湯のみ"], cards.Select(card => card.QuerySelector("p")!.TextContent));
        var first = cards[0];
        Assert.Equal("https://shop.example/2.jpg", first.QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal("ほうじ茶 & 玄米", first.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal("248", first.QuerySelector("img")!.GetAttribute("width"));
        Assert.Contains("¥900", first.TextContent);
        Assert.Equal("見てみる", first.QuerySelector("td[bgcolor] a")!.TextContent);
        Assert.All(first.QuerySelectorAll("a"), a =>
            Assert.Equal("https://shop.example/p/2?a=1&b=2", a.GetAttribute("href")));
        Assert.Empty(cards[1].QuerySelectorAll("a, img"));
        Assert.Contains("・ほうじ茶 & 玄米  ¥900\n  https://shop.example/p/2?a=1&b=2\n・湯のみ\n", mail.Text);
        Assert.Single(Body(Render("```products suggestions\n```")).QuerySelectorAll(".beside"));
        var none = Render("```products suggestions\n```", Situation with { Suggestions = [] });
        Assert.Empty(Body(none).QuerySelectorAll(".beside, .product, table"));
        Assert.StartsWith("――", none.Text.TrimStart('\n'));
    }

    [Fact]
    public void Named_products_come_from_shop_json()
    {
        var mail = Render("```products tea, cup\n```");
        var cards = Body(mail).QuerySelectorAll(".product");
        Assert.Equal(["煎茶 <一>", "湯のみ"], cards.Select(card => card.QuerySelector("p")!.TextContent));
        Assert.Equal("くわしく見る", cards[0].QuerySelector("td[bgcolor] a")!.TextContent);
        Assert.StartsWith("・煎茶 <一>  ¥1,200\n  https://shop.example/p/tea\n・湯のみ\n", mail.Text);
    }

    [Fact]
    public void The_order_is_a_table_with_amounts_and_total()
    {
        var order = Mail.Order with
        {
            Refunded = 100,
            Lines =
            [
                Mail.Order.Lines[0] with { Variant = "80g", ImageUrl = "https://shop.example/1.jpg" },
                Mail.Order.Lines[1],
            ],
        };
        var mail = Render("```order\n```", Situation with { Order = order });
        var rows = Body(mail).QuerySelectorAll("table.order tr");
        Assert.Equal(4, rows.Length);
        Assert.Equal("https://shop.example/1.jpg", rows[0].QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal(["", "煎茶 & <玉露>80g × 2", "¥3,800"], rows[0].QuerySelectorAll("td").Select(td => td.TextContent));
        Assert.Equal(["湯のみ🍵× 1", "¥2,000"], rows[1].QuerySelectorAll("td").Select(td => td.TextContent));
        Assert.Equal(["合計", "¥5,800"], rows[2].QuerySelectorAll("td").Select(td => td.TextContent));
        Assert.StartsWith("煎茶 & <玉露> 80g × 2  ¥3,800\n湯のみ🍵 × 1  ¥2,000\n合計  ¥5,800 (返金 ¥100)\n", mail.Text);
        Assert.Throws<MissingValueException>(() => Render("```order\n```", Situation with { Order = null }));
        Assert.Equal(2, Body(Render("```products order\n```")).QuerySelectorAll(".product").Length);
    }

    [Fact]
    public void An_order_table_is_written_as_for_LINE()
    {
        const string table =
            "|  |  |\n|---|---:|\n{{#each order.lines}}\n| {{title}} × {{quantity}} | {{money price}} |\n{{/each}}\n"
            + "{{#if order.refunded}}\n| 返金 | {{order.refunded}} |\n{{/if}}\n| 合計 | {{money order.total}} |\n";
        var mail = Render($"{{{{#if order}}}}\n{table}{{{{/if}}}}\n");
        var rows = Body(mail).QuerySelectorAll("tr");
        Assert.Equal(["煎茶 & <玉露> × 2|¥1,900", "湯のみ🍵 × 1|¥2,000", "合計|¥5,800"],
            rows.Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Single(Body(mail).QuerySelectorAll("table"));
        Assert.Contains("text-align:right", rows[0].Children[1].GetAttribute("style"));
        Assert.StartsWith("煎茶 & <玉露> × 2  ¥1,900\n湯のみ🍵 × 1  ¥2,000\n合計  ¥5,800\n", mail.Text);
    }

    [Theory]
    [InlineData("```coupon\n{{customer.familyName}}-10\n12月末まで <全品>\n```")]
    [InlineData("```\n{{customer.familyName}}-10\n12月末まで <全品>\n```")]
    public void A_coupon_is_a_code_in_a_frame(string body)
    {
        var mail = Render(body, Situation with { Customer = Mail.Sato with { FamilyName = "<b>佐藤" } });
        var coupon = Body(mail).QuerySelector("td.coupon")!;
        Assert.Equal(["<b>佐藤-10", "12月末まで <全品>"], coupon.QuerySelectorAll("p").Select(p => p.TextContent));
        Assert.StartsWith("【 <b>佐藤-10 】\n12月末まで <全品>\n", mail.Text);
    }

    [Fact]
    public void Social_links_come_from_the_brand()
    {
        var mail = Render("```social\n```");
        Assert.Equal(["Instagram https://social.example/a", "LINE https://l.example/"],
            Body(mail).QuerySelectorAll("a").Select(a => $"{a.TextContent} {a.GetAttribute("href")}"));
        Assert.StartsWith("Instagram: https://social.example/a\nLINE: https://l.example/\n", mail.Text);
    }

    [Fact]
    public void A_picture_at_the_beginning_stands_above_everything()
    {
        var mail = Render("![茶の木](pictures/hero.png)\n\nこんにちは。");
        var page = new HtmlParser().ParseDocument(mail.Html);
        var hero = page.QuerySelector("td.hero img")!;
        Assert.Equal("https://shop.example/pictures/ab/hero.png", hero.GetAttribute("src"));
        Assert.Equal("600", hero.GetAttribute("width"));
        Assert.Equal("茶の木", hero.GetAttribute("alt"));
        Assert.Equal("こんにちは。", Body(mail).TextContent.Trim());
        Assert.StartsWith("茶の木\n\nこんにちは。\n", mail.Text);
        Assert.Null(new HtmlParser().ParseDocument(Render("# 題\n\n![茶](pictures/hero.png)").Html)
            .QuerySelector("td.hero"));
    }

    [Fact]
    public void A_picture_that_leads_somewhere_stays_a_picture_and_a_width_is_its_width()
    {
        var mail = Render("題\n\n[![茶](https://a.example/x.png){width=200}](https://a.example/)\n\n"
            + "![茶](https://a.example/y.png){width=50%}\n\n[見る](https://a.example/)");
        var link = Body(mail).QuerySelectorAll("a")[0];
        Assert.DoesNotContain("background-color", link.GetAttribute("style"));
        var (one, other) = (Body(mail).QuerySelectorAll("img")[0], Body(mail).QuerySelectorAll("img")[1]);
        Assert.Equal(("200", "50%"), (one.GetAttribute("width"), other.GetAttribute("width")));
        Assert.Contains("max-width:200px", one.GetAttribute("style"));
        Assert.Contains("background-color", Body(mail).QuerySelectorAll("a")[1].GetAttribute("style"));
        Assert.DoesNotContain("{width", mail.Html + mail.Text);
        Assert.Contains("茶: https://a.example/\n", mail.Text);
    }

    [Theory]
    [InlineData("```prodcts suggestions\n```", 4, "```products")]
    [InlineData("a\n\n```products\n```", 6, "```products suggestions")]
    [InlineData("```products tea cup tea2 tea3\n```", 4, null)]
    [InlineData("```products suggestions\nbuton: 見る\n```", 5, "button")]
    [InlineData("```products suggestions\nbutton:\n```", 5, "button: くわしく見る")]
    [InlineData("{{customer.name}} {{shop.name}}\n\n```order\n\nx\n```", 8, null)]
    [InlineData("```coupon\n```", 4, "{{coupon.code}}")]
    [InlineData("```coupon x\n{{coupon.code}}\n```", 4, null)]
    [InlineData("a\n\n![絵](https://a.example/x.png){widht=200}", 6, "{width=300}")]
    [InlineData("![絵](https://a.example/x.png){width=9000}", 4, "{width=300}")]
    public void A_broken_block_is_refused_at_its_line(string body, int line, string? suggestion)
    {
        var problem = Assert.Single(Mail.Problems(body));
        Assert.Equal(line, problem.Line);
        Assert.Equal(suggestion, problem.Suggestion);
    }

    [Theory]
    [InlineData("a\n\n```products tee\n```", 6, "tea")]
    [InlineData("![絵](pictures/hiro.png)", 4, "pictures/hero.png")]
    public void What_shop_json_does_not_have_is_said_at_its_line(string body, int line, string suggestion)
    {
        var problem = Assert.Single(Check(body));
        Assert.Equal((line, suggestion), (problem.Line, problem.Suggestion));
    }

    [Fact]
    public void An_order_is_missed_where_there_is_none_and_social_links_where_no_brand_has_them()
    {
        var problems = MailCheck.Check(
            Mail.Source("a\n\n```order\n```"), Shop, Sample.All(Shop, Mail.Now, Occasion.None), Purpose.Marketing);
        Assert.Equal(6, Assert.Single(problems).Line);
        var bare = MailCheck.Check(
            Mail.Source("```social\n```"), Mail.Shop, Sample.All(Mail.Shop, Mail.Now, Occasion.None),
            Purpose.Marketing);
        Assert.Equal(4, Assert.Single(bare).Line);
        Assert.Empty(Check("```order\n```\n\n```products order\n```\n\n```social\n```\n\n```products tea cup\n```"));
    }
}
