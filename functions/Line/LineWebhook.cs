using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Orders;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Line;

/// <summary>The doorman of LINE's webhook: size, signature, durable, answered with 200. Nothing is understood
/// here.</summary>
public sealed class LineWebhook(
    [FromKeyedServices(Queues.Orders)] Envelopes envelopes, Refusals refusals, IntakePriority rush, Arrivals arrivals,
    TimeProvider time, LineDoor? door = null)
{
    [Function(nameof(LineWebhook)), Asks(Body = "application/json")]
    public async Task<Results<Ok, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/line/{channel}")] HttpRequest request,
        string channel)
    {
        if (door is null || door.Channel != channel)
        {
            Meters.Webhook("unknown", "unknown source");
            return Refusal.NotFound();
        }
        if (RequestBody.IsTooLarge(request))
        {
            Meters.Webhook(door.Source, "too large");
            return Refusal.TooLarge();
        }
        using var inside = rush.Enter();
        using var body = await RequestBody.Read(request);
        switch (door.Check(request.Headers[LineDoor.SignatureHeader], body.Bytes, time.GetUtcNow()))
        {
            case Verification.BadSignature(var why):
                Meters.Webhook(door.Source, "signature");
                await refusals.Note(door.Source, why);
                return new Refusal { Status = StatusCodes.Status401Unauthorized };
            case Verification.Accepted(var envelope):
                // Not cancelled with the request: what the caller no longer waits for may be half written.
                await envelopes.Put(envelope, CancellationToken.None);
                arrivals.Note(door.Source, envelope.ReceivedAt);
                Meters.Webhook(door.Source, "accepted");
                break;
            default:
                Meters.Webhook(door.Source, "ping");
                break;
        }
        return TypedResults.Ok();
    }
}
