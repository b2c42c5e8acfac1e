using Automation.Marketing.Sending;

namespace Automation.Functions.Sending;

/// <summary>Every quarter of an hour: order mails whose outcome stayed unknown are sent once more; marketing stays uncertain.</summary>
public sealed class SettleSends(Settling settling)
{
    public Task Run(CancellationToken cancellation) => settling.Run(cancellation);
}
