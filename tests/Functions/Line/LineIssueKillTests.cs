using System.Diagnostics;
using System.Net;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Line;

/// <summary>An issue that goes by LINE to half of its readers and by mail to the others, or to all, while the process
/// is killed.</summary>
[Long(55)]
public sealed class LineIssueKillTests(ITestOutputHelper output)
{
    private const int Customers = 1_000;
    private static readonly int Kills = Thorough.Or(5, 50);
    private const string Issue = "/api/newsletters/weekly/issues/2026-11-25";

    [Theory]
    [InlineData("preferred", Customers)]
    [InlineData("both", Customers + Customers / 2)]
    public async Task Killed_many_times_nobody_gets_it_twice_by_LINE_and_none_is_lost(string by, int messages)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var sink = await ProviderSink.Start();
        await using var line = await LineSink.Start();
        line.Next = () => Random.Shared.Next(10) switch
        {
            0 => LineManner.AcceptAndCut,
            1 => LineManner.CutUnread,
            2 => LineManner.AcceptAndFail,
            3 => LineManner.TooMany,
            _ => LineManner.Accept,
        };
        var shop = TestShop.Write(newsletter: true);
        Directory.CreateDirectory(Path.Combine(shop, "lines"));
        File.WriteAllText(Path.Combine(shop, "lines", "news.md"), "---\nalt: 今週のお茶\n---\nお茶の季節です。\n");
        File.WriteAllText(Path.Combine(shop, "newsletters", "weekly", "2026-11-25.md"),
            $"---\nsubject: 今週のお茶\nline: news\nby: {by}\n---\n{{{{customer.salutation}}}}\n\n新茶が届きました。\n");
        await using var product = Trial.Product(sink, shop, rate: 100, new()
        {
            ["SendGrid:ChunkSize"] = "4",
            ["Line:shop:Secret"] = LineShop.Secret,
            ["Line:shop:AccessToken"] = LineSink.Token,
            ["Line:shop:BaseUrl"] = line.Url,
        });
        var followers = await Put(Path.Combine(product.Folder, "data"));
        await product.Start();
        using (var confirmed = await product.Http.PostAsync($"{Issue}/confirm", null))
            Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = Reached(line) + random.Next(Customers / 2 / Kills);
            using (var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2)))
                for (var watch = Stopwatch.StartNew();
                    Reached(line) < enough && watch.Elapsed < TimeSpan.FromSeconds(2);)
                    await tick.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        output.WriteLine($"{Reached(line)} reached by LINE after the last kill");
        line.Next = () => LineManner.Accept;
        await product.Until(async () => (await product.Get(Issue)).Text("state") == "sent" ? "" : null,
            TimeSpan.FromSeconds(300), "the issue is sent");

        Assert.Empty(line.Wrong);
        Assert.Equal(
            followers.Order(StringComparer.Ordinal),
            line.Cast.Concat(line.Delivered).Select(push => push.To).Order(StringComparer.Ordinal));
        Assert.All(sink.Accepted.Where(mail => mail.To != "help@example.jp").CountBy(mail => mail.To),
            mail => Assert.Equal(1, mail.Value));
        var issue = await product.Get(Issue);
        output.WriteLine(issue.ToString());
        Assert.Equal(messages, issue.GetProperty("audience").GetInt32());
        Assert.True(issue.GetProperty("complete").GetBoolean());
        var sends = await product.List("/api/sends?issue=weekly/2026-11-25");
        Assert.Equal(
            followers.Count, sends.Count(send => (send.Text("channel"), send.Text("state")) == ("line", "accepted")));
        Assert.DoesNotContain(sends, send => send.Text("channel") == "line" && send.Text("state") != "accepted");
        Assert.Equal(messages - followers.Count, sends.Count(send => send.Text("channel") == "email"));
        output.WriteLine($"{line.CastAsked} multicasts and {line.Asked} pushes asked for");
    }

    private static int Reached(LineSink line) => line.Cast.Count + line.Delivered.Count;

    /// <summary>Customers who agreed to mails, every other follows the shop on LINE, too; answers who.</summary>
    private static async Task<IReadOnlyList<string>> Put(string data)
    {
        Directory.CreateDirectory(data);
        using var database = SqliteDatabase.Open(Path.Combine(data, "automation.db"));
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        var followers = new List<string>();
        foreach (var customer in (await Readers.Put(tables, Customers)).Where((_, n) => n % 2 == 0))
        {
            var user = $"U{followers.Count:x32}";
            followers.Add(user);
            var follows = customer with
            {
                Identities = [$"line:{user}"],
                Consent = new Dictionary<string, ConsentRecord>(customer.Consent)
                {
                    ["line"] = new(ConsentState.Given, customer.CreatedAt, "line follow"),
                },
            };
            await tables.Customers.Upsert(CustomerJson.Row(follows), UpdateMode.Replace);
        }
        return followers;
    }
}
