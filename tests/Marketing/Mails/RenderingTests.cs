using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Automation.Marketing.Mails;

namespace Automation.Marketing.Tests.Mails;

public class RenderingTests
{
    private static AngleSharp.Html.Dom.IHtmlDocument Html(RenderedMail mail) =>
        new HtmlParser().ParseDocument(mail.Html);

    [Fact]
    public void Blanks_are_filled_in_subject_text_and_html()
    {
        var mail = Mail.Render(
            "{{customer.salutation}}\nご注文 {{order.number}} は{{order.total}}です。{{date order.placedAt \"M月d日(ddd)\"}}",
            "{{order.number}} ありがとうございます");
        Assert.Equal("#1001 ありがとうございます", mail.Subject);
        Assert.StartsWith("佐藤 様\nご注文 #1001 は¥5,800です。11月22日(日)\n", mail.Text);
        Assert.Equal(
            "佐藤 様ご注文 #1001 は¥5,800です。11月22日(日)", Html(mail).QuerySelector("td.ink p")!.TextContent.Replace("\n", ""));
        Assert.NotNull(Html(mail).QuerySelector("td.ink p br"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;")]
    [InlineData("\"><img src=x onerror=alert(1)>", "&quot;&gt;&lt;img")]
    [InlineData("{{order.total}}", "{{order.total}}")]
    [InlineData("髙橋🍵𠮷", "髙橋🍵𠮷")]
    public void What_a_customer_calls_themselves_is_only_text(string name, string expected)
    {
        var mail = Mail.Render("{{customer.familyName}}さん [見る](https://shop.example/?n={{customer.familyName}})",
            "{{customer.familyName}}", Mail.Situation with { Customer = Mail.Sato with { FamilyName = name } });
        Assert.Contains(expected, mail.Html);
        Assert.Empty(Html(mail).QuerySelectorAll("script, img"));
        Assert.Contains($"{name}さん", mail.Text);
        Assert.Equal($"https://shop.example/?n={Uri.EscapeDataString(name)}",
            Html(mail).QuerySelector("td.ink p a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_name_with_line_breaks_cannot_begin_another_header() =>
        Assert.Equal("佐藤 Bcc: all 様", Mail.Render(
            "a",
            "{{customer.familyName}} 様",
            Mail.Situation with { Customer = Mail.Sato with { FamilyName = "佐藤\r\nBcc: all" } }).Subject);

    [Fact]
    public void Lines_of_an_order_are_one_list()
    {
        var mail = Mail.Render(
            "内容:\n{{#each order.lines}}\n- {{title}} × {{quantity}} {{price}} {{order.number}}\n{{/each}}\n以上");
        Assert.Single(Html(mail).QuerySelectorAll("td.ink ul"));
        Assert.Equal(["煎茶 & <玉露> × 2 ¥1,900 #1001", "湯のみ🍵 × 1 ¥2,000 #1001"],
            Html(mail).QuerySelectorAll("td.ink li").Select(li => li.TextContent.Trim()));
        Assert.StartsWith("内容:\n\n・煎茶 & <玉露> × 2 ¥1,900 #1001\n・湯のみ🍵 × 1 ¥2,000 #1001\n\n以上\n", mail.Text);
    }

    [Fact]
    public void What_is_asked_for_may_be_missing()
    {
        const string body =
            "{{#if suggestion.url}}\n[{{suggestion.title}}]({{suggestion.url}})\n{{else}}\nまた{{#unless "
            + "order}}いつか{{/unless}}。\n{{/if}}\n";
        var with = Mail.Render(body);
        var button = Html(with).QuerySelector("td.ink p a")!;
        Assert.Equal("https://shop.example/p/2?a=1&b=2", button.GetAttribute("href"));
        Assert.Contains("background-color:#2f5d50", button.GetAttribute("style"));
        Assert.StartsWith("ほうじ茶: https://shop.example/p/2?a=1&b=2\n", with.Text);
        var without = Mail.Render(body, situation: Mail.Situation with { Suggestions = [], Order = null });
        Assert.StartsWith("またいつか。\n", without.Text);
        Assert.Null(Html(without).QuerySelector("td.ink a"));
    }

    [Theory]
    [InlineData(null, "https://shop.example/all?a=1&b=2")]
    [InlineData("https://shop.example/p/1", "https://shop.example/p/1")]
    public void A_link_without_an_address_leads_where_its_default_says(string? url, string expected)
    {
        const string body = "[{{suggestion.title}}]({{default suggestion.url \"https://shop.example/all?a=1&b=2\"}})";
        var mail = Mail.Render(body, situation: Mail.Situation with
        {
            Suggestions =
            [
                new() { ProductId = "2", Title = "ほうじ茶", Url = url, Price = null, ImageUrl = null },
            ],
        });
        Assert.Equal(expected, Html(mail).QuerySelector("td.ink p a")!.GetAttribute("href"));
        Assert.StartsWith($"ほうじ茶: {expected}\n", mail.Text);
    }

    [Fact]
    public void A_missing_value_names_the_blank()
    {
        var missing = Assert.Throws<MissingValueException>(() => Mail.Render("{{customer.givenName}}",
            situation: Mail.Situation with { Customer = Mail.Sato with { GivenName = null } }));
        Assert.Equal("customer.givenName", missing.Name);
    }

    [Theory]
    [InlineData("{{default customer.givenName \"あなた\"}}", "あなた")]
    [InlineData("{{customer.name}}", "お客様")]
    [InlineData("{{customer.salutation}}", "お客様")]
    public void Nobody_is_addressed_by_an_empty_name(string body, string expected) =>
        Assert.StartsWith(expected + "\n", Mail.Render(body,
            situation: Mail.Situation with { Customer = Mail.Sato with { GivenName = null, FamilyName = null } }).Text);

    [Theory]
    [InlineData("{{様 customer.givenName}}", "花子 様")]
    [InlineData("{{money 5}}", null)]
    [InlineData("{{customer.attributes.誕生月}}", "五月")]
    [InlineData("{{customer.orders.count}}回", "0回")]
    [InlineData("{{shop.name}}", "茶と器 <山>")]
    [InlineData("**「{{customer.familyName}}」**です", "「佐藤」です")]
    [InlineData("C:\\\\{{order.number}}", "C:#1001")]
    [InlineData("{{! 覚え書き }}はい{{!-- {{x}} --}}", "はい")]
    public void Filters_and_names(string body, string? expected)
    {
        if (expected is null) Assert.NotEmpty(Mail.Problems(body));
        else Assert.StartsWith(expected + "\n", Mail.Render(body).Text);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/p/2")]
    public void Only_web_addresses_become_links(string url) =>
        Assert.Throws<MissingValueException>(() => Mail.Render("[a]({{suggestion.url}})",
            situation: Mail.Situation with
            {
                Suggestions = [new()
            {
                ProductId = "2",
                Title = "a",
                Url = url,
                Price = null,
                ImageUrl = null,
            }]
            }));

    [Fact]
    public void In_the_dark_links_within_the_text_are_as_light_as_the_text_and_buttons_stay_as_they_are()
    {
        var html = Html(Mail.Render("[茶](https://a.example/)です。\n\n[見る](https://a.example/)"));
        var light = html.QuerySelector("style")!.TextContent.Split('\n').Select(line => line.Trim())
            .Single(line => line.StartsWith(".ink", StringComparison.Ordinal)).Split('{')[0];
        Assert.Equal(["茶"], html.QuerySelectorAll(light).OfType<AngleSharp.Html.Dom.IHtmlAnchorElement>()
            .Select(link => link.TextContent));
    }

    [Theory]
    [InlineData("普通の本文")]
    [InlineData("</td></tr></table><!-- ")]
    [InlineData("<style>.small{display:none}</style>")]
    [InlineData("{{#if order}}\n# 見出し\n{{/if}}")]
    [InlineData("```\n<body>\n")]
    [InlineData("    code\n\n> 引用\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |")]
    public void What_the_law_wants_is_at_the_foot_of_every_marketing_mail(string body)
    {
        var mail = Mail.Render(body, purpose: Purpose.Marketing);
        var foot = Html(mail).QuerySelector("td.small")!;
        Assert.DoesNotContain("display:none", foot.GetAttribute("style"));
        Assert.Equal([Mail.Shop.OptOut, "配信を停止する"], foot.QuerySelector("p")!.ChildNodes.Where(node => node is IText
            or AngleSharp.Html.Dom.IHtmlAnchorElement).Select(node => node.TextContent.Trim()));
        Assert.Equal(Mail.Unsubscribe, foot.QuerySelector("p a")!.GetAttribute("href"));
        foreach (var part in (string[])[Mail.Shop.Name, Mail.Shop.PostalAddress, Mail.Shop.Contact.Email,
            Mail.Shop.Contact.Phone!])
        {
            Assert.Contains(part, foot.TextContent);
            Assert.Contains(part, mail.Text);
        }
        Assert.Contains($"{Mail.Shop.OptOut}\n{Mail.Unsubscribe}\n", mail.Text);
        Assert.Empty(Html(mail).QuerySelectorAll("script, body style"));
    }

    [Fact]
    public void A_mail_about_an_order_has_name_and_contact_but_no_opt_out()
    {
        var mail = Mail.Render("本文");
        Assert.DoesNotContain("配信を停止", mail.Html);
        Assert.DoesNotContain(Mail.Shop.OptOut, mail.Text);
        Assert.Contains(Mail.Shop.Contact.Email, mail.Text);
    }

    [Fact]
    public void Marketing_without_its_mandatory_parts_is_not_rendered()
    {
        Assert.Throws<MissingValueException>(() => Mail.Template("a").Render(Mail.Situation, Purpose.Marketing, null));
        Assert.Throws<MissingValueException>(() => Mail.Template("a").Render(
            Mail.Situation with { Shop = Mail.Shop with { PostalAddress = "" } }, Purpose.Marketing, Mail.Unsubscribe));
        Assert.Contains(Layout.OptOut, Mail.Render("a", situation: Mail
            .Situation with
        { Shop = Mail.Shop with { OptOut = " " } }, purpose: Purpose.Marketing).Text);
    }

    [Theory]
    [InlineData("お礼\u0085Bcc: x@example.jp")]
    [InlineData("お礼\u2028Bcc: x@example.jp")]
    [InlineData("お礼\u202eBcc: x@example.jp")]
    [InlineData("お礼\u0090Bcc: x@example.jp")]
    public void A_subject_is_one_line_in_one_direction(string number) => Assert.Equal("お礼 Bcc: x@example.jp",
        Mail.Render(
            "本文", "{{order.number}}", Mail.Situation with { Order = Mail.Order with { Number = number } }).Subject);

    [Fact]
    public void A_name_of_an_old_row_that_leads_somewhere_is_not_greeted()
    {
        var situation = Mail.Situation with
        {
            Customer = Mail.Sato with { FamilyName = "当選 https://evil.example/", GivenName = "花\r\n子" }
        };
        var mail = Mail
            .Template(
                "{{customer.salutation}} {{customer.name}} {{#if customer.familyName}}{{customer.familyName}}{{/if}}")
            .Render(situation, Purpose.Transactional, null);
        Assert.DoesNotContain("evil", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Contains("花 子 様", mail.Text, StringComparison.Ordinal);
    }
}
