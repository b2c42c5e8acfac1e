using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;

namespace Automation.Functions.Attention;

/// <summary>Puts what was set aside back on its queue. It goes there first and off the list after: killed in between it
/// is handled once and stays on the list, and a second time changes nothing.</summary>
public sealed class RetryParked(
    IReadOnlyDictionary<string, SourceSettings> sources,
    [FromKeyedServices(Queues.Orders)] Envelopes orders,
    [FromKeyedServices(Queues.Engagement)] Envelopes engagement,
    Parking parking)
{
    /// <summary>Was it a webhook of a source or of LINE, or the provider's events? A bare message cannot be tried
    /// again.</summary>
    public bool Can(ParkedWebhook parked) => QueueOf(parked) is not null;

    /// <summary>False: it is not set aside any more, or cannot be tried again.</summary>
    public async Task<bool> Run(string name)
    {
        if (await parking.Find(name) is not { } parked || QueueOf(parked) is not { } queue
            || await parking.Body(name) is not { } body)
            return false;
        await queue.Put(new Envelope
        {
            Source = parked.Source,
            Topic = parked.Topic,
            ReceivedAt = parked.ReceivedAt,
            Body = body,
        });
        await parking.Dismiss(name);
        return true;
    }

    private Envelopes? QueueOf(ParkedWebhook parked) =>
        sources.ContainsKey(parked.Source) || LineDoor.IsLine(parked.Source) ? orders
            : parked.Source == "sendgrid" ? engagement : null;
}
