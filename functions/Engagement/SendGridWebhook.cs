using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Engagement;
using Automation.Marketing.Inbox;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Engagement;

/// <summary>The doorman of SendGrid's event webhook: size, signature, durable, answered. Nothing is understood
/// here.</summary>
public sealed class SendGridWebhook(
    [FromKeyedServices(Queues.Engagement)] Envelopes envelopes, IntakePriority rush, TimeProvider time,
    SendGridSignature? door = null)
{
    /// <summary>What its envelopes say they are.</summary>
    public const string Source = "sendgrid";
    public const string Topic = "events";

    [Function(nameof(SendGridWebhook)), Asks(Body = "application/json")]
    public async Task<Results<Accepted, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/sendgrid")] HttpRequest request)
    {
        if (door is null) return Refusal.NotFound();
        if (RequestBody.IsTooLarge(request)) return Refusal.TooLarge();
        using var inside = rush.Enter();
        using var body = await RequestBody.Read(request);
        var headers = request.Headers;
        if (!door.IsGenuine(headers[SendGridSignature.SignatureHeader], headers[SendGridSignature.TimestampHeader],
            body.Bytes.Span))
            return new Refusal { Status = StatusCodes.Status401Unauthorized };
        // Not cancelled with the request: what the caller no longer waits for may be half written.
        await envelopes.Put(
            new Envelope { Source = Source, Topic = Topic, ReceivedAt = time.GetUtcNow(), Body = body.Bytes },
            CancellationToken.None);
        return TypedResults.Accepted((string?)null);
    }
}
