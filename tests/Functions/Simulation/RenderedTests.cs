using System.Text.Json;
using Automation.Functions.Commands;
using Automation.Functions.Simulation;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Segments;

namespace Automation.Functions.Tests.Simulation;

/// <summary>Where <c>validate</c> says "all right", no mail is left unrendered, whoever walks.</summary>
public sealed class RenderedTests : IDisposable
{
    private static readonly DateTimeOffset Asked = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyDictionary<string, ConsentRecord> Agreed = new Dictionary<string, ConsentRecord>
    {
        ["email"] = new(ConsentState.Given, Asked, "scenario"),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("rendered-").FullName;

    [Theory, InlineData("shop"), InlineData("examples")]
    public async Task In_the_shops_that_come_with_the_product_every_mail_is_rendered(string shop) =>
        await EverybodyWalks(Path.Combine(AppContext.BaseDirectory, shop));

    [Fact]
    public async Task Events_attributes_and_coupons_stand_in_mails_as_people_write_them()
    {
        Write();
        Assert.Equal(CommandLine.Fine, ValidateCommand.Run(folder, TextWriter.Null));
        await EverybodyWalks(folder);

        var contents = ShopFolder.Read(folder);
        var whole = await Simulator.PlayWhole(folder, contents.Shop!, Scenario("review", "review.posted", whole: true,
            contents, new Customer { Id = Sato, Email = "a@example.jp", Consent = Agreed }));

        Assert.Equal("day  0 09:00 took a coupon of thanks", whole.Diary[1]);
        var text = Assert.Single(whole.Mails).Text;
        foreach (var said in (string[])["5点", "2026年4月1日", "煎茶、ほうじ茶", "コード CODE-", "2099年12月31日まで"])
            Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_code_is_left_the_walk_waits_and_says_so()
    {
        Write();
        File.WriteAllText(Path.Combine(folder, "coupons/thanks.csv"), "code\n");
        var contents = ShopFolder.Read(folder);
        var scenario = Scenario("review", "review.posted", whole: true, contents, new Customer { Id = Sato }) with
        {
            Events =
            [
                .. Scenario("review", "review.posted", true, contents, new Customer { Id = Sato }).Events,
                new ScenarioEvent
                {
                    Day = 2,
                    At = new TimeOnly(9, 30),
                    Event = "order.placed",
                },
            ],
        };

        Assert.Equal(
            [
                "day  0 09:00 enrolled in review", "day  0 09:00 waiting: no coupon is left in thanks",
                "day  2 09:30 left: order.placed",
            ],
            await Simulator.Play(folder, contents.Shop!, scenario));
    }

    private static readonly CustomerId Sato = new("0123456789abcdef01234567");

    private static async Task EverybodyWalks(string folder)
    {
        var contents = ShopFolder.Read(folder);
        Assert.Empty(ShopPublisher.Check(folder));
        var sent = 0;
        foreach (var (id, file) in contents.Journeys)
            foreach (var customer in People(contents))
                foreach (var whole in (bool[])[true, false])
                {
                    var diary = await Simulator.Play(
                        folder, contents.Shop!,
                        Scenario(id, file.Journey.Trigger.FirstEvent, whole, contents, customer));
                    Assert.DoesNotContain(diary, line => line.Contains("not rendered", StringComparison.Ordinal));
                    sent += diary.Count(line => line.Contains(" sent ", StringComparison.Ordinal));
                }
        Assert.NotEqual(0, sent);
    }

    /// <summary>Of whom everything is known, and nothing but the address.</summary>
    private static IEnumerable<Customer> People(ShopContents contents) =>
    [
        new()
        {
            Id = Sato,
            Email = "a@example.jp",
            FamilyName = "佐藤",
            GivenName = "葵",
            Phone = "+819012345678",
            Consent = Agreed,
            Attributes = contents.Shop!.Attributes.ToDictionary(one => one.Key, one => Value(one.Value)),
        },
        new() { Id = Sato, Email = "a@example.jp", Consent = Agreed },
    ];

    private static Scenario Scenario(
        string journey, string trigger, bool whole, ShopContents contents, Customer customer) => new()
        {
            Journey = journey,
            Newsletters = false,
            Customer = customer,
            Events =
            [
                .. trigger.StartsWith("order.", StringComparison.Ordinal) && trigger != EventTypes.OrderPlaced
                    || trigger == EventTypes.CustomerLate ? [Order(-3)] : Array.Empty<ScenarioEvent>(),
                trigger == EventTypes.OrderPlaced ? Order(0) : new ScenarioEvent
                {
                    Day = 0,
                    At = null,
                    Event = trigger,
                    Data = EventFields
                    .Names(trigger, contents.Shop!)
                    .Where(name => whole || EventFields.IsSure(trigger, name, contents.Shop!))
                    .ToDictionary(name => name, name => Value(EventFields.Declared(trigger, name, contents.Shop!)!)),
                },
            ],
        };

    private static ScenarioEvent Order(int day) => new()
    {
        Day = day,
        At = null,
        Event = EventTypes.OrderPlaced,
        Order = new ScenarioOrder(
        "#1", 1296, "web", [new OrderLine { ProductId = "p", Title = "煎茶", Quantity = 1, Price = 1296 }]),
    };

    private static JsonElement Value(string type) => JsonElement.Parse(type switch
    {
        "number" => "5",
        "flag" => "true",
        "date" => "\"2026-04-01\"",
        "list" => "[\"煎茶\",\"ほうじ茶\"]",
        "link" => "\"https://shop.example/x\"",
        _ => "\"例\"",
    });

    private void Write()
    {
        (string Name, string Text)[] files =
        [
            ("shop.json", """
                { "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" },
                  "timeZone": "Asia/Tokyo", "events": ["review.posted"], "attributes": { "birthday": "date" },
                  "eventData": { "review.posted": {
                    "stars": "number", "on": "date", "teas": "list", "page": "link", "comment": "text?" } } }
                """),
            ("coupons/thanks.csv", "code,expires\n" + string.Concat(
                Enumerable.Range(0, 40).Select(n => $"CODE-{n},2099-12-31\n"))),
            ("journeys/review.json", """
                { "name": "レビュー", "purpose": "marketing", "trigger": { "event": "review.posted" },
                  "leaveOn": [ { "event": "order.placed" } ],
                  "steps": [ { "do": "coupon", "pool": "thanks" }, { "do": "send", "mail": "review" } ] }
                """),
            ("mails/review.md", """
                ---
                subject: ありがとうございます
                ---
                {{event.stars}}点、{{event.on}}

                {{#if event.teas}}
                {{event.teas}}
                {{/if}}

                {{#if event.comment}}
                {{event.comment}}
                {{/if}}

                {{#if customer.attributes.birthday}}
                {{date customer.attributes.birthday "M月d日"}}
                {{/if}}

                コード {{coupon.code}}

                {{#if coupon.expires}}
                {{coupon.expires}}まで
                {{/if}}

                [見る]({{event.page}})
                """),
        ];
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
