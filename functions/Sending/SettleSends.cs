using Automation.Marketing.Sending;

namespace Automation.Functions.Sending;

/// <summary>
/// Every minute: order mails whose outcome stayed unknown are tried again where that is due; marketing stays uncertain.
/// </summary>
public sealed class SettleSends(Settling settling)
{
    public Task Run(CancellationToken cancellation) => settling.Run(cancellation);
}
