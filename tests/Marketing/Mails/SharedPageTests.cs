using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Mails;

public class SharedPageTests
{
    public static TheoryData<string, string> Written => new()
    {
        { "今週のおすすめ", "こんにちは。" },
        { "{{customer.salutation}}へ", "{{customer.salutation}}\n\n{{default customer.givenName \"お客様\"}} さん、{{date "
            + "now \"M月d日\"}}です。" },
        { "{{shop.name}} {{customer.familyName}}", "{{#if customer.orders.count}}\n{{customer.orders.count}}回のご注文、"
            + "{{customer.orders.total}}。\n{{else}}\nはじめまして。\n{{/if}}\n\n本文" },
        { "新着", "{{#if customer.givenName}}{{様 customer.givenName}}{{else}}お客様{{/if}}、[お店]({{shop.url}})へ" },
        { "おすすめ", "{{#each suggestions}}\n- [{{title}}]({{url}}) {{price}}{{#if @last}}。{{/if}}\n{{/each}}\n\n以上" },
        { "おすすめ", "{{#each suggestions}}{{title}}{{#if price}} {{price}}{{else}} 時価{{/if}}、"
            + "{{customer.salutation}}{{/each}}" },
        { "おすすめ", "{{#each suggestions}}{{@index}} {{title}} {{#unless imageUrl}}写真なし{{/unless}}{{else}}何も{{/each}}" },
        { "誕生月", "{{#if customer.attributes.誕生月}}{{customer.attributes.誕生月}}{{/if}}のお客様へ\n\n{{#unless "
            + "customer.phone}}\n電話番号をお知らせください。\n{{/unless}}" },
        { "最後に", "{{#if customer.orders.lastAt}}最後は{{date customer.orders.lastAt}}、"
            + "{{customer.orders.daysSinceLast}}日前{{/if}}\n\n"
            + "[検索](https://shop.example/s?q={{customer.familyName}}&a=1)\n\n{{#if suggestions}}\n{{#each "
            + "suggestions}}\n{{title}}\n{{/each}}\n{{/if}}" },
        { "品", "![茶](https://shop.example/hero.jpg)\n\n{{customer.salutation}}\n\n```products suggestions\n"
            + "button: 見る & 買う\n```\n\n```products tea cup\n```\n\n```coupon\n{{customer.name}}-1\n```\n\n"
            + "```social\n```" },
    };

    private static readonly Suggestion[] Suggested = [new()
    {
        ProductId = "2",
        Title = "ほうじ茶 & 玄米茶",
        Url = "https://shop.example/p/2?a=1&b=2",
        Price = 900,
        ImageUrl = null,
    }, new()
        {
            ProductId = "3",
            Title = "湯のみ",
            Url = "https://shop.example/p/3",
            Price = 1500,
            ImageUrl = "https://shop.example/3.jpg",
        }];

    private static IEnumerable<Situation> Readers =>
    [
        Mail.Situation with { Order = null },
        Mail.Situation with { Order = null, Suggestions = [] },
        Mail.Situation with
        {
            Order = null,
            Customer = Mail.Sato with
            {
                FamilyName = "<b>O'Neil & \"Söhne\"=`x`</b>",
                GivenName = null,
                Attributes = new Dictionary<string, System.Text.Json.JsonElement>()
            }
        },
        Mail.Situation with
        {
            Order = null,
            Customer = Mail.Sato with
            {
                Orders = new OrderFacts
                {
                    Latest = [new OrderSummary { Key = "shop:1", At = Mail.Now.AddDays(-3), Total = 5800 }]
                },
                TimeZone = "America/New_York",
                FamilyName = "山田\r\nBcc: x"
            },
            Suggestions = Suggested,
        },
        // What is written once for everybody: the same suggestions in another order, for somebody else.
        Mail.Situation with { Order = null, Suggestions = [.. Suggested.Reverse()] },
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public void Shared_page_and_values_are_byte_for_byte_the_page_rendered_whole(string subject, string body)
    {
        var template = Mail.Template(body, subject);
        var shop = Mail.Shop with
        {
            Url = "https://shop.example",
            Brand = Brand.Plain with
            {
                Logo = new("https://shop.example/logo.png", "https://shop.example/dark.png"),
                Footer = [new("店の棚 & <席>", "https://shop.example/all?a=1&b=2")],
                Social = [new("LINE", "https://l.example/"), new("Instagram", "https://i.example/")],
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
        };
        var page = SharedPage.Of(template, shop, Purpose.Marketing, "5eed");
        foreach (var reader in Readers.Select(reader => reader with { Shop = shop }))
        {
            var url = "https://shop.example/u/abc-_";
            var whole = template.Render(reader, Purpose.Marketing, url);
            var message = Message(page, reader, url);
            Assert.Equal(whole.Subject, message.Subject);
            Assert.Equal(whole.Html, message.Html);
            Assert.Equal(whole.Text, message.Text);
        }
    }

    [Fact]
    public void The_shared_part_holds_nothing_of_the_customer_and_a_blank_without_value_is_refused()
    {
        var template = Mail.Template("{{customer.salutation}}\n\n{{customer.givenName}} さん", "{{shop.name}}");
        var page = SharedPage.Of(template, Mail.Shop, Purpose.Marketing, "5eed");
        Assert.Equal("茶と器 <山>", page.Subject);
        Assert.DoesNotContain("佐藤", page.Html + page.Text, StringComparison.Ordinal);
        Assert.All(page.Tags, tag => Assert.Contains(tag, page.Html + page.Text, StringComparison.Ordinal));
        Assert.Throws<MissingValueException>(() => Message(
            page, Mail.Situation with { Customer = Mail.Sato with { GivenName = null } }, "https://shop.example/u/a"));
    }

    [Fact]
    public void What_is_the_shops_is_made_once_also_where_it_is_a_list()
    {
        var shop = Mail.Shop with
        {
            Brand = Brand.Plain with { Social = [new("LINE", "https://l.example/")] },
            Products = [new()
            {
                Id = "cup",
                Title = "湯のみ",
                Url = "https://shop.example/p/cup",
                Price = 900,
            }],
        };
        var page = SharedPage.Of(
            Mail.Template("```products cup\n```\n\n```social\n```"), shop, Purpose.Marketing, "5eed");
        Assert.Equal(2, page.Tags.Count);   // the link that stops mails, for each part
        Assert.Contains("https://shop.example/p/cup", page.Html, StringComparison.Ordinal);
        Assert.Contains("https://l.example/", page.Html, StringComparison.Ordinal);
    }

    private static Message Message(SharedPage page, Situation situation, string url)
    {
        var (ink, ends) = (new Utf8Buffer(), new int[page.Tags.Count]);
        page.Fill(situation, url, ink, ends);
        var recipient = new BatchRecipient
        {
            SendId = "id",
            To = "a@example.jp",
            UnsubscribeUrl = url,
            Start = 0,
            Ends = ends,
        };
        return new MessageBatch
        {
            Mail = "weekly",
            Purpose = Purpose.Marketing,
            From = new("news@shop.example"),
            Subject = Encoding.UTF8.GetBytes(page.Subject),
            Html = Encoding.UTF8.GetBytes(page.Html),
            Text = Encoding.UTF8.GetBytes(page.Text),
            Tags = page.Tags,
            Values = ink.Memory,
            Recipients = [recipient],
            At = Mail.Now,
        }.Message(recipient);
    }
}
