using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Line;

[Long(135)]
public sealed class LineKillTests(ITestOutputHelper output)
{
    private static readonly int People = Thorough.Or(40, 80);
    private static readonly int Kills = Thorough.Or(4, 50);
    private static readonly string[] Texts = ["one", "two", "three"];

    [Fact]
    public async Task Killed_many_times_with_pushes_under_way_nobody_gets_one_twice_and_none_is_lost()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var sink = await LineSink.Start();
        sink.Next = () => Random.Shared.Next(10) switch
        {
            0 => LineManner.AcceptAndCut,
            1 => LineManner.CutUnread,
            2 => LineManner.AcceptAndFail,
            3 => LineManner.TooMany,
            _ => LineManner.Accept,
        };
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = Shop(),
            ["Line:shop:Secret"] = LineShop.Secret,
            ["Line:shop:AccessToken"] = LineSink.Token,
            ["Line:shop:BaseUrl"] = sink.Url,
        });
        await product.Start();
        var posting = Post(product);
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 600))))
                await life.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        await posting;
        sink.Next = () => LineManner.Accept;
        var walks = await product.Until(async () =>
        {
            var all = await product.List("/api/journeys/friends/enrollments");
            return all.Count == People && all.TrueForAll(walk => walk.Text("outcome") == "completed") ? all : null;
        }, TimeSpan.FromSeconds(120), "every walk completes");
        var sends = await product.Until(async () =>
        {
            var all = await product.List("/api/sends");
            return all.TrueForAll(send => send.Text("state") == "accepted") ? all : null;
        }, TimeSpan.FromMinutes(6), "every uncertain push is settled");

        Assert.Equal(People, walks.Count);
        Assert.Equal(People * Texts.Length, sends.Count);
        Assert.Empty(sink.Wrong);
        Assert.Equal(People * Texts.Length, sink.Delivered.Count);
        Assert.All(sink.Delivered.CountBy(push => (push.To, push.Message)), push => Assert.Equal(1, push.Value));
        await product.Until(async () =>
        {
            var open = await product.List("/api/attention?kind=uncertain");
            return open.Count == 0 ? open : null;
        }, TimeSpan.FromMinutes(3), "nothing is left to look at");
        output.WriteLine($"{sink.Asked} requests for {sink.Delivered.Count} messages");
    }

    private static string Shop()
    {
        var folder = Directory.CreateTempSubdirectory("shop-").FullName;
        RunningShop.WriteShop(folder);
        Directory.CreateDirectory(Path.Combine(folder, "lines"));
        foreach (var text in Texts)
            File.WriteAllText(Path.Combine(folder, "lines", $"{text}.md"), $"---\nalt: {text}\n---\n{text}\n");
        var steps = Texts.Select(text => $$"""{ "do": "send", "line": "{{text}}" }""");
        File.WriteAllText(Path.Combine(folder, "journeys", "friends.json"), $$"""
            { "name": "友だち", "purpose": "marketing", "trigger": { "event": "line.followed" },
              "steps": [ {{string.Join(", ", steps)}} ] }
            """);
        return folder;
    }

    /// <summary>LINE: posts each follow until it is answered 200, whatever happens to the product meanwhile.</summary>
    private static async Task Post(ProductProcess product)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        for (var n = 0; n < People; n++)
        {
            var body = LineShop.Event("follow", $"01A{n}", user: $"U{n:x32}");
            await LinePost.Until200(product, body, pace);
            await pace.WaitForNextTickAsync();
        }
    }
}
