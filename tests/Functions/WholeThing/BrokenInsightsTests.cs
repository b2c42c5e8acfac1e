using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.People;
using Automation.Sqlite;
using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Figures that cannot be counted are late and nothing else is: orders are taken in, mails and issues go
/// out.</summary>
public sealed class BrokenInsightsTests
{
    private const int Orders = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("unwritable")]
    [InlineData("unreadable")]
    public async Task With_insights_that_are_broken_webhooks_are_taken_mails_go_out_and_later_the_figures_catch_up(
        string broken)
    {
        using var data = new TemporaryFolder();
        using var log = new Heard();
        await using var shop = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}",
            $"--Shop:Folder={TestShop.Write(newsletter: true)}", $"--Api:Key={RunningShop.Key}",
            // a day a second: figures are counted at every turn
            "--Sources:demo:Platform=shopify", "--Sources:demo:Secret=hush-hush-hush-hush", "--Clock:Rate=86400",
        ])), logging => logging.AddProvider(log));
        using var http = new HttpClient
        {
            BaseAddress = new(shop.Addresses.First()),
            DefaultRequestHeaders = { Authorization = new("Bearer", RunningShop.Key) }
        };
        await (broken == "unwritable" ? Forbid(shop) : Poison(shop));

        for (var n = 0; n < Orders; n++)
        {
            using var answer = await http.SendAsync(ShopifyOrder.Created(n, shop.Get<TimeProvider>().GetUtcNow()));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        await Until(() => Task.FromResult(log.Failures > 1), "counting fails");
        await Until(async () => await Count(http, "/api/journeys/three/enrollments", walk => walk.GetProperty("outcome")
            .GetString() == "completed") == Orders, "every journey comes to its end");
        using (var asked = await http.PostAsync("/api/newsletters/weekly/issues/2026-11-25/send", null))
            Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        using (var confirmed = await http.PostAsync("/api/newsletters/weekly/issues/2026-11-25/confirm", null))
            Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        await Until(async () => (await Json(http, "/api/newsletters/weekly/issues/2026-11-25")).GetProperty("complete")
            .GetBoolean(), "the issue is sent");
        Assert.Equal(
            Orders, (await Json(http, "/api/newsletters/weekly/issues/2026-11-25")).GetProperty("sent").GetInt32());
        var mails = Letters.In(Path.Combine(data.Path, "outbox")).Select(letter => letter.Mail());
        Assert.Equal(Orders * 4, mails.Count(mail =>
            mail.StartsWith("three/", StringComparison.Ordinal)
            || mail.StartsWith("weekly/2026-11-25", StringComparison.Ordinal)));
        var failures = log.Failures;
        await Until(() => Task.FromResult(log.Failures > failures), "counting fails until the end");

        await (broken == "unwritable" ? Allow(shop) : Cleanse(shop));
        await Until(async () => (await Json(http, "/api/insights/journeys/three")).GetProperty("entered")
            .GetInt32() == Orders, "the figures catch up");
        var thanks = (await Json(http, "/api/insights/journeys/three")).GetProperty("steps").EnumerateArray()
            .Single(step => step.GetProperty("mail").GetString() == "three/thank-you");
        Assert.Equal(Orders, thanks.GetProperty("sent").GetInt32());
    }

    private static Task Forbid(LocalHost shop) => shop.Get<SqliteDatabase>().Write(db => db.Execute("""
        CREATE TRIGGER no_insert BEFORE INSERT ON t_Insights BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
        CREATE TRIGGER no_update BEFORE UPDATE ON t_Insights BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
        """));

    private static Task Allow(LocalHost shop) =>
        shop.Get<SqliteDatabase>().Write(db => db.Execute("DROP TRIGGER no_insert; DROP TRIGGER no_update;"));

    /// <summary>Every shard's sums, and where counting has come to, are not figures any more.</summary>
    private static async Task Poison(LocalHost shop)
    {
        foreach (var shard in CustomerId.Shards)
            await shop.Get<Tables>().Insights.Upsert(new Row(shard, "s|journey") { { "Doc", "{ broken" } });
        await shop.Get<Tables>().Insights.Upsert(
            new Row("bookmark", "bookmark") { { "Token", "no token" }, { "Stage", 0 } }, UpdateMode.Replace);
    }

    private static async Task Cleanse(LocalHost shop)
    {
        foreach (var shard in CustomerId.Shards) await shop.Get<Tables>().Insights.Delete(shard, "s|journey");
        await shop.Get<Tables>().Insights.Delete("bookmark", "bookmark");
    }

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"{what}: not within {Patience.TotalSeconds} s.");
            await tick.WaitForNextTickAsync(default);
        }
    }

    private static async Task<int> Count(HttpClient http, string path, Func<JsonElement, bool> which) =>
        (await Json(http, path)).GetProperty("items").EnumerateArray()
            .Count(item => item.TryGetProperty("outcome", out _) && which(item));

    private static async Task<JsonElement> Json(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, path), (answer.StatusCode, path));
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Hears how often counting failed.</summary>
    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> said = [];
        public int Failures =>
            said.Count(line => line.StartsWith("timer TallyInsights failed", StringComparison.Ordinal));
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) said.Enqueue(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
