using Automation.Functions.Hosting;
using Automation.Marketing.Chat;
using Automation.Marketing.Choices;
using Automation.Marketing.Sending;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Engagement;

/// <summary>Every minute: order mails whose outcome stayed unknown are tried again where that is due; marketing stays
/// uncertain. Where the chat is on the web, what it decided and a process that died did not carry out is carried
/// out; once an hour, what such a one did not tell a former address.</summary>
public sealed class SettleSends(
    DurableClients clients, Reconciliation settling, ChatService chat, AddressNotices notices)
{
    [Function(nameof(SettleSends))]
    public async Task Run(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        await settling.Run(cancellation);
        await chat.Resume(cancellation);
        await notices.Resume(cancellation);
    }
}
