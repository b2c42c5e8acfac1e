using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.People;
using Automation.Marketing.Search;
using Automation.Sqlite;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The real server in this process, on a free port, with data folder of its own; sources shopify, woo and
/// generic and one secret.</summary>
public sealed class RunningShop : IAsyncLifetime, IDisposable
{
    public const string Secret = "hush-hush-hush-hush";
    public const string Key = "a-key-for-the-tests-of-the-edge";
    private readonly TemporaryFolder data = new();
    private LocalHost? host;

    /// <summary>The time outside; null: the system's.</summary>
    public TimeProvider? Wall { get; init; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    public Uri Address => new(host!.Addresses.First());
    public LocalHost Product => host!;

    public async Task InitializeAsync()
    {
        WriteShop(data.File("shop"));
        string[] configured =
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Api:Key={Key}",
            $"--Shop:Folder={data.File("shop")}",
            "--Sources:shopify:Platform=shopify", $"--Sources:shopify:Secret={Secret}",
            "--Sources:woo:Platform=woocommerce", $"--Sources:woo:Secret={Secret}",
            "--Sources:generic:Platform=generic", $"--Sources:generic:Secret={Secret}",
        ];
        host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(configured)), wall: Wall);
        Http.BaseAddress = Address;
    }

    /// <summary>A small shop: one journey, one mail.</summary>
    public static void WriteShop(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "journeys"));
        Directory.CreateDirectory(Path.Combine(folder, "mails"));
        File.WriteAllText(Path.Combine(folder, "shop.json"), """
            { "name": "ためしの店", "postalAddress": "東京都千代田区1-1", "contact": { "email": "shop@example.jp" },
              "timeZone": "Asia/Tokyo", "events": ["review.posted"] }
            """);
        File.WriteAllText(Path.Combine(folder, "mails", "hello.md"),
            "---\nsubject: ようこそ\n---\n{{#if customer.familyName}}{{customer.familyName}}様{{/if}}、ようこそ。\n");
        File.WriteAllText(Path.Combine(folder, "journeys", "hello.json"), Journey);
    }

    /// <summary>The journey of <see cref="WriteShop"/>.</summary>
    public const string Journey =
        """{ "name": "ようこそ", "purpose": "marketing", "trigger": { "event": "order.fulfilled", """
        + """
        "where": { "customer.orders.count": 1 } },
          "steps": [ { "do": "wait", "for": "2 days" }, { "do": "send", "mail": "hello" } ] }
        """;

    /// <summary>The id of the customer with this address, once an order made them known.</summary>
    public async Task<string> Customer(string email, string order)
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"id":{{order}},"name":"#1","email":"{{email}}","created_at":"2026-11-03T09:00:00+09:"""
            + $$"""00","updated_at":"2026-11-03T09:00:00+09:"""
            + $$"""00","currency":"JPY","total_price":"2596","line_items":[]}""");
        using var answer = await Http.SendAsync(Shopify(body));
        answer.EnsureSuccessStatusCode();
        await Idle();
        var found = await Product.Get<CustomerStore>().FindByIdentity(new Marketing.People.Identity("email", email));
        return found!.Value.Id.Value;
    }

    /// <summary>A request with the key.</summary>
    public Task<HttpResponseMessage> Api(
        HttpMethod method, string path, string? json = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(
            method, path)
        { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        return Http.SendAsync(request);
    }

    /// <summary>A webhook as Shopify posts it; signed with <paramref name="secret"/>.</summary>
    public static HttpRequestMessage Shopify(byte[] body, string topic = "orders/create", string secret = Secret) =>
        new(HttpMethod.Post, "/webhooks/orders/shopify")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            Headers =
            {
                { "X-Shopify-Topic", topic },
                { "X-Shopify-Hmac-Sha256", Convert.ToBase64String(HMACSHA256.HashData(
                    Encoding.UTF8.GetBytes(secret), body)) },
            },
        };

    /// <summary>A webhook as anybody posts it.</summary>
    public static HttpRequestMessage Generic(byte[] body, string secret = Secret) =>
        new(HttpMethod.Post, "/webhooks/orders/generic")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/cloudevents+json") } },
            Headers = { { "X-Signature", "sha256=" + Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)) } },
        };

    /// <summary>The same as <see cref="Rows"/>, once timers that leave a bookmark at their first run have left
    /// it.</summary>
    public async Task<int> RowsOnceCounted()
    {
        await Product.Get<SearchIndexer>().Run();
        await Product.Get<Tally>().Run();
        return Rows();
    }

    /// <summary>How many rows and messages there are in all.</summary>
    public int Rows() => Product.Get<SqliteDatabase>().Read(db =>
    {
        List<string> tables = [];
        using (var names = db.Prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 't\\_%' ESCAPE '\\' OR name LIKE "
            + "'q\\_%' ESCAPE '\\')"))
            while (names.Step()) tables.Add(names.Text(0));
        Assert.NotEmpty(tables);
        var rows = 0;
        foreach (var table in tables)
        {
            using var count = db.Prepare($"SELECT count(*) FROM \"{table}\"");
            if (count.Step()) rows += count.Int32(0);
        }
        return rows;
    });

    /// <summary>Completes when the queues are empty.</summary>
    public async Task Idle()
    {
        while (await Product.Get<Tables>().OrderQueue.ApproximateCount() + await Product.Get<Tables>().EventQueue
            .ApproximateCount() > 0) await Task.Yield();
        await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
    }

    public async Task DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    public void Dispose()
    {
        Http.Dispose();
        data.Dispose();
    }
}
