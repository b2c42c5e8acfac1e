using System.Diagnostics;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>Handing a message over, as a span and a figure.</summary>
internal static class WatchedHandover
{
    public static async Task<DeliveryResult> Over(
        this IMailTransport transport, Message message, CancellationToken cancellation)
    {
        using var span = Tracing.Within("send", ActivityKind.Client);
        var handover = await transport.Send(message, cancellation);
        if (handover is DeliveryResult.Busy { Stopped: true }) Meters.Stopped(transport.Name);
        if (span is null) return handover;
        span.SetTag("automation.transport", transport.Name).SetTag("automation.mail", message.Mail).SetTag(
            "automation.handover", Word(handover));
        if (handover is not DeliveryResult.Accepted) span.SetStatus(ActivityStatusCode.Error);
        return handover;
    }

    private static string Word(DeliveryResult handover) => handover switch
    {
        DeliveryResult.Accepted => "accepted",
        DeliveryResult.Refused => "refused",
        DeliveryResult.Busy => "busy",
        _ => "unclear",
    };
}
