using System.Diagnostics;
using System.Net;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage.Sqlite;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>An issue to ten thousand customers, and everything that can go wrong on the way.</summary>
[Long(50)]
public sealed class IssueKillTests(ITestOutputHelper output)
{
    private const int Customers = 10_000;
    private static readonly int Kills = Thorough.Or(6, 50);
    private const string Issue = "/api/newsletters/weekly/issues/2026-11-25";

    [Fact]
    public async Task Killed_many_times_paused_and_resumed_everybody_gets_the_issue_once_or_is_named_uncertain()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var (random, trouble) = (new Random(seed), new Random(seed + 1));
        await using var sink = await ProviderSink.Start();
        sink.Next = () =>
        {
            lock (trouble) return trouble.Next(60) switch
            {
                0 => Manner.TooMany,
                1 => Manner.Broken,
                2 => Manner.AcceptAndCut,
                _ => Manner.Accept
            };
        };
        await using var product = Trial.Product(
            sink, TestShop.Write(newsletter: true), rate: 100, new() { ["SendGrid:ChunkSize"] = "10" });
        await Put(Path.Combine(product.Folder, "data"), Customers);
        await product.Start();
        using (var asked = await product.Http.PostAsync($"{Issue}/send", null))
            Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        Assert.Empty(Arrived(sink));
        using (var confirmed = await product.Http.PostAsync($"{Issue}/confirm", null))
            Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        for (var kill = 0; kill < Kills; kill++)
        {
            await SomeProgress(sink, random.Next(Customers / Kills));
            if (kill % 7 == 2) (await product.Http.PostAsync($"{Issue}/pause", null)).Dispose();
            await product.Kill();
            await product.Start();
            if (kill % 7 == 4) (await product.Http.PostAsync($"{Issue}/resume", null)).Dispose();
        }
        output.WriteLine($"{sink.Accepted.Count} accepted after the last kill");
        await product.Until(async () => (await product.Get(Issue)).Text("state") == "sent" ? "" : null,
            TimeSpan.FromSeconds(300), "the issue is sent");

        var issue = await product.Get(Issue);
        var (sent, uncertain) = (issue.GetProperty("sent").GetInt32(), issue.GetProperty("uncertain").GetInt32());
        output.WriteLine(issue.ToString());
        Assert.Equal(Customers, issue.GetProperty("audience").GetInt32());
        Assert.Equal(Customers, sent + uncertain);
        Assert.True(issue.GetProperty("complete").GetBoolean());
        Assert.All(Arrived(sink).CountBy(mail => mail.To), mail => Assert.Equal(1, mail.Value));
        var named = (await product.List("/api/sends?issue=weekly/2026-11-25&state=uncertain"))
            .Select(send => send.Text("id")).ToHashSet();
        Assert.Equal(uncertain, named.Count);
        var arrived = Arrived(sink).Select(mail => mail.SendId).ToHashSet();
        var accepted = await product.List("/api/sends?issue=weekly/2026-11-25&state=accepted");
        Assert.Equal(sent, accepted.Count);
        Assert.All(accepted, send => Assert.Contains(send.Text("id"), arrived));
        Assert.Equal(Customers, accepted.Select(send => send.Text("id")).Union(named).Count());
    }

    [Fact]
    public async Task Stopped_while_a_slow_issue_waits_the_process_ends_at_once_and_afterwards_each_gets_it_once()
    {
        await using var sink = await ProviderSink.Start();
        await using var product = Trial.Product(sink, TestShop.Write(newsletter: true, perSecond: 4), rate: 1);
        await Put(Path.Combine(product.Folder, "data"), 120, shards: 1);
        await product.Start();
        using (var confirmed = await product.Http.PostAsync($"{Issue}/confirm", null))
            Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        await product.Until(
            () => Task.FromResult(Arrived(sink).Any() ? "" : null), TimeSpan.FromSeconds(30), "the first call arrives");
        Assert.InRange(await product.Stop(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(40, Arrived(sink).Count());
        await product.Start();
        await product.Until(async () => (await product.Get(Issue)).Text("state") == "sent" ? "" : null,
            TimeSpan.FromSeconds(60), "the issue is sent");
        Assert.Equal(120, Arrived(sink).Count());
        Assert.Equal(120, Arrived(sink).DistinctBy(mail => mail.SendId).Count());
        Assert.Equal(120, (await product.Get(Issue)).GetProperty("sent").GetInt32());
    }

    /// <summary>What reached customers: the shop's own address is warned of empty slots meanwhile.</summary>
    private static IEnumerable<(string SendId, string To, string Subject)> Arrived(ProviderSink sink) =>
        sink.Accepted.Where(mail => mail.To != "help@example.jp");

    /// <summary>Until so many more have arrived; while the issue is paused nobody does, so not for long.</summary>
    private static async Task SomeProgress(ProviderSink sink, int more)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var enough = sink.Accepted.Count + more;
        for (var watch = Stopwatch.StartNew(); sink.Accepted.Count < enough && watch.Elapsed < TimeSpan.FromSeconds(1);)
            await tick.WaitForNextTickAsync();
    }

    /// <summary>Customers who consented, straight into the data.</summary>
    private static async Task Put(string data, int customers, int shards = 256)
    {
        Directory.CreateDirectory(data);
        using var database = SqliteDatabase.Open(Path.Combine(data, "automation.db"));
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        await Readers.Put(tables, customers, shards: shards);
    }
}
