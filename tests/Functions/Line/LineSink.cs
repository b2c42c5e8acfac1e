using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Line;

/// <summary>What the double does with a push.</summary>
public enum LineManner { Accept, AcceptAndCut, AcceptAndFail, CutUnread, Fail, TooMany, Refuse }

/// <summary>A push that the double took: once per retry key.</summary>
public sealed record LinePush(Guid Key, string To, string Message, string RequestId);

/// <summary>LINE's Messaging API on this machine: push with retry keys (a key that was taken is answered 409 with the
/// first request's id), both kinds of 429, the quota, connections that are cut. What it is asked in another way than
/// LINE's reference says is in <see cref="Wrong"/>.</summary>
public sealed partial class LineSink : IAsyncDisposable
{
    public const string Token = "a-long-token";
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<Guid, LinePush> taken = new();
    private readonly Lock gate = new();

    private LineSink(WebApplication web) => this.web = web;

    public Func<LineManner> Next { get; set; } = () => LineManner.Accept;
    public string Url => web.Urls.First();

    /// <summary>The month's messages; null: no limit.</summary>
    public long? Limit { get; set; }

    /// <summary>Messages sent elsewhere this month.</summary>
    public long UsedBefore { get; set; }

    /// <summary>In the order in which they were taken.</summary>
    public ConcurrentQueue<LinePush> Delivered { get; } = new();

    /// <summary>Requests for pushes, whatever became of them.</summary>
    public int Asked { get; private set; }
    public int QuotaAsked { get; private set; }
    public ConcurrentQueue<string> Wrong { get; } = new();

