using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Functions.Tests.Sending;

/// <summary>The real server with three journeys that begin with an order: two that write again after a click, one that
/// waits and leaves at an opt-out.</summary>
public sealed class LetterShop : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder data = new();
    private LocalHost? host;
    private int orders;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    public LocalHost Product => host!;
    public string Outbox => data.File("outbox");

    public async Task InitializeAsync()
    {
        Write("shop.json",
            """{ "name": "茶と器", "postalAddress": "東京都千代田区1-1", "contact": { "email": "help@example.jp" },"""
            + """ "timeZone": "Asia/Tokyo" }""");
        foreach (var name in (string[])["tea", "cups"])
        {
            Write($"journeys/{name}.json", $$"""
                { "name": "{{name}}", "purpose": "marketing", "trigger": { "event": "order.placed" },
                  "steps": [ { "do": "send", "mail": "{{name}}/first" },
                             { "do": "waitFor", "event": "mail.clicked", "upTo": "5 days", "then": [ { "do": "send",
                               "mail": "{{name}}/second" } ] } ] }
                """);
            foreach (var mail in (string[])["first", "second"]) Write(
                $"mails/{name}/{mail}.md", $"---\nsubject: {name} {mail}\n---\n[お店へ](https://shop.example/{name})\n");
        }
        Write("journeys/leaving.json", """
            { "name": "leaving", "purpose": "marketing", "trigger": { "event": "order.placed" },
              "leaveOn": [ { "event": "consent.withdrawn" } ],
              "steps": [ { "do": "wait", "for": "30 days" }, { "do": "send", "mail": "tea/second" } ] }
            """);
        string[] configured =
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Shop:Folder={data.File("shop")}",
            $"--Api:Key={RunningShop.Key}",
            "--Sources:demo:Platform=shopify", "--Sources:demo:Secret=hush-hush-hush-hush",
            $"--SendGrid:WebhookPublicKey={SendGridPost.PublicKey}",
        ];
        host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(configured)));
        Http.BaseAddress = new Uri(host.Addresses.First());
        Http.DefaultRequestHeaders.Authorization = new("Bearer", RunningShop.Key);
    }

    /// <summary>A customer of their own whose order has begun the journeys: their first mails are out.</summary>
    public async Task<(CustomerId Id, string Address)> Customer()
    {
        var n = Interlocked.Increment(ref orders);
        using var answer = await Http.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow.AddMinutes(-1)));
        answer.EnsureSuccessStatusCode();
        await Idle();
        var address = $"customer{n}@example.jp";
        return ((await Product.Get<CustomerStore>().FindByIdentity(new(Identity.Email, address)))!.Value.Id, address);
    }

    /// <summary>Posts events as SendGrid does and waits until all that follows is done.</summary>
    public async Task Hear(params IEnumerable<System.Text.Json.Nodes.JsonObject> events)
    {
        using var answer = await Http.SendAsync(SendGridPost.Signed(SendGridPost.Batch(events)));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        await Idle();
    }

    public async Task Idle()
    {
        foreach (var queue in Product.Get<Tables>().Queues)
            while (await queue.ApproximateCount() > 0) await Task.Yield();
        await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
    }

    /// <summary>The customer's sends by mail.</summary>
    public async Task<Dictionary<string, Send>> Sends(CustomerId customer)
    {
        var sends = new Dictionary<string, Send>();
        await foreach (var row in Product.Get<Tables>().Timeline.Query(TableQuery.Prefix(customer.Value, "s|")))
            sends.Add(Ledger.Read(row).Send.Mail, Ledger.Read(row).Send);
        return sends;
    }

    public async Task<Enrollment> Enrollment(CustomerId customer, string journey) =>
        Assert.Single(await Product.Get<EnrollmentStore>().Of(customer, journey)).Value;

    private void Write(string name, string text)
    {
        var path = Path.Combine(data.File("shop"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
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
