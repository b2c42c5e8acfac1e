using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.Marketing.Tests.Mails;

/// <summary>What the check lets pass can be rendered for whoever it may meet.</summary>
public sealed class CheckedMailProperties
{
    private static readonly string[] Types = ["text", "number", "flag", "date", "list", "link"];

    /// <summary>Ways to write a blank; {0} is its name.</summary>
    private static readonly string[] Ways =
    [
        "{{{{{0}}}}}", "{{{{#if {0}}}}}\n{{{{{0}}}}}\n{{{{/if}}}}", "{{{{default {0} \"x\"}}}}", "[見る]({{{{{0}}}}})",
        "[見る]({{{{default {0} \"https://shop.example\"}}}})",
        "{{{{date {0}}}}}", "{{{{money {0}}}}}", "{{{{#if {0}}}}}\n[見る]({{{{{0}}}}})\n{{{{/if}}}}",
        "{{{{#unless {0}}}}}\nx\n{{{{/unless}}}}", "{{{{#if {0}}}}}\n{{{{date {0}}}}}\n{{{{/if}}}}",
    ];

    /// <summary>Blocks, pictures and tables among them, right ones and wrong ones.</summary>
    private static readonly string[] Parts =
    [
        "```products suggestions\n```", "```products order\nbutton: 見る\n```", "```products tea cup\n```",
        "```products tee\n```", "```order\n```", "{{#if order}}\n```order\n```\n{{/if}}",
        "```coupon\n{{coupon.code}}\n{{#if coupon.expires}}期限あり{{/if}}\n```",
        "```social\n```", "![茶](pictures/tea.png)", "![茶](pictures/none.png){width=200}",
        "{{#if suggestion.imageUrl}}\n[![品]({{suggestion.imageUrl}}){width=50%}]({{suggestion.url}})\n{{/if}}",
        "|  |  |\n|---|---:|\n{{#each order.lines}}\n| {{title}} | {{money price}} |\n{{/each}}\n"
            + "| 計 | {{customer.orders.count}} |",
    ];

    private sealed record Case(ShopSettings Shop, string Body, Occasion Occasion, int Seed);

    [Fact]
    public void A_mail_that_is_all_right_is_never_left_unrendered()
    {
        var passed = 0;
        Prop.ForAll(Cases.ToArbitrary(), one =>
        {
            var (template, problems) = MailTemplate.Compile(Mail.Source(one.Body));
            if (template is null) return true.Label(string.Join('\n', problems));
            if (MailCheck.Check(template, one.Shop, Sample.All(one.Shop, Mail.Now, one.Occasion), Purpose.Marketing)
                is [_, ..]) return true.ToProperty();
            passed++;
            for (var n = 0; n < 8; n++)
            {
                var situation = Meet(one, new Random(one.Seed + n));
                try
                {
                    template.Render(situation, Purpose.Marketing, Mail.Unsubscribe);
                }
                catch (MissingValueException missing)
                {
                    return false.Label($"{missing.Message}\n{one.Body}");
                }
            }
            return true.ToProperty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(800));
        Assert.InRange(passed, 60, 800);
    }

    private static Gen<Case> Cases =>
        from attributes in Declared(["a", "b"])
        from data in Declared(["x", "y", "z"])
        from lacking in Gen.SubListOf(data.Keys.ToArray())
        from order in Gen.Elements(true, false)
        from happened in Gen.Elements("review.posted", null)
        from coupon in Gen.Elements(true, false)
        from part in Gen.Elements((string[])["", .. Parts])
        from brand in Gen.Elements(true, false)
        from written in Body([
            "customer.familyName", "customer.salutation", "customer.email", "customer.phone", "customer.orders.total",
            "customer.orders.lastAt", "order.number", "order.total", "order.paidAt", "suggestion.url",
            "suggestion.price", "shop.name", "coupon.code",
            "coupon.expires", "event.at", "event.x", "event.y", "event.z",
            "customer.attributes.a", "customer.attributes.b",
        ])
        from seed in Gen.Choose(0, int.MaxValue - 100)
        select new Case(
            Mail.Shop with
            {
                Brand = brand ? Brand.Plain with { Social = [new("LINE", "https://l.example/")] } : Brand.Plain,
                Products = [new()
                {
                    Id = "cup",
                    Title = "湯のみ",
                }],
                Recommend = [new()
                {
                    Id = "tea",
                    Title = "煎茶",
                    Url = null,
                    Price = null,
                    ImageUrl = "https://shop.example/tea.jpg",
                }],
                Pictures = new Dictionary<string, string> { ["tea.png"] = "https://shop.example/pictures/1/tea.png" },
                Attributes = attributes,
                EventData = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["review.posted"] = data },
                EventDataMayLack = new Dictionary<string, IReadOnlySet<string>>
                {
                    ["review.posted"] = lacking.ToHashSet(),
                },
            },
            $"{written}\n\n{part}", new Occasion(order, happened, coupon), seed);

