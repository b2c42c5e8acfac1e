using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Chat;

/// <summary>A language model's API on this machine (OpenAI's chat completions) that says what a test wants it to
/// say.</summary>
internal sealed class ModelDouble : IAsyncDisposable
{
    public const string Key = "sk-a-key-of-the-double";
    private readonly WebApplication web;

    private ModelDouble(WebApplication web) => this.web = web;

    public string Url => $"{web.Urls.First()}/v1";

    /// <summary>What it answers to what the chat put to it: status and words.</summary>
    public Func<JsonNode, (int Status, string Words)> Says { get; set; } = _ => (200, "");

    /// <summary>It takes so long.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>Bodies as they came, with all that left the house.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<ModelDouble> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var model = new ModelDouble(web);
        web.MapPost("/v1/chat/completions", model.Answer);
        await web.StartAsync();
        return model;
    }

    private async Task<IResult> Answer(HttpRequest request)
    {
        if (request.Headers.Authorization != $"Bearer {Key}") return Results.Unauthorized();
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        Asked.Enqueue(body);
        await Task.Delay(Takes, request.HttpContext.RequestAborted);
        var user = JsonNode.Parse(body)!["messages"]!.AsArray().Last()!["content"]!;
        var put = JsonNode.Parse(user is JsonArray parts ? $"{parts[0]!["text"]}" : $"{user}")!;
        var (status, words) = Says(put);
        return status == 200
            ? Results.Json(new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1_795_000_000,
                model = "double",
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        message = new { role = "assistant", content = words },
                        finish_reason = "stop",
                    },
                },
                usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
            })
            : Results.Text(words, statusCode: status);
    }

    /// <summary>As the chat asks for it.</summary>
    public static string Words(string ground, string text) => JsonSerializer.Serialize(new { ground, text });

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
