using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Automation.DurableTask.Embedded;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.People;
using Automation.Marketing.Replays;

namespace Automation.Functions.Tests.Hosting;

/// <summary>What the edge answered to one question.</summary>
/// <param name="Route">The template, e.g. <c>api/journeys/{id}</c>.</param>
public sealed record Asked(string Method, string Route, string Path, int Status, string? Type, string Body);

/// <summary>A shop in which something of everything has happened, on one Friday, asked for everything that it
/// answers.</summary>
public sealed partial class AskedShop : IAsyncLifetime
{
    private const string Issue = "/api/newsletters/weekly/issues/2026-12-02";

    private const string Weekly = """
        { "name": "お便り", "on": ["wednesday"], "at": "10:00", "audience": { "customer.orders.count": { "gte": 1 } } }
        """;

    private const string Scenario = """
        { "scenario": { "journey": "hello", "customer": { "familyName": "佐藤", "consent": { "email": "given" } },
            "events": [ { "day": 0, "event": "order.fulfilled" } ], "diary": [] } }
        """;

    private const string Consent = """
        {"channel":"line","state":"given","at":"2026-11-20T09:00:00+09:00",
          "evidence":{"wording":"受け取る","ip":"203.0.113.7","form":12}}
        """;

    private const string Event =
        """{"id":"1","source":"kanri","type":"order.placd","subject":"email:a@b.jp","data":{"id":"1"}}""";

    private const string Files = """
        {"files":{"shop.json":"{ \"name\": \"ためしの店\", \"postalAddress\": \"東京都千代田区1-1\",
        """ + " " + """
        \"contact\": { \"email\": \"shop@example.jp\" }, \"timeZone\": \"Asia/Tokyo\" }\n"}}
        """;

