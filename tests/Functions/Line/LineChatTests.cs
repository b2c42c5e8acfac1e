using System.Net;
using System.Text.Json;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Line;

/// <summary>The chat on the real server: LINE's webhook in, a reply at LINE out.</summary>
public sealed class LineChatTests
{
    internal const string Chat = """
        { "hours": [ { "from": "00:00", "to": "00:01" } ], "notify": ["till@example.jp"] }
        """;

    internal static Dictionary<string, string> Files(string folder = "")
    {
        using var settings = new TemporaryFolder();
        RunningShop.WriteShop(settings.Path);
        var shop = File.ReadAllText(settings.File("shop.json")).TrimEnd();
        return new()
        {
            [folder + "shop.json"] = $$"""{{shop[..^1].TrimEnd()}}, "chat": {{Chat}} }""",
            [folder + "answers/shipping.md"] = "---\nask: 送料はいくらですか | 送料\n---\n送料は550円です。\n",
        };
    }

    internal static string Said(string id, string text, string token, string user = LineShop.Somebody) =>
        LineShop.Event("message", id, $$"""
            ,"replyToken":"{{token}}","message":{"type":"text","id":"{{id}}","text":"{{text}}"}
            """, user);

    [Fact]
    public async Task A_question_by_LINE_is_answered_with_its_token_and_a_person_is_called_by_mail()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files(), sink.Url);
        foreach (var _ in (int[])[1, 2])
        {
            using var answer = await shop.Post(Said("01A", "送料はいくらですか", "t-1"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        await shop.Idle();
        var (token, message) = Assert.Single(sink.Replies);
        Assert.Equal("t-1", token);
        using var said = JsonDocument.Parse(message);
        Assert.StartsWith("送料は550円です。", said.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, said.RootElement.GetProperty("quickReply").GetProperty("items").GetArrayLength());

        using var asked = await shop.Post(Said("01B", "担当者と話したい", "t-2"));
        await shop.Idle();
        Assert.Equal(2, sink.Replies.Count);
        var mail = Assert.Single(Directory.EnumerateFiles(Path.Combine(shop.Folder, "outbox"), "*.eml"));
        Assert.Contains("To: till@example.jp", await File.ReadAllTextAsync(mail), StringComparison.Ordinal);
        var customer = (await shop.Customer())!;
        using var exported = JsonDocument.Parse(await (await shop.Http.SendAsync(
            new(HttpMethod.Get, $"/api/customers/{customer.Id}/export")
            {
                Headers = { Authorization = new("Bearer", RunningShop.Key) },
            })).Content.ReadAsStringAsync());
        Assert.Equal(2, exported.RootElement.GetProperty("chats").GetArrayLength());
        Assert.Empty(sink.Wrong);
    }

    [Fact]
    public async Task Opting_out_in_the_chat_withdraws_the_consent()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files(), sink.Url);
        using var followed = await shop.Post(LineShop.Event("follow", "01A"));
        await shop.Idle();
        using var stopped = await shop.Post(Said("01B", "配信停止", "t-1"));
        await shop.Idle();
        Assert.Equal(ConsentState.Withdrawn, (await shop.Customer())!.Consent["line"].State);
        Assert.Single(sink.Replies);
    }
}
