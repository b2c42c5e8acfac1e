using System.Net.Http.Headers;
using System.Text.Json;
using Automation.Marketing.Files;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Sending;

/// <summary>The channel (<c>Line:{channel}:…</c>).</summary>
public sealed record LineSettings(string AccessToken, string BaseUrl)
{
    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Without the token.</summary>
    public override string ToString() => BaseUrl;
}

/// <summary>LINE's Messaging API: <c>POST /v2/bot/message/push</c> with its retry key from the first try on, so that
/// what was not answered may be asked again. <paramref name="time"/> is real time, also in time-lapse.</summary>
public sealed partial class LineTransport(LineSettings settings, TimeProvider time, ILogger logger)
    : ILineTransport, IDisposable
{
    /// <summary>Pauses before the same is asked again within one handover.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];

    private readonly HttpClient http = ProviderHttp.Client();

    private readonly CircuitBreaker breaker = new(time);

    public string Name => "line";
    public TimeSpan Longest => (settings.Timeout + Pauses[^1]) * (Pauses.Length + 1);

    public Task<DeliveryResult> Push(LineMessage message, CancellationToken cancellation) =>
        WithKey("message/push", message.Key, Body("to", message.To, message.Json), cancellation);

    public async Task<DeliveryResult> Multicast(LineMulticast message, CancellationToken cancellation) =>
        await WithKey("message/multicast", message.Key, Body(message), cancellation);

    private async Task<DeliveryResult> WithKey(
        string path, Guid key, byte[] body, CancellationToken cancellation)
    {
        var before = (DeliveryResult.Unclear?)null;
        for (var n = 0; ; n++)
        {
            if (breaker.Open is { } pause)
                return before ?? (DeliveryResult)new DeliveryResult.Busy(pause, "LINE did not answer lately");
            var answer = await Once(path, key, body, cancellation);
            if (!LineAnswer.IsPassing(answer) || n == Pauses.Length || cancellation.IsCancellationRequested)
            {
                if (answer is DeliveryResult.Busy { Stopped: true } stopped) Stopped(logger, stopped.Reason);
                breaker.Note(answer);
                // What was not answered before may have been taken, however busy LINE is now.
                return answer is DeliveryResult.Busy && before is not null ? before : answer;
            }
            before = (DeliveryResult.Unclear)answer;
            await Task.Delay(Pauses[n], time, CancellationToken.None);
        }
    }

    /// <summary>Without a retry key: on this call LINE refuses it.</summary>
    public async Task<DeliveryResult> Reply(string token, string json, CancellationToken cancellation)
    {
        if (breaker.Open is { } pause) return new DeliveryResult.Busy(pause, "LINE did not answer lately");
        return breaker.Note(await Once(
            "message/reply", null, Body("replyToken", token, json), cancellation));
    }

    private async Task<DeliveryResult> Once(string path, Guid? key, byte[] body, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        using var request = Request(HttpMethod.Post, path);
        if (key is { } once) request.Headers.Add("X-Line-Retry-Key", once.ToString("D"));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var text = answer.IsSuccessStatusCode ? "" : await ProviderHttp.Text(answer.Content, limit.Token);
            return LineAnswer.Read(
                answer.StatusCode, Header(answer, "X-Line-Request-Id"), Header(answer, "X-Line-Accepted-Request-Id"),
                text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new DeliveryResult.Unclear($"LINE: {Reason(e, cancellation)}");
        }
    }

    public async Task<LineQuota?> Quota(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        try
        {
            using var most = await Get("message/quota", limit.Token);
            using var used = await Get("message/quota/consumption", limit.Token);
            if (most?.RootElement.At("type"u8).Text() is not { } type
                || Number(used?.RootElement.At("totalUsage"u8)) is not { } usage) return null;
            return new(type == "limited" ? Number(most.RootElement.At("value"u8)) : null, usage);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException
            or JsonException)
        {
            return null;
        }
    }

    public async Task<string?> LinkToken(string user, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        try
        {
            using var request = Request(HttpMethod.Post, $"user/{Uri.EscapeDataString(user)}/linkToken");
            using var answer = await http.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode) return null;
            using var told = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(limit.Token));
            return told.RootElement.At("linkToken"u8).Text();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException
            or JsonException)
        {
            return null;
        }
    }

    private static long? Number(JsonElement? told) =>
        told is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private async Task<JsonDocument?> Get(string path, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation)) : null;
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, $"{settings.BaseUrl}/v2/bot/{path}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken) },
        };

    /// <param name="name">What says to whom: <c>to</c>, <c>replyToken</c>.</param>
    private static byte[] Body(string name, string whom, string message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString(name, whom);
            json.WriteStartArray("messages"u8);
            json.WriteRawValue(message);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static byte[] Body(LineMulticast message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("to"u8);
            foreach (var user in message.To) json.WriteStringValue(user);
            json.WriteEndArray();
            json.WriteStartArray("messages"u8);
            json.WriteRawValue(message.Json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Reason(Exception e, CancellationToken cancellation) => e is not OperationCanceledException
        ? e.Message : cancellation.IsCancellationRequested ? "stopped" : "no answer in time";

    [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing is sent by LINE until this is put right: {Reason}")]
    private static partial void Stopped(ILogger logger, string reason);

    public void Dispose() => http.Dispose();
}