    /// <summary>Method, route template, what to fill in ("%": the customer), body.</summary>
    private static readonly (string Method, string Route, string Path, string? Body)[] Questions =
    [
        ("GET", "health/live", "/health/live", null),
        ("GET", "health/ready", "/health/ready", null),
        ("PUT", "api/newsletters/{id}", "/api/newsletters/weekly", Weekly),
        ("PUT", "api/newsletters/{id}", "/api/newsletters/weekly?dryRun=true", Slip(Weekly, "wednesday", "wednsday")),
        ("GET", "api/newsletters/{id}", "/api/newsletters/weekly", null),
        ("PUT", "api/newsletters/{id}/issues/{date}", Issue, "---\nsubject: 師走\n---\n本文 <b>&amp;</b>\n"),
        ("POST", "api/newsletters/{id}/issues/{date}/cancel", "/api/newsletters/weekly/issues/2026-12-09/cancel", ""),
        ("POST", "api/newsletters/{id}/issues/{date}/resume", "/api/newsletters/weekly/issues/2026-12-09/resume", ""),
        ("GET", "api/calendar", "/api/calendar", null),
        ("POST", "api/newsletters/{id}/issues/{date}/send", $"{Issue}/send", ""),
        ("POST", "api/newsletters/{id}/issues/{date}/confirm", $"{Issue}/confirm", ""),
        ("GET", "api/newsletters/{id}/issues/{date}", Issue, null),
        ("POST", "api/newsletters/{id}/issues/{date}/retry", $"{Issue}/retry", ""),
        ("POST", "api/newsletters/{id}/issues/{date}/pause", $"{Issue}/pause", ""),
        ("GET", "api/newsletters/{id}/issues/{date}", "/api/newsletters/weekly/issues/2026-12-03", null),
        ("PUT", "api/journeys/{id}", "/api/journeys/hello?dryRun=true", RunningShop.Journey),
        ("PUT", "api/journeys/{id}", "/api/journeys/hello", Slip(RunningShop.Journey, "\"hello\" }", "\"helo\" }")),
        ("GET", "api/journeys/{id}", "/api/journeys/hello", null),
        ("GET", "api/journeys", "/api/journeys", null),
        ("GET", "api/journeys/{id}/enrollments", "/api/journeys/hello/enrollments?state=live", null),
        ("GET", "api/journeys/{id}/move", "/api/journeys/hello/move", null),
        ("POST", "api/journeys/{id}/pause", "/api/journeys/hello/pause", ""),
        ("POST", "api/journeys/{id}/resume", "/api/journeys/hello/resume", ""),
        ("POST", "api/journeys/{id}/pause", "/api/journeys/nowhere/pause", ""),
        ("POST", "api/validate", "/api/validate", Slip(RunningShop.Journey, "wait\"", "wiat\"")),
        ("POST", "api/simulate", "/api/simulate", Scenario),
        ("GET", "api/replay", "/api/replay", null),
        ("POST", "api/replay", "/api/replay", """{"days":400}"""),
        ("DELETE", "api/replay", "/api/replay", null),
        ("GET", "api/customers", "/api/customers?email=aoi@example.jp", null),
        ("GET", "api/customers", "/api/customers", null),
        ("GET", "api/customers/{id}", "/api/customers/%", null),
        ("PUT", "api/customers/{id}/consent", "/api/customers/%/consent", Consent),
        ("PATCH", "api/customers/{id}", "/api/customers/%", """{"addTags":["VIP"],"language":"en"}"""),
        ("PATCH", "api/customers/{id}", "/api/customers/%", """{"consent":{"email":"given"}}"""),
        ("GET", "api/customers/{id}/timeline", "/api/customers/%/timeline", null),
        ("GET", "api/customers/{id}/export", "/api/customers/%/export", null),
        ("GET", "api/customers/{id}/why", "/api/customers/%/why?journey=hello", null),
        ("GET", "api/customers/{id}/why", "/api/customers/%/why?newsletter=weekly", null),
        ("GET", "api/sends", "/api/sends?issue=weekly/2026-12-02&state=accepted", null),
        ("GET", "api/sends", "/api/sends?customer=%", null),
        ("GET", "api/coupons", "/api/coupons", null),
        ("POST", "api/coupons/{pool}", "/api/coupons/thanks", """{"codes":["A1"]}"""),
        ("GET", "api/requests", "/api/requests", null),
        ("POST", "api/requests/{source}/{id}/answer", "/api/requests/shopify/41/answer", ""),
        ("POST", "api/requests/{source}/{id}/answer", "/api/requests/shopify/43/answer", ""),
        ("POST", "api/requests/{source}/{id}/confirm", "/api/requests/shopify/shop=20tea.myshopify.com/confirm",
            """{"shop":"tea.myshopify.com"}"""),
        ("GET", "api/parked", "/api/parked", null),
        ("GET", "api/attention", "/api/attention", null),
        ("GET", "api/audit", "/api/audit", null),
        ("GET", "api/mails/{*name}", "/api/mails/hello/preview?customer=%", null),
        ("GET", "api/insights", "/api/insights", null),
        ("GET", "api/insights/cohorts", "/api/insights/cohorts", null),
        ("GET", "api/insights/chats", "/api/insights/chats", null),
        ("GET", "api/insights/journeys/{id}", "/api/insights/journeys/hello", null),
        ("GET", "api/insights/issues/{newsletter}/{date}", "/api/insights/issues/weekly/2026-12-02", null),
        ("GET", "api/shop", "/api/shop", null),
        ("PUT", "api/shop", "/api/shop?dryRun=true", Files),
        ("POST", "api/events", "/api/events", Event),
        ("DELETE", "api/customers/{id}", "/api/customers/%", null),
    ];

    public RunningShop Shop { get; } = new() { Wall = new Friday() };

    public IReadOnlyList<Asked> All { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await Shop.InitializeAsync();
        var customer = await Happen();
        var all = new List<Asked>();
        foreach (var (method, route, path, body) in Questions)
        {
            if (route == "api/insights") await Shop.Product.Get<Tally>().Run();
            using var answer = await Shop.Api(
                new(method), path.Replace("%", customer, StringComparison.Ordinal), body,
                body?.StartsWith("---", StringComparison.Ordinal) == true ? "text/markdown" : "application/json");
            var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
            var type = answer.Content.Headers.ContentType?.ToString();
            all.Add(new(method, route, path, (int)answer.StatusCode, type, text));
            await Shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        }
        All = all;
    }

    /// <summary>What differs from run to run: moments, ids made up, what is made of them.</summary>
    public static string Settled(string text) =>
        Hash().Replace(Id().Replace(Moment().Replace(text, "{now}"), "{id}"), "{hash}");

    private static string Slip(string text, string right, string wrong) =>
        text.Replace(right, wrong, StringComparison.Ordinal);

