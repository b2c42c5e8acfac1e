using System.Diagnostics;

namespace Automation.Marketing.Sending;

/// <summary>Delivering a message, as a span and a figure.</summary>
internal static class WatchedDelivery
{
    public static Task<DeliveryResult> Deliver(
        this IMailTransport transport, Message message, CancellationToken cancellation) =>
        Watch(transport.Name, message.Mail, () => transport.Send(message, cancellation));

    public static Task<DeliveryResult> Deliver(
        this ILineTransport transport, LineMessage message, CancellationToken cancellation) =>
        Watch(transport.Name, message.Name, () => transport.Push(message, cancellation));

    public static Task<DeliveryResult> Deliver(
        this ILineTransport transport, LineMulticast message, CancellationToken cancellation) =>
        Watch(transport.Name, message.Name, () => transport.Multicast(message, cancellation));

    private static async Task<DeliveryResult> Watch(string transport, string name, Func<Task<DeliveryResult>> deliver)
    {
        using var span = Tracing.Within("send", ActivityKind.Client);
        var handover = await deliver();
        if (handover is DeliveryResult.Busy { Stopped: true }) Meters.Stopped(transport);
        if (span is null) return handover;
        span.SetTag("automation.transport", transport).SetTag("automation.mail", name).SetTag(
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
