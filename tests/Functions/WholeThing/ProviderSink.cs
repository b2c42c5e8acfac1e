using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>What the sink does with a request.</summary>
internal enum Manner { Accept, TooMany, Broken, AcceptSlowly, AcceptAndCut, CutUnread }

/// <summary>A SendGrid-compatible provider on this machine: v3 mail/send, in whatever manner the test asks for;
/// remembers what it accepted.</summary>
internal sealed class ProviderSink : IAsyncDisposable
{
    private readonly WebApplication web;

    private ProviderSink(WebApplication web) => this.web = web;

    /// <summary>How the next request is treated.</summary>
    public Func<Manner> Next { get; set; } = () => Manner.Accept;

    /// <summary>Every mail that was accepted: its send id, recipient, subject.</summary>
    public ConcurrentQueue<(string SendId, string To, string Subject)> Accepted { get; } = new();

    /// <summary>What the key may do.</summary>
    public string[] Scopes { get; set; } = ["mail.send"];

    public string Url => web.Urls.First();

    public static async Task<ProviderSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var sink = new ProviderSink(web);
        web.MapPost("/v3/mail/send", sink.Take);
        web.MapGet("/v3/scopes", () => Results.Json(new { scopes = sink.Scopes }));
        await web.StartAsync();
        return sink;
    }

    private async Task Take(HttpContext context)
    {
        var manner = Next();
        if (manner is Manner.CutUnread) { context.Abort(); return; }
        using var mail = await JsonDocument.ParseAsync(context.Request.Body);
        switch (manner)
        {
            case Manner.TooMany:
                context.Response.Headers["X-RateLimit-Reset"] = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
                context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
                return;
            case Manner.Broken:
                context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                return;
        }
        foreach (var to in mail.RootElement.GetProperty("personalizations").EnumerateArray())
        {
            var subject = to.TryGetProperty("subject", out var own) ? own : mail.RootElement.GetProperty("subject");
            Accepted.Enqueue((SendId(to, mail.RootElement), to.GetProperty("to")[0].GetProperty("email").GetString()!,
                subject.GetString()!));
        }
        if (manner is Manner.AcceptAndCut) { context.Abort(); return; }
        if (manner is Manner.AcceptSlowly) await new TaskCompletionSource().Task.WaitAsync(
            TimeSpan.FromMilliseconds(300), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        context.Response.Headers["X-Message-Id"] = Guid.NewGuid().ToString("N");
        context.Response.StatusCode = (int)HttpStatusCode.Accepted;
    }

    private static string SendId(JsonElement personalization, JsonElement mail) =>
        (personalization.TryGetProperty("custom_args", out var own) && own.TryGetProperty("send_id", out var id) ? id
            : mail.GetProperty("custom_args").GetProperty("send_id")).GetString()!;

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