    /// <summary>An order, its fulfilment, a consent, a webhook that cannot be read and one that is not genuine, two
    /// requests.</summary>
    private async Task<string> Happen()
    {
        var customer = await Shop.Customer("aoi@example.jp", "6001");
        await Shop.Product.Get<ConsentService>().Record(
            new(customer),
            "email",
            new ConsentRecord(ConsentState.Given, DateTimeOffset.UnixEpoch, "checkout") { Wording = "お便り" });
        await Shop.Product.Get<CustomerStore>().Change(
            new(customer), known => known with { FamilyName = "佐藤", Tags = ["お得意様"] });
        await Shop.Customer("silent@example.jp", "6002");
        await Post("orders/fulfilled", """
            {"id":6001,"name":"#1","email":"aoi@example.jp","currency":"JPY","total_price":"2596","line_items":[],
              "created_at":"2026-11-03T09:00:00+09:00","updated_at":"2026-11-27T11:59:00+09:00",
              "fulfillment_status":"fulfilled"}
            """);
        await Post("orders/create", "{\"id\": 12, \"broken\"");
        await Post("customers/data_request", Disclosure("aoi@example.jp", 41));
        await Post("customers/data_request", Disclosure("no@example.jp", 43));
        await Post("shop/redact", """{"shop_id":954889,"shop_domain":"tea.myshopify.com"}""");
        await Shop.Product.Get<ReplayStore>().Put(Replayed, null);
        using var refused = await Shop.Http.SendAsync(RunningShop.Generic("[]"u8.ToArray(), secret: "guess"));
        return customer;
    }

    /// <summary>A replay of the day before, with a draft that sent a mail more and held one back.</summary>
    private static Replay Replayed { get; } = new()
    {
        Id = "the-one-of-yesterday",
        By = "mika",
        StartedAt = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero),
        Days = 2,
        Drafts = new Dictionary<string, string> { ["journeys/hello.json"] = "{}" },
        Stage = ReplayStage.Done,
        Told = 4,
        Of = 4,
        At = new(2026, 11, 26, 9, 1, 0, TimeSpan.Zero),
        Process = "gone",
        EndedAt = new(2026, 11, 26, 9, 1, 0, TimeSpan.Zero),
        Report = new()
        {
            From = new(2026, 11, 25),
            To = new(2026, 11, 26),
            Customers = 2,
            Events = 2,
            Went = new(),
            Published = new(),
            Draft = new()
            {
                Days = new Dictionary<string, DayMails> { ["2026-11-25"] = new(1, 0) },
                Mails = new Dictionary<string, MailOutcome>
                {
                    ["hello|hello"] = new(1, new Dictionary<string, int> { ["consent: unknown"] = 1 }),
                },
                PerCustomer = new Dictionary<string, int> { ["1"] = 1 },
                Held = new Dictionary<string, int> { ["quiet hours"] = 1 },
            },
            Differences = new(1, [new(new("00aa00aa00aa00aa00aa00aa"), ["hello|hello"], [])]),
        },
    };

    private static string Disclosure(string email, int id) => $$$"""
        {"shop_domain":"tea.myshopify.com","orders_requested":[],
          "customer":{"email":"{{{email}}}"},"data_request":{"id":{{{id}}}}}
        """;

    private async Task Post(string topic, string body)
    {
        using var answer = await Shop.Http.SendAsync(RunningShop.Shopify(Encoding.UTF8.GetBytes(body), topic));
        answer.EnsureSuccessStatusCode();
        await Shop.Idle();
    }

    public async Task DisposeAsync()
    {
        await Shop.DisposeAsync();
        Shop.Dispose();
    }

    /// <summary>It is Friday, 2026-11-27, a little after noon in Tokyo.</summary>
    private sealed class Friday : TimeProvider
    {
        private readonly TimeSpan ahead =
            DateTimeOffset.Parse("2026-11-27T03:00:00Z", CultureInfo.InvariantCulture) - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:]+\.\d+(\+00:00|Z)?|(?<!\d)\d{8}T\d{9}Z|2026-11-27 03:0\d")]
    private static partial Regex Moment();

    [GeneratedRegex("[0-9a-f]{24}")]
    private static partial Regex Id();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])|[0-9a-f]{32,}")]
    private static partial Regex Hash();
}
