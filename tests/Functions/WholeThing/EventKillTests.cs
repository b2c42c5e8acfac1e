using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.WholeThing;

[Long(30)]
public sealed class EventKillTests(ITestOutputHelper output)
{
    private const int Customers = 24;
    private static readonly int Kills = Thorough.Or(4, 50);

    [Fact]
    public async Task Killed_while_events_are_taken_in_none_of_them_is_lost()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var product = new ProductProcess(
            new() { ["Shop:Folder"] = TestShop.Write(), ["SendGrid:WebhookPublicKey"] = SendGridPost.PublicKey });
        await product.Start();
        for (var n = 0; n < Customers; n++)
        {
            using var answer = await product.Http.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
            answer.EnsureSuccessStatusCode();
        }
        var sends = await product.Until(
            async () => await product.List("/api/sends?state=accepted") is { Count: Customers } all ? all : null,
            TimeSpan.FromSeconds(60), "every thank-you is sent");
        JsonObject[] events = [.. sends.SelectMany((send, n) => Of(send.Text("id"), n))];
        random.Shuffle(events);

        var posting = Post(product, [.. events.Chunk(3)], random);
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 300))))
                await life.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        await posting;
        await product.Until(async () => (await product.Get("/health/ready")).GetProperty("waiting").GetInt32() == 0
            ? product : null, TimeSpan.FromSeconds(60), "the queues are empty");

        Assert.Empty(await product.List("/api/parked"));
        for (var n = 0; n < sends.Count; n++)
        {
            var id = sends[n].Text("customer");
            var timeline = (await product.Get($"/api/customers/{id}/timeline")).GetProperty("items")
                .EnumerateArray().ToList();
            var story = Assert.Single(timeline, item => item.Text("kind") == "engagement").GetProperty("what");
            Assert.All((string[])["processedAt", "deliveredAt", "openedAt", "clickedAt"],
                mark => Assert.True(story.TryGetProperty(mark, out _), $"{mark} of {id}: {story}"));
            var stopped = timeline.Any(item => item.Text("kind") == "consent"
                && item.GetProperty("what").Text("state") == "withdrawn");
            Assert.Equal(n % 3 == 0, stopped);
            var suppressed = (await product.Get($"/api/customers/{id}")).GetProperty("suppressed").TryGetProperty(
                "email", out var why) ? why.GetString() : null;
            Assert.Equal(n % 4 == 1 ? "hard bounce" : null, suppressed);
        }
    }

    /// <summary>What became of one mail, each third reader opting out and each fourth address bouncing; some of it
    /// larger than a queue's message.</summary>
    private static IEnumerable<JsonObject> Of(string send, int n)
    {
        var at = DateTimeOffset.UtcNow;
        var address = $"customer{n}@example.jp";
        foreach (var (kind, seconds) in ((string, int)[])[("processed", 0), ("delivered", 1), ("open", 60),
            ("click", 90)])
        {
            yield return SendGridPost.Event(kind, send, at.AddSeconds(seconds), null, more =>
            {
                if (kind == "click") more["url"] = "https://shop.example/tea";
                if (n % 5 == 0) more["useragent"] = $"Mozilla/5.0 {new string('x', 60_000)}";
            });
        }
        if (n % 3 == 0) yield return SendGridPost.Event("unsubscribe", send, at.AddSeconds(95));
        if (n % 4 == 1)
            yield return SendGridPost.Event("bounce", send, at.AddSeconds(96), null, more => more["type"] = "bounce");
    }

    /// <summary>SendGrid: posts every batch until it is answered 2xx, and some of them twice.</summary>
    private static async Task Post(ProductProcess product, JsonObject[][] batches, Random random)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        foreach (var batch in batches)
        {
            for (var times = 1 + random.Next(5) / 4; times > 0; await pace.WaitForNextTickAsync())
            {
                try
                {
                    using var answer = await product.Http.SendAsync(SendGridPost.Signed(SendGridPost.Batch(batch)));
                    if (answer.IsSuccessStatusCode) times--;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException
                    or SocketException)
                {
                    // killed just now: SendGrid tries again
                }
            }
        }
    }
}
