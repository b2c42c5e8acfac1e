using System.Text;
using Automation.Storage;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>A queue trigger: messages become invocations; success deletes, failure shows the message again, the fifth puts it into the poison queue.</summary>
internal sealed class QueueListener(FunctionsHost host, FunctionJson function)
{
    private readonly Queue queue = host.Queues.GetQueue(function.Queue);

    public async Task Run(CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (true)
            {
                var messages = await queue.Receive(16, TimeSpan.FromMinutes(10), stopping);
                await Task.WhenAll(messages.Select(Deliver));
                if (messages.Count == 0) await tick.WaitForNextTickAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    private async Task Deliver(QueuedMessage message)
    {
        // The host takes the message's bytes for text; what is none is lost here.
        var text = Encoding.UTF8.GetString(message.Body.Span);
        var invocation = Invocation.Of(function, text, isObject: false, host.ClientBinding, new()
        {
            ["DequeueCount"] = message.DequeueCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Id"] = Invocation.Quoted(message.Id),
            ["PopReceipt"] = Invocation.Quoted(message.Receipt),
            ["InsertionTime"] = message.InsertedOn.ToString("O"),
            ["QueueTrigger"] = Invocation.Quoted(text),
        });
        if (await host.Handler.Invoke(function.Name, invocation) is not null) await queue.Delete(message.Id, message.Receipt);
        else if (message.DequeueCount < host.MaxDequeueCount) await queue.ChangeVisibility(message.Id, message.Receipt, host.VisibilityTimeout);
        else
        {
            var poison = host.Queues.GetQueue($"{function.Queue}-poison");
            await poison.CreateIfMissing();
            await poison.Send(message.Body);
            await queue.Delete(message.Id, message.Receipt);
        }
    }
}
