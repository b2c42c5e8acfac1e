using Automation.Marketing;
using Automation.Functions.Hosting;
using Automation.Marketing.Engagement;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Sending;

/// <summary>The doorman of SendGrid's event webhook: size, signature, durable, answered. Nothing is understood here.</summary>
public sealed class SendGridWebhook(
    [FromKeyedServices(Queues.Engagement)] Envelopes envelopes, Rush rush, TimeProvider time, SendGridDoor? door = null)
{
    /// <summary>What its envelopes say they are.</summary>
    public const string Source = "sendgrid";
    public const string Topic = "events";

    [Function(nameof(SendGridWebhook))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/sendgrid")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (door is null) { await http.Refuse(StatusCodes.Status404NotFound); return; }
        if (RequestBody.IsTooLarge(http.Request)) { await http.Refuse(StatusCodes.Status413PayloadTooLarge); return; }
        rush.Enter();
        try
        {
            using var body = await RequestBody.Read(http.Request);
            var headers = http.Request.Headers;
            if (!door.IsGenuine(headers[SendGridDoor.SignatureHeader], headers[SendGridDoor.TimestampHeader], body.Bytes.Span)) { await http.Refuse(StatusCodes.Status401Unauthorized); return; }
            // Not cancelled with the request: what the caller no longer waits for may be half written.
            await envelopes.Put(new Envelope { Source = Source, Topic = Topic, ReceivedAt = time.GetUtcNow(), Body = body.Bytes }, CancellationToken.None);
            http.Empty(StatusCodes.Status202Accepted);
        }
        finally
        {
            rush.Leave();
        }
    }
}
