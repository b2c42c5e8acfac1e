using System.Text.Json.Nodes;
using Automation.Marketing.Chat;

namespace Automation.Functions.Tests.Chat;

/// <summary>The chat's edge, as browsers meet it.</summary>
public sealed class ChatEdgeTests(ChatShop shop) : IClassFixture<ChatShop>
{
    private static readonly HttpMethod Post = HttpMethod.Post, Get = HttpMethod.Get;

    [Fact]
    public async Task A_question_is_answered_and_sent_again_it_is_the_same_message()
    {
        var token = await shop.Token();
        var question = new { id = "question-1", text = "送料はいくらですか" };
        var (status, first, answer) = await shop.Ask(Post, "/chat/messages", question, token);
        Assert.Equal(200, status);
        Assert.Equal(ChatShop.Origin, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("送料は全国一律550円です。", $"{first!["text"]}");
        Assert.Equal("https://shop.example/shipping", $"{first["links"]![0]!["url"]}");
        var (_, again, _) = await shop.Ask(Post, "/chat/messages", question, token);
        Assert.Equal(first.ToJsonString(), again!.ToJsonString());
        await shop.Ask(Post, "/chat/messages", new { id = "question-2", tap = "chat:yes", on = "はい" }, token);
        var (_, news, _) = await shop.Ask(Get, "/chat/messages", token: token);
        Assert.Equal(
            ["question-1", "question-2"], news!["entries"]!.AsArray().Select(entry => $"{entry!["id"]}"));
        Assert.DoesNotContain("grounds", news.ToJsonString(), StringComparison.Ordinal);
        // Another visitor sees nothing of it.
        var (_, others, _) = await shop.Ask(Get, "/chat/messages", token: await shop.Token());
        Assert.Empty(others!["entries"]!.AsArray());
    }

    [Fact]
    public async Task Pages_of_other_origins_get_nothing()
    {
        foreach (var origin in new[] { "https://evil.example", "null", "https://shop.example.evil.example",
            "http://shop.example", "https://shop.example:8443" })
        {
            foreach (var method in new[] { Post, HttpMethod.Options })
            {
                var (status, _, answer) = await shop.Ask(method, "/chat/sessions", origin: origin);
                Assert.Equal(403, status);
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            }
        }
        var (ok, _, preflight) = await shop.Ask(HttpMethod.Options, "/chat/messages");
        Assert.Equal(204, ok);
        Assert.Contains("authorization", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(),
            StringComparison.Ordinal);
        Assert.Contains("Origin", preflight.Headers.Vary);
        // The frame is a page of our own.
        Assert.Equal(200, (await shop.Ask(Post, "/chat/sessions", origin: $"{shop.Address}".TrimEnd('/'))).Status);
    }

    [Theory]
    [InlineData("""{"id":"short","text":"x"}""", 400)]
    [InlineData("""{"id":"question:1","text":"x"}""", 400)]
    [InlineData("""{"id":"question-9","text":" "}""", 400)]
    [InlineData("""{"id":"question-9","text":"x","tap":"chat:yes"}""", 400)]
    [InlineData("""{"id":"question-9","tap":"delete"}""", 400)]
    [InlineData("""{"id":"question-9","txt":"x"}""", 400)]
    [InlineData("""{"id":null,"text":"x"}""", 400)]
    [InlineData("""[1]""", 400)]
    [InlineData("null", 400)]
    [InlineData("", 400)]
    public async Task What_is_no_message_is_refused(string body, int status) =>
        Assert.Equal(status, await Status(body, await shop.Token()));

    [Fact]
    public async Task Long_messages_large_bodies_and_tokens_of_others_are_refused()
    {
        var token = await shop.Token();
        Assert.Equal(400, await Status($$"""{"id":"question-9","text":"{{new string('x', 1001)}}"}""", token));
        Assert.Equal(413, await Status($$"""{"id":"question-9","text":"{{new string('x', 20_000)}}"}""", token));
        Assert.Equal(401, await Status("""{"id":"question-9","text":"x"}""", new string('A', 43)));
        Assert.Equal(401, (await shop.Ask(Get, "/chat/messages")).Status);
        Assert.Equal(400, (await shop.Ask(Get, "/chat/messages?after=yesterday", token: token)).Status);
    }

    [Fact]
    public async Task An_order_is_proved_by_the_code_and_before_it_nothing_is_said()
    {
        var token = await shop.Token();
        var (_, before, _) = await shop.Ask(
            Post, "/chat/messages", new { id = "question-1", text = "#1001 はいつ届きますか" }, token);
        Assert.DoesNotContain("承って", $"{before!["text"]}", StringComparison.Ordinal);
        var known = await shop.Ask(Post, "/chat/proofs", new { order = "1001", email = "aoi@example.jp" }, token);
        var code = shop.Code("aoi@example.jp")!;
        var other = await shop.Token();
        var unknown = await shop.Ask(Post, "/chat/proofs", new { order = "1001", email = "eve@example.jp" }, other);
        Assert.Equal((202, 202), (known.Status, unknown.Status));
        Assert.Equal($"{known.Body}", $"{unknown.Body}");
        Assert.Null(shop.Code("eve@example.jp"));
        // Another's code is of no use to somebody else.
        Assert.Equal(422, (await Give(code, other, "proof-0001")).Status);
        Assert.Equal(422, (await Give("12345", token, "proof-0001")).Status);
        var (status, proved, _) = await Give(code, token, "proof-0002");
        Assert.Equal(200, status);
        Assert.Contains("#1001", $"{proved!["text"]}", StringComparison.Ordinal);
        Assert.Equal(proved.ToJsonString(), (await Give(code, token, "proof-0002")).Body!.ToJsonString());
        Assert.Equal(409, (await Give(code, token, "proof-0003")).Status);
        var (_, news, _) = await shop.Ask(Get, "/chat/messages", token: token);
        Assert.True(news!["proven"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Five_wrong_codes_are_the_end_of_the_right_one()
    {
        var token = await shop.Token();
        await shop.Ask(Post, "/chat/proofs", new { order = "#2002", email = "mika@example.jp" }, token);
        var code = shop.Code("mika@example.jp")!;
        var wrong = code == "000000" ? "000001" : "000000";
        for (var n = 0; n < OrderProofs.Tries; n++)
            Assert.Equal(n < OrderProofs.Tries - 1 ? 422 : 409, (await Give(wrong, token, $"proof-000{n}")).Status);
        Assert.Equal(409, (await Give(code, token, "proof-0009")).Status);
    }

    /// <summary>A page loads it before its own pictures.</summary>
    private const int LargestWidget = 30 * 1024;

    [Fact]
    public async Task The_script_is_small_knows_the_shop_and_is_asked_for_by_its_tag()
    {
        var (status, _, answer) = await shop.Ask(Get, "/chat/widget.js", origin: null);
        var script = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal((200, "text/javascript"), (status, answer.Content.Headers.ContentType!.MediaType));
        Assert.InRange(script.Length, 1000, LargestWidget - 1);
        Assert.Contains("#2f5d50", System.Text.Encoding.UTF8.GetString(script), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(Get, "/chat/widget.js");
        request.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await shop.Http.SendAsync(request);
        Assert.Equal(304, (int)again.StatusCode);
        var (_, _, frame) = await shop.Ask(Get, "/chat/frame", origin: null);
        Assert.Contains($"frame-ancestors {ChatShop.Origin}",
            frame.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_too_often_waits()
    {
        var token = await shop.Token();
        var statuses = new List<int>();
        for (var n = 0; n < 25; n++)
            statuses.Add((await shop.Ask(
                Post, "/chat/messages", new { id = $"question-{n}", text = "送料" }, token)).Status);
        Assert.Equal(200, statuses[0]);
        Assert.Equal(429, statuses[^1]);
    }

    private Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> Give(string code, string token, string id) =>
        shop.Ask(Post, "/chat/proofs/code", new { id, code }, token);

    private async Task<int> Status(string body, string token)
    {
        using var request = new HttpRequestMessage(Post, "/chat/messages")
        {
            Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            Headers = { Authorization = new("Bearer", token) },
        };
        using var answer = await shop.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