    private static Gen<Dictionary<string, string>> Declared(string[] names) =>
        from types in Gen.ArrayOf(Gen.Elements(Types), names.Length)
        select names.Zip(types).ToDictionary(pair => pair.First, pair => pair.Second);

    private static Gen<string> Body(string[] names) =>
        from count in Gen.Choose(1, 3)
        from chosen in Gen.ArrayOf(Gen.Elements(names), count)
        from ways in Gen.ArrayOf(Gen.Elements(Ways), count)
        select string.Join("\n\n", chosen.Zip(ways).Select(pair =>
            string.Format(CultureInfo.InvariantCulture, pair.Second, pair.First)));

    /// <summary>Anybody such a mail may meet: what must be there is, the rest by chance.</summary>
    private static Situation Meet(Case one, Random random) => new()
    {
        Shop = one.Shop,
        Now = Mail.Now,
        Customer = new Customer
        {
            Id = Mail.Sato.Id,
            CreatedAt = Mail.Now,
            Email = "a@example.jp",
            FamilyName = Maybe(random, "佐藤"),
            Phone = Maybe(random, "+819012345678"),
            TimeZone = Maybe(random, "America/Los_Angeles"),
            Orders = random.Next(2) == 0 ? OrderFacts.None : new OrderFacts
            {
                Latest = [new() { Key = "shop:1", At = Mail.Now.AddDays(-3), Total = 100 }],
            },
            Attributes = Values(one.Shop.Attributes, _ => random.Next(2) == 0, random),
        },
        Order = one.Occasion.Order ? Mail.Order with
        {
            PaidAt = random.Next(2) == 0 ? Mail.Now : null,
            Refunded = random.Next(2) * 100,
            Lines = random.Next(4) == 0 ? [] : [.. Mail.Order.Lines.Select(line => line with
            {
                // What a platform sends need not lead anywhere.
                Url = Maybe(random, "/p/1"),
                ImageUrl = Maybe(random, Maybe(random, "//cdn.example/1.jpg") ?? "https://shop.example/1.jpg"),
            })],
        } : null,
        Event = one.Occasion.Event is not { } type ? null : new ShopEvent
        {
            Id = "e",
            Type = type,
            At = Mail.Now,
            Customer = Mail.Sato.Id,
            Data = Values(
                one.Shop.EventData[type],
                name => EventFields.IsSure(type, name, one.Shop) || random.Next(2) == 0, random),
        },
        Coupon = one.Occasion.Coupon
            ? new Coupon("p", "C", random.Next(2) == 0 ? new DateOnly(2026, 12, 31) : null)
            : null,
        Suggestions = random.Next(3) switch
        {
            0 => [],
            1 => Mail.Situation.Suggestions,
            _ =>
            [
                new()
                {
                    ProductId = "9",
                    Title = "器",
                    Url = "https://shop.example/p/9",
                    Price = null,
                    ImageUrl = "https://shop.example/9.jpg",
                },
                new()
                {
                    ProductId = "8",
                    Title = "茶",
                    Url = null,
                    Price = 1,
                    ImageUrl = null,
                },
            ],
        },
    };

    private static string? Maybe(Random random, string text) => random.Next(2) == 0 ? text : null;

    private static Dictionary<string, JsonElement> Values(
        IReadOnlyDictionary<string, string> declared, Func<string, bool> has, Random random) => declared
        .Where(one => has(one.Key))
        .ToDictionary(one => one.Key, one => JsonElement.Parse(one.Value switch
        {
            "number" => random.Next(1000).ToString(CultureInfo.InvariantCulture),
            "flag" => random.Next(2) == 0 ? "true" : "false",
            "date" => random.Next(2) == 0 ? "\"2026-11-25\"" : "\"2026-11-25T23:30:00+09:00\"",
            "list" => random.Next(2) == 0 ? "[]" : "[\"煎茶\",\"ほうじ茶\"]",
            "link" => "\"https://shop.example/x\"",
            _ => "\"深蒸し <煎茶>\"",
        }));
}
