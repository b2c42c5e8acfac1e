using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Orders;

/// <summary>The doorman of shop platforms' webhooks: size, signature, durable, answered. Nothing is understood
/// here.</summary>
public sealed class OrderWebhook(
    IReadOnlyDictionary<string, SourceSettings> sources,
    [FromKeyedServices(Queues.Orders)] Envelopes envelopes,
    Refusals refusals,
    IntakePriority rush,
    Arrivals arrivals,
    TimeProvider time)
{
    private static readonly Accepted Taken = TypedResults.Accepted((string?)null);

    [Function(nameof(OrderWebhook)), Asks(Body = "application/json")]
    public async Task<Results<Accepted, Ok, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/orders/{source}")] HttpRequest request,
        string source)
    {
        if (!sources.TryGetValue(source, out var known))
        {
            Meters.Webhook("unknown", "unknown source");
            return Refusal.NotFound();
        }
        if (RequestBody.IsTooLarge(request))
        {
            Meters.Webhook(known.Name, "too large");
            return Refusal.TooLarge();
        }
        using var inside = rush.Enter();
        using var body = await RequestBody.Read(request);
        var headers = request.Headers;
        return await Answer(known.Name, WebhookVerifier.Check(
            known,
            name => headers.TryGetValue(name, out var value) ? value.ToString() : null,
            body.Bytes,
            time.GetUtcNow()));
    }

    private async Task<Results<Accepted, Ok, Refusal>> Answer(string source, Verification answer)
    {
        switch (answer)
        {
            case Verification.Accepted accepted when arrivals.IsForeign(accepted):
                Meters.Webhook(source, "replayed");
                await refusals.Note(source, "a body came again under another topic: it was captured and replayed");
                return Refusal.Unreadable();
            case Verification.Accepted(var envelope):
                // Not cancelled with the request: what the caller no longer waits for may be half written.
                await envelopes.Put(envelope, CancellationToken.None);
                arrivals.Note(source, envelope.ReceivedAt);
                Meters.Webhook(source, "accepted");
                return Taken;
            case Verification.Ignored:
                Meters.Webhook(source, "ignored");
                return Taken;
            case Verification.Ping:
                Meters.Webhook(source, "ping");
                return TypedResults.Ok();
            case Verification.BadSignature(var why):
                Meters.Webhook(source, "signature");
                await refusals.Note(source, why);
                return new Refusal { Status = StatusCodes.Status401Unauthorized };
            default:
                Meters.Webhook(source, "malformed");
                return Refusal.Unreadable();
        }
    }
}
