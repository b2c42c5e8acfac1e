using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Files;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Events;

/// <summary>Takes what other systems tell, one CloudEvent or a batch: all of it on disk, or refused with what is
/// wrong.</summary>
public sealed class PostEvents(Tables tables, CurrentShop shop, TimeProvider time)
{
    [Function(nameof(PostEvents)), Asks(Body = "application/cloudevents+json"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<Results<Accepted, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/events")] HttpRequest request)
    {
        if (RequestBody.IsTooLarge(request)) return Refusal.TooLarge();
        if (!request.HasJson()) return Refusal.NotUnderstood("Send application/json or application/cloudevents+json.");
        using var body = await RequestBody.Read(request);
        List<byte[]> messages;
        try
        {
            var headers = request.Headers;
            var binary = BinaryEvent.Of(name => headers.TryGetValue(name, out var value) ? value.ToString() : null);
            messages =
            [
                .. CloudEvent.Parse(binary is null ? body.Bytes : binary.Structured(body.Bytes.Span)).Select(Message),
            ];
        }
        catch (UnreadableException wrong)
        {
            return Refusal.Unreadable(wrong.Message);
        }
        catch (InvalidOperationException wrong) when (wrong.Source?.StartsWith(
            "System.Text.Json", StringComparison.Ordinal) == true)
        {
            return Refusal.Unreadable("A text in it holds half a character (an unpaired \\u surrogate).");
        }
        if (messages.Exists(message => message.Length > QueuedMessage.LargestBody))
            return Refusal.TooLarge($"One event may have up to {QueuedMessage.LargestBody} bytes.");
        await Task.WhenAll(
            messages.Select(message => tables.EventQueue.Send(message, cancellation: CancellationToken.None)));
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>Reads it as intake will, so that what cannot be understood is refused while somebody is there to hear
    /// it.</summary>
    private byte[] Message(CloudEvent happened)
    {
        switch (GenericDialect.Read(happened.Source, happened, time.GetUtcNow(), shop.Settings))
        {
            case SourceEvent.Nothing(var reason): throw new UnreadableException($"Event {happened.Id}: {reason}.");
            case SourceEvent.Happened { Buyer.Identities: [] }:
                throw new UnreadableException(
                $"Event {happened.Id} names nobody: 'subject' is a customer's identity, e.g. "
                + $"\"email:taro@example.jp\".");
            // A system may tell more than the shop listens to; what is nearly one of the shop's own events was meant to
            // be heard.
            case SourceEvent.Happened when !shop.Settings.Events.Contains(happened.Type)
                && Nearest.To(happened.Type, [.. EventTypes.All, .. shop.Settings.Events]) is { } near:
                throw new UnreadableException(
                    $"Event {happened.Id}: shop.json declares no {happened.Type} under events; did you mean {near}?");
            // a batch of one: the properties of an object the Functions host lays over its own
            default: return [(byte)'[', .. (happened with { Trace = Tracing.Here }).Write(), (byte)']'];
        }
    }
}
