using Automation.Functions.Tests.AzureHost.Wire;
using Automation.Storage;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>A queue trigger: messages become invocations; success deletes, failure shows the message again, the last
/// puts it into the poison queue. While nothing comes it asks less and less often, as the host's own listener
/// does.</summary>
internal sealed class QueueListener(FunctionsHost host, HostedFunction function)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private readonly Queue queue = host.Queues.GetQueue(function.Queue);

    public async Task Run(CancellationToken stopping)
    {
        var pause = Least;
        try
        {
            await queue.CreateIfMissing(stopping);
            while (true)
            {
                var messages = await queue.Receive(host.Rules.BatchSize, host.Rules.Lease, stopping);
                await Task.WhenAll(messages.Select(Deliver));
                pause = messages.Count > 0 ? Least
                    : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, host.Rules.MaxPollingInterval.Ticks));
                if (messages.Count == 0) await Task.Delay(pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { /* the test is over */ }
    }

    private async Task Deliver(QueuedMessage message)
    {
        var isDone = await Answered(message);
        if (host.IsDead) return;
        if (isDone) await queue.Delete(message.Id, message.Receipt);
        else if (message.DequeueCount < host.Rules.MaxDequeueCount)
            await queue.ChangeVisibility(message.Id, message.Receipt, host.Rules.VisibilityTimeout);
        else
        {
            var poison = host.Queues.GetQueue($"{function.Queue}-poison");
            await poison.CreateIfMissing();
            await poison.Send(message.Body);
            await queue.Delete(message.Id, message.Receipt);
        }
    }

    private async Task<bool> Answered(QueuedMessage message)
    {
        try
        {
            return (await host.Invoke(function, message)).Result.Status == StatusResult.Types.Status.Success;
        }
        catch (WorkerGoneException)
        {
            return false;
        }
    }
}