    public static async Task<LineSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var sink = new LineSink(web);
        web.MapPost("/v2/bot/message/push", sink.Push);
        web.MapPost("/v2/bot/message/multicast", sink.Multicast);
        web.MapPost("/v2/bot/message/reply", sink.Reply);
        web.MapPost("/v2/bot/user/{user}/linkToken", sink.LinkToken);
        web.MapGet("/v2/bot/message/quota", sink.Quota);
        web.MapGet("/v2/bot/message/quota/consumption", sink.Consumption);
        await web.StartAsync();
        return sink;
    }

    private async Task Push(HttpContext context)
    {
        LineManner manner;
        lock (gate) (manner, Asked) = (Next(), Asked + 1);
        if (manner is LineManner.CutUnread) { context.Abort(); return; }
        var (request, answer) = (context.Request, context.Response);
        var id = Guid.NewGuid().ToString("N");
        answer.Headers["X-Line-Request-Id"] = id;
        if (!IsKnown(request)) { answer.StatusCode = 401; return; }
        using var body = await JsonDocument.ParseAsync(request.Body);
        if (!KeyText().IsMatch(request.Headers["X-Line-Retry-Key"].ToString()))
            Wrong.Enqueue($"retry key {request.Headers["X-Line-Retry-Key"]}");
        var key = Guid.Parse(request.Headers["X-Line-Retry-Key"].ToString());
        var to = body.RootElement.GetProperty("to").GetString()!;
        var messages = body.RootElement.GetProperty("messages");
        if (messages.GetArrayLength() is not (>= 1 and <= 5) || !UserId().IsMatch(to)) Wrong.Enqueue($"body for {to}");
        switch (manner)
        {
            case LineManner.TooMany:
                await Say(answer, 429, "The API rate limit has been exceeded. Try again later.");
                return;
            case LineManner.Fail: answer.StatusCode = 500; return;
            case LineManner.Refuse:
                await Say(answer, 400, "The property, 'to', in the request body is invalid (line: -, column: -)");
                return;
        }
        LinePush push;
        lock (gate)
        {
            if (taken.TryGetValue(key, out var first)) push = first;
            else if (Limit is { } limit && Used >= limit) push = new(key, to, "", "");
            else
            {
                taken[key] = push = new(key, to, messages[0].GetRawText(), id);
                Delivered.Enqueue(push);
            }
        }
        if (push.RequestId.Length == 0) await Say(answer, 429, "You have reached your monthly limit.");
        else if (manner is LineManner.AcceptAndCut) context.Abort();
        else if (manner is LineManner.AcceptAndFail) answer.StatusCode = 500;
        else if (push.RequestId != id)
        {
            answer.Headers["X-Line-Accepted-Request-Id"] = push.RequestId;
            await Say(answer, 409, "The retry key is already accepted");
        }
        else await answer.WriteAsJsonAsync(new { sentMessages = new[] { new { id = "1", quoteToken = "q" } } });
    }

    /// <summary>Multicasts that were taken, one for each user: once per retry key.</summary>
    public ConcurrentQueue<LinePush> Cast { get; } = new();

    /// <summary>Requests for multicasts, whatever became of them.</summary>
    public int CastAsked { get; private set; }

    private async Task Multicast(HttpContext context)
    {
        LineManner manner;
        lock (gate) (manner, CastAsked) = (Next(), CastAsked + 1);
        if (manner is LineManner.CutUnread) { context.Abort(); return; }
        var (request, answer) = (context.Request, context.Response);
        var id = Guid.NewGuid().ToString("N");
        answer.Headers["X-Line-Request-Id"] = id;
        if (!IsKnown(request)) { answer.StatusCode = 401; return; }
        using var body = await JsonDocument.ParseAsync(request.Body);
        if (!Guid.TryParse(request.Headers["X-Line-Retry-Key"].ToString(), out var key)) Wrong.Enqueue("no retry key");
        var users = body.RootElement.GetProperty("to").EnumerateArray().Select(to => to.GetString()!).ToList();
        var message = body.RootElement.GetProperty("messages")[0].GetRawText();
        if (users.Count is < 1 or > 500 || users.Distinct().Count() != users.Count
            || !users.TrueForAll(UserId().IsMatch))
            Wrong.Enqueue($"to {users.Count} users");
        if (manner is LineManner.TooMany)
        {
            await Say(answer, 429, "The API rate limit has been exceeded. Try again later.");
            return;
        }
        if (manner is LineManner.Fail) { answer.StatusCode = 500; return; }
        LinePush push;
        var isUsedUp = false;
        lock (gate)
        {
            if (taken.TryGetValue(key, out var first)) push = first;
            else
            {
                push = new(key, string.Join(' ', users), message, id);
                isUsedUp = Limit is { } limit && Used + users.Count > limit;
                if (!isUsedUp)
                {
                    taken[key] = push;
                    foreach (var user in users) Cast.Enqueue(push with { To = user });
                }
            }
        }
        // The same key with another body is a mistake of ours, whatever LINE makes of it.
        if (push.To != string.Join(' ', users) || push.Message != message)
            Wrong.Enqueue($"another body with key {key}");
        if (isUsedUp) await Say(answer, 429, "You have reached your monthly limit.");
        else if (manner is LineManner.AcceptAndCut) context.Abort();
        else if (manner is LineManner.AcceptAndFail) answer.StatusCode = 500;
        else if (push.RequestId != id)
        {
            answer.Headers["X-Line-Accepted-Request-Id"] = push.RequestId;
            await Say(answer, 409, "The retry key is already accepted");
        }
        else await answer.WriteAsJsonAsync(new { });
    }

    /// <summary>Answers that were taken: each token once.</summary>
    public ConcurrentQueue<(string Token, string Message)> Replies { get; } = new();

    private readonly ConcurrentDictionary<string, bool> used = new();

    /// <summary>Is a reply token's time not over?</summary>
    public Func<string, bool> Holds { get; set; } = _ => true;

    private async Task Reply(HttpContext context)
    {
        LineManner manner;
        lock (gate) (manner, Asked) = (Next(), Asked + 1);
        if (manner is LineManner.CutUnread) { context.Abort(); return; }
        var (request, answer) = (context.Request, context.Response);
        if (!IsKnown(request)) { answer.StatusCode = 401; return; }
        // Messaging API: a retry key on this call is a 400.
        if (request.Headers.ContainsKey("X-Line-Retry-Key")) Wrong.Enqueue("a retry key on a reply");
        using var body = await JsonDocument.ParseAsync(request.Body);
        var token = body.RootElement.GetProperty("replyToken").GetString()!;
        var messages = body.RootElement.GetProperty("messages");
        if (messages.GetArrayLength() is not (>= 1 and <= 5)) Wrong.Enqueue($"body for {token}");
        if (manner is LineManner.TooMany)
            await Say(answer, 429, "The API rate limit has been exceeded. Try again later.");
        else if (manner is LineManner.Fail) answer.StatusCode = 500;
        else if (!Holds(token) || !used.TryAdd(token, true)) await Say(answer, 400, "Invalid reply token");
        else
        {
            Replies.Enqueue((token, messages[0].GetRawText()));
            if (manner is LineManner.AcceptAndCut) context.Abort();
            else if (manner is LineManner.AcceptAndFail) answer.StatusCode = 500;
            else await answer.WriteAsJsonAsync(new { sentMessages = new[] { new { id = "1", quoteToken = "q" } } });
        }
    }

    private Task LinkToken(HttpContext context)
    {
        // Messaging API: a retry key on other calls than those that send is a 400.
        if (context.Request.Headers.ContainsKey("X-Line-Retry-Key")) context.Response.StatusCode = 400;
        if (!IsKnown(context.Request)) context.Response.StatusCode = 401;
        return context.Response.StatusCode != 200 ? Task.CompletedTask
            : context.Response.WriteAsJsonAsync(new { linkToken = $"token of {context.Request.RouteValues["user"]}" });
    }

    private long Used => UsedBefore + Delivered.Count + Cast.Count;

    private Task Quota(HttpContext context)
    {
        lock (gate) QuotaAsked++;
        if (!IsKnown(context.Request)) { context.Response.StatusCode = 401; return Task.CompletedTask; }
        return Limit is { } limit
            ? context.Response.WriteAsJsonAsync(new { type = "limited", value = limit })
            : context.Response.WriteAsJsonAsync(new { type = "none" });
    }

    private Task Consumption(HttpContext context) => context.Response.WriteAsJsonAsync(new { totalUsage = Used });

    private static bool IsKnown(HttpRequest request) => request.Headers.Authorization == $"Bearer {Token}";

    private static Task Say(HttpResponse answer, int status, string message)
    {
        answer.StatusCode = status;
        return answer.WriteAsJsonAsync(new { message });
    }

    /// <summary>Of version 5.</summary>
    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex KeyText();

    [GeneratedRegex("^[Uu][0-9a-f]{32}$")]
    private static partial Regex UserId();

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
