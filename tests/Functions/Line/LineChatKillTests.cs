using System.Collections.Concurrent;
using System.Diagnostics;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Line;

public sealed class LineChatKillTests(ITestOutputHelper output)
{
    private static readonly int People = Thorough.Or(30, 60);
    private static readonly int Kills = Thorough.Or(3, 50);

    [Fact]
    public async Task Killed_many_times_while_answering_no_question_is_answered_twice_and_each_is_answered_or_named()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var issued = new ConcurrentDictionary<string, Stopwatch>();
        await using var sink = await LineSink.Start();
        sink.Holds = token => issued[token].Elapsed < TimeSpan.FromSeconds(60);
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
        var posting = Post(product, issued);
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 900))))
                await life.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        await posting;
        sink.Next = () => LineManner.Accept;
        var named = 0;
        await product.Until(async () =>
        {
            named = (await product.List("/api/attention?kind=chat")).Count;
            return sink.Replies.Count + sink.Delivered.Count + named >= People ? product : null;
        }, TimeSpan.FromMinutes(4), "each question is answered or named");

        Assert.Empty(sink.Wrong);
        // The token of a reply and the address of a push both end in the number of who asked.
        var answered = sink.Replies.Select(reply => reply.Token[^4..])
            .Concat(sink.Delivered.Select(push => push.To[^4..]));
        Assert.All(answered.CountBy(who => who), who => Assert.Equal(1, who.Value));
        Assert.InRange(sink.Replies.Count + sink.Delivered.Count, People - named, People);
        output.WriteLine($"{sink.Replies.Count} replies, {sink.Delivered.Count} pushes, {named} named");
    }

    private static string Shop()
    {
        var folder = Directory.CreateTempSubdirectory("shop-").FullName;
        RunningShop.WriteShop(folder);
        foreach (var (name, text) in LineChatTests.Files())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }
        return folder;
    }

    /// <summary>LINE: posts each question until it is answered 200, whatever happens to the product
    /// meanwhile.</summary>
    private static async Task Post(ProductProcess product, ConcurrentDictionary<string, Stopwatch> issued)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var n = 0; n < People; n++)
        {
            var token = $"token-{n:x4}";
            issued[token] = Stopwatch.StartNew();
            var body = LineChatTests.Said($"01A{n}", "送料はいくらですか", token, $"U{n:x32}");
            await LinePost.Until200(product, body, pace);
            await pace.WaitForNextTickAsync();
        }
    }
}
