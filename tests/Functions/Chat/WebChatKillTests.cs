using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Chat;

/// <summary>Visitors of a page write while the process is killed: some of their browsers send again what found no
/// answer, some are closed.</summary>
[Long(25)]
public sealed class WebChatKillTests(ITestOutputHelper output)
{
    /// <summary>A network address opens no more chats in ten minutes.</summary>
    private const int Visitors = 28;
    private static readonly int Kills = Thorough.Or(6, 50);
    private const string People = "担当者と話したいです", Question = "送料はいくらですか";

    private sealed record Said(string Token, string Id, string Text, bool IsOpen);

    [Fact]
    public async Task Killed_many_times_no_message_is_lost_or_doubled_and_what_was_decided_is_carried_out()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        // A minute of the shop's is two seconds: what nobody sends again is carried out after two of them.
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = Shop(),
            ["Clock:Rate"] = "30",
        });
        await product.Start();
        var posting = Post(product, new Random(seed + 1));
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 900))))
                await life.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        var all = await posting;
        var (lost, handed) = (0, 0);
        foreach (var one in all)
        {
            var entries = await Entries(product, one.Token);
            var mine = entries.Where(entry => $"{entry!["id"]}" == one.Id).ToList();
            Assert.Equal(mine.Count, entries.Count);
            if (one.IsOpen) Assert.Single(mine);
            else if (mine.Count == 0) lost++;
            Assert.True(mine.Count <= 1);
            if (mine.Count == 1 && one.Text == People) handed++;
            Assert.All(mine, entry => Assert.NotNull(entry!["text"]));
        }
        Assert.True(handed > 0);
        // Whoever was told that a person comes is waiting for one, whether their browser came back or not.
        await product.Until(async () =>
        {
            var waiting = await product.List("/api/attention?kind=chat");
            Assert.True(waiting.Count <= handed);
            return waiting.Count == handed ? waiting : null;
        }, TimeSpan.FromMinutes(2), "every hand-over is carried out");
        output.WriteLine(
            $"{all.Count} messages, {handed} to a person, {lost} of closed browsers never arrived");
    }

    private static string Shop()
    {
        var folder = Directory.CreateTempSubdirectory("shop-").FullName;
        RunningShop.WriteShop(folder);
        File.WriteAllText(Path.Combine(folder, "shop.json"), $$"""
            { "name": "ためしの店", "postalAddress": "東京都千代田区1-1", "contact": { "email": "shop@example.jp" },
              "timeZone": "Asia/Tokyo", "chat": { "origins": ["{{ChatShop.Origin}}"] } }
            """);
        Directory.CreateDirectory(Path.Combine(folder, "answers"));
        File.WriteAllText(Path.Combine(folder, "answers", "shipping.md"),
            "---\nask: 送料はいくらですか | 送料\n---\n送料は全国一律550円です。\n");
        return folder;
    }

    private static async Task<IReadOnlyList<Said>> Post(ProductProcess product, Random random)
    {
        var all = new List<Said>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var n = 0; n < Visitors; n++)
        {
            var token = $"{(await UntilAnswered(product, "/chat/sessions", null, null, pace))!["token"]}";
            var said = new Said(
                token, $"message-{n:d4}", random.Next(3) > 0 ? People : Question, IsOpen: random.Next(2) == 0);
            var body = new { id = said.Id, text = said.Text };
            if (said.IsOpen) await UntilAnswered(product, "/chat/messages", body, token, pace);
            else await Once(product, "/chat/messages", body, token);
            all.Add(said);
            await pace.WaitForNextTickAsync();
        }
        return all;
    }

    private static async Task<JsonNode> UntilAnswered(
        ProductProcess product, string path, object? body, string? token, PeriodicTimer pace)
    {
        while (true)
        {
            if (await Once(product, path, body, token) is { } answer) return answer;
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>Null: no answer.</summary>
    private static async Task<JsonNode?> Once(ProductProcess product, string path, object? body, string? token)
    {
        try
        {
            using var request = Request(HttpMethod.Post, path, token);
            if (body is not null) request.Content = JsonContent.Create(body);
            using var answer = await product.Http.SendAsync(request);
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<JsonArray> Entries(ProductProcess product, string token)
    {
        using var request = Request(HttpMethod.Get, "/chat/messages", token);
        using var answer = await product.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entries"]!.AsArray();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", ChatShop.Origin);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return request;
    }
}
