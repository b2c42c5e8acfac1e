using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Storage;
using Automation.Storage.Azure;
using Automation.Storage.Tests.Azure;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Two issues under the Functions host, one by its slot and one by hand, while the worker is killed; then what
/// SendGrid tells of them.</summary>
[Long(60)]
[Trait("Needs", "Azurite")]
public sealed class IssueTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Customers = 300, Kills = 5;
    private const string Tag = "letter", ByHand = "letter/2024-01-03";

    [Fact]
    public async Task Killed_while_two_issues_go_out_everybody_gets_each_once_or_is_named_uncertain()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tables = new Tables(
            new AzureStorage(azurite.ConnectionString).Tables, new AzureStorage(azurite.ConnectionString).Queues);
        await tables.Create();
        await Readers.Put(tables, Customers, Tag);
        var due = DateTimeOffset.UtcNow.AddHours(-1);
        await tables.Published.Upsert(new Row("bookmarks", Tag) { { "At", due.AddHours(-1) } }, UpdateMode.Replace);
        var folder = Shop(due);
        // A slot exists from when it was published.
        await using (var earlier = Product(tables, new Earlier())) await earlier.Get<ShopPublisher>().Publish(folder);
        var bySlot = string.Create(CultureInfo.InvariantCulture, $"{Tag}/{due:yyyy-MM-dd}");

        await using var sink = await ProviderSink.Start();
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
            {
                ["Shop__Folder"] = folder,
                ["SendGrid__BaseUrl"] = sink.Url,
                ["SendGrid__WebhookPublicKey"] = SendGridPost.PublicKey,
            }), rate: 100);
        using var world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
        using (var asked = await world.PostAsync($"{Path(ByHand)}/send", null))
            Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        using (var confirmed = await world.PostAsync($"{Path(ByHand)}/confirm", null))
            Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        Assert.True(await host.Fire("NewsletterTick"));
        for (var kill = 1; kill <= Kills; kill++)
        {
            await Until(() => Task.FromResult(
                sink.Accepted.Count >= kill * Customers / Kills - random.Next(Customers / Kills)), "mails arrive");
            await host.KillWorker();
        }
        var watch = Stopwatch.StartNew();
        output.WriteLine(
            $"{sink.Accepted.Count} accepted at the last kill, {host.FailedTurns} orchestrations failed for good by "
            + $"the host");
        foreach (var issue in (string[])[ByHand, bySlot])
            await Until(async () => (await Get(Path(issue))).Text("state") == "sent", $"{issue} is sent");
        output.WriteLine($"{watch.Elapsed.TotalSeconds:n1} s after the last kill");

        foreach (var issue in (string[])[ByHand, bySlot]) await Whole(issue);
        Assert.All(sink.Accepted.Where(mail => mail.To.StartsWith(Tag, StringComparison.Ordinal))
            .CountBy(mail => (mail.To, mail.Subject)), mail => Assert.Equal(1, mail.Value));
        await Heard();
        foreach (var queue in (string[])["alarms-poison", "engagement-poison"])
        {
            var poison = host.Queues.GetQueue(queue);
            await poison.CreateIfMissing();
            Assert.Equal(0, await poison.ApproximateCount());
        }

        async Task Whole(string name)
        {
            var issue = await Get(Path(name));
            output.WriteLine(issue.ToString());
            var (sent, uncertain) = (issue.GetProperty("sent").GetInt32(), issue.GetProperty("uncertain").GetInt32());
            Assert.Equal(Customers, issue.GetProperty("audience").GetInt32());
            Assert.Equal(Customers, sent + uncertain);
            Assert.True(issue.GetProperty("complete").GetBoolean());
            var arrived = sink.Accepted.Select(mail => mail.SendId).ToHashSet();
            var sends = await List($"/api/sends?issue={name}");
            Assert.Equal(Customers, sends.Count);
            Assert.Equal(uncertain, sends.Count(send => send.Text("state") == "uncertain"));
            Assert.All(sends.Where(send => send.Text("state") == "accepted"),
                send => Assert.Contains(send.Text("id"), arrived));
        }

        // One batch of what became of three mails.
        async Task Heard()
        {
            var sends = (await List($"/api/sends?issue={ByHand}&state=accepted"))[..3];
            var now = host.Time.GetUtcNow();
            string[] ids = [.. sends.Select(send => send.Text("id"))];
            var bounced = (await Customer(1)).Text("email");
            await using var product = Product(tables, TimeProvider.System);
            await product.Get<CustomerStore>().Recognise(new Buyer { Identities = [new(Identity.Email, bounced)] },
                "import", customer => customer, new CustomerId(sends[1].Text("customer")));
            using (var answer = await world.SendAsync(SendGridPost.Signed(SendGridPost.Batch(
                [.. ids.Select(id => SendGridPost.Event("delivered", id, now)), SendGridPost.Event("bounce", ids[1],
                    now, null, more => more["type"] = "bounce"), SendGridPost.Event("unsubscribe", ids[2], now)]))))
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await Until(async () => Suppressed(await Customer(1)) is not null
                && Consent(await Customer(2)) == "withdrawn", "the events are understood");
            Assert.Equal("hard bounce", Suppressed(await Customer(1)));
            Assert.Null(Suppressed(await Customer(0)));
            Assert.Equal("given", Consent(await Customer(0)));
            var story = Assert.Single((await Get($"/api/customers/{sends[0].Text("customer")}/timeline"))
                .GetProperty("items").EnumerateArray(), item => item.Text("kind") == "engagement");
            Assert.True(story.GetProperty("what").TryGetProperty("deliveredAt", out _), story.ToString());

            Task<JsonElement> Customer(int n) => Get($"/api/customers/{sends[n].Text("customer")}");
        }

        async Task<JsonElement> Get(string path) => await world.GetFromJsonAsync<JsonElement>(path);

        async Task<List<JsonElement>> List(string path)
        {
            var found = new List<JsonElement>();
            for (var next = ""; ;)
            {
                var page = await Get(path + next);
                found.AddRange(page.GetProperty("items").EnumerateArray());
                if (page.Text("next") is not { Length: > 0 } more) return found;
                next = $"&next={Uri.EscapeDataString(more)}";
            }
        }

        // The minute's timer, every tenth of a second: ten of the shop's.
        async Task Until(Func<Task<bool>> holds, string what)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var wait = Stopwatch.StartNew(); !await holds(); await tick.WaitForNextTickAsync())
            {
                Assert.True(wait.Elapsed < TimeSpan.FromMinutes(4),
                    $"{what}: not in four minutes; {sink.Accepted.Count} arrived\n{host.Log()}");
                await host.Fire("NewsletterTick");
            }
        }
    }

    private static ServiceProvider Product(Tables tables, TimeProvider time) => new ServiceCollection()
        .AddLogging()
        .AddMarketing()
        .AddSingleton(tables)
        .AddSingleton(time)
        .AddKeyedSingleton(Clocks.Wall, time)
        .AddSingleton(new MarketingOptions())
        .BuildServiceProvider();

    /// <summary>A clock that is three hours behind.</summary>
    private sealed class Earlier : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(-3);
    }

    private static string Path(string issue) =>
        $"/api/newsletters/{issue.Replace("/", "/issues/", StringComparison.Ordinal)}";

    private static string? Suppressed(JsonElement customer) =>
        customer.GetProperty("suppressed").TryGetProperty("email", out var why) ? why.GetString() : null;

    private static string? Consent(JsonElement customer) =>
        customer.GetProperty("consent").GetProperty("email").Text("state");

    /// <summary>With a newsletter whose slot of every day was due at a moment, and an issue for each of the
    /// two.</summary>
    private static string Shop(DateTimeOffset due)
    {
        var folder = TestShop.Write();
        var letters = Directory.CreateDirectory(System.IO.Path.Combine(folder, "newsletters", Tag)).FullName;
        File.WriteAllText($"{letters}.json", string.Create(CultureInfo.InvariantCulture, $$"""
            { "name": "お便り", "on": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
              "at": "{{due:HH:mm}}", "timeZone": "UTC",
              "audience": { "customer.tags": { "contains": "{{Tag}}" } }, "late": { "sendWithin": "1 day" },
                "fallback": "spare" }
            """));
        foreach (var (name, subject) in ((string, string)[])[("spare", "いつものお茶"), (ByHand.Split('/')[1], "今週のお茶")])
            File.WriteAllText(System.IO.Path.Combine(letters, $"{name}.md"), $$$"""
                ---
                subject: {{{subject}}}
                ---
                {{customer.salutation}}

                新茶が届きました。
                """);
        return folder;
    }
}
