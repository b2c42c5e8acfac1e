using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Orders;

/// <summary>The doorman of shop platforms' webhooks: size, signature, durable, answered. Nothing is understood here.</summary>
public sealed class OrderWebhook(
    IReadOnlyDictionary<string, SourceSettings> sources,
    [FromKeyedServices(Queues.Orders)] Envelopes envelopes,
    Refusals refusals,
    Rush rush,
    TimeProvider time)
{
    private readonly SeenBodies seen = new();

    [Function(nameof(OrderWebhook))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/orders/{source}")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (!sources.TryGetValue(http.Route("source"), out var source)) { Meters.Webhook("unknown", "unknown source"); await http.Refuse(StatusCodes.Status404NotFound); return; }
        if (RequestBody.IsTooLarge(http.Request)) { Meters.Webhook(source.Name, "too large"); await http.Refuse(StatusCodes.Status413PayloadTooLarge); return; }
        rush.Enter();
        try
        {
            using var body = await RequestBody.Read(http.Request);
            var headers = http.Request.Headers;
            await Answer(http, source.Name, WebhookDoor.Check(source, name => headers.TryGetValue(name, out var value) ? value.ToString() : null, body.Bytes, time.GetUtcNow()));
        }
        finally
        {
            rush.Leave();
        }
    }

    private async Task Answer(HttpContext http, string source, DoorAnswer answer)
    {
        switch (answer)
        {
            case DoorAnswer.Accepted(var envelope) when seen.IsForeign(envelope):
                Meters.Webhook(source, "replayed");
                await refusals.Note(source, "a body came again under another topic: it was captured and replayed");
                await http.Refuse(StatusCodes.Status400BadRequest);
                break;
            case DoorAnswer.Accepted(var envelope):
                // Not cancelled with the request: what the caller no longer waits for may be half written.
                await envelopes.Put(envelope, CancellationToken.None);
                http.Empty(StatusCodes.Status202Accepted);
                Meters.Webhook(source, "accepted");
                break;
            case DoorAnswer.Ignored:
                Meters.Webhook(source, "ignored");
                http.Empty(StatusCodes.Status202Accepted);
                break;
            case DoorAnswer.Ping:
                Meters.Webhook(source, "ping");
                http.Empty(StatusCodes.Status200OK);
                break;
            case DoorAnswer.BadSignature(var why):
                Meters.Webhook(source, "signature");
                await refusals.Note(source, why);
                await http.Refuse(StatusCodes.Status401Unauthorized);
                break;
            default:
                Meters.Webhook(source, "malformed");
                await http.Refuse(StatusCodes.Status400BadRequest);
                break;
        }
    }
}
