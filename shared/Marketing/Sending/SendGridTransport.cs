using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SendGrid;

namespace Automation.Marketing.Sending;

/// <summary>SendGrid's v3 API, by its own client. It has no idempotency key, so nothing is ever repeated that may have
/// been accepted: only 429, and what failed before the body began. <paramref name="time"/> is real time, also in
/// time-lapse: SendGrid's clock runs at rate 1.</summary>
public sealed partial class SendGridTransport(
    SendGridSettings settings, TimeProvider time, ILogger logger) : IMailTransport, IDisposable
{
    /// <summary>Waits for one message while SendGrid says 429, and the longest of them.</summary>
    private const int Waits = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = ProviderHttp.Client(settings.Connections);

    private readonly SendGridClientOptions account = new() { ApiKey = settings.ApiKey, Host = settings.BaseUrl };
    private readonly CircuitBreaker breaker = new(time);

    /// <summary>Large buffers, used again.</summary>
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> bodies = [];

    public string Name => "sendgrid";
    public bool Idempotent => false;
    public TimeSpan Longest => (settings.Timeout + LongestWait) * (Waits + 1);

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation) =>
        Post(body => SendGridJson.Write(body, message, settings.Sandbox), cancellation);

    /// <summary>All of a batch in one request: one answer for all.</summary>
    public async Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation)
    {
        if (batch.Recipients.Count is 0 or > MessageBatch.Most)
            throw new ArgumentException($"A batch is for 1 to {MessageBatch.Most} customers.", nameof(batch));
        return await Post(body => SendGridJson.Write(body, batch, settings.Sandbox), cancellation);
    }

    private async Task<DeliveryResult> Post(Action<IBufferWriter<byte>> write, CancellationToken cancellation)
    {
        var json = bodies.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(64 * 1024);
        json.ResetWrittenCount();
        write(json);
        var handover = await Post(json.WrittenMemory, cancellation);
        // Only an accepted body is certainly no longer on its way.
        if (handover is DeliveryResult.Accepted) bodies.Add(json);
        return handover;
    }

    private async Task<DeliveryResult> Post(ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        for (var n = 0; ; n++)
        {
            if (breaker.Open is { } pause) return new DeliveryResult.Busy(pause, "SendGrid did not answer lately");
            var (handover, reset) = await Once(json, cancellation);
            if (handover is DeliveryResult.Busy { Stopped: true } stopped) Stopped(logger, stopped.Reason);
            if (handover is not null) return breaker.Note(handover);
            if (n == Waits || reset > LongestWait || cancellation.IsCancellationRequested) return TooMany(reset);
            await Task.Delay(
                reset + TimeSpan.FromMilliseconds(Random.Shared.Next(50, 500)), time, CancellationToken.None);
        }
    }

    private static DeliveryResult.Busy TooMany(TimeSpan reset)
    {
        var wait = reset + TimeSpan.FromSeconds(1);
        return new(
            wait < SendGridAnswer.LongestWait ? wait : SendGridAnswer.LongestWait, "SendGrid 429: too many requests");
    }

    /// <summary>One request; no handover: 429, and how long until the limit is lifted.</summary>
    private async Task<(DeliveryResult? DeliveryResult, TimeSpan Reset)> Once(
        ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        using var body = new SendGridBody(json);
        try
        {
            var answer = await new SendGridCall(http, account, body).Post(limit.Token);
            using var explanation = answer.Body;
            var messageId =
                answer.Headers.TryGetValues("X-Message-Id", out var values) ? values.FirstOrDefault() : null;
            var text = answer.IsSuccessStatusCode ? "" : await ProviderHttp.Text(explanation, limit.Token);
            return (
                SendGridAnswer.Read(answer.StatusCode, messageId, text),
                SendGridAnswer.Wait(answer.Headers, time.GetUtcNow()));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var reason = e is OperationCanceledException
                ? cancellation.IsCancellationRequested ? "stopped" : "no answer in time" : e.Message;
            return (body.Began ? new DeliveryResult.Unclear($"SendGrid: {reason}")
                : new DeliveryResult.Busy(TimeSpan.FromSeconds(5), $"SendGrid is not reached: {reason}"), default);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing is sent until this is put right: {Reason}")]
    private static partial void Stopped(ILogger logger, string reason);

    public void Dispose() => http.Dispose();
}
