using Automation.Functions.Journeys;
using Automation.Storage;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Hosting;

/// <summary>The durable client, for services that live as long as the process. Under the Functions host its address
/// comes with an invocation that has a <c>durableClient</c> binding, and may be another after the host was
/// restarted.</summary>
public sealed class DurableClients(DurableTaskClient? first = null)
{
    private static readonly TimeSpan Moved = TimeSpan.FromSeconds(5);

    private volatile DurableTaskClient? known = first;

    /// <summary>Null: no invocation has brought one yet.</summary>
    public DurableTaskClient? Known => known;

    public void Learn(DurableTaskClient client) => known = client;

    /// <summary>Acts through the client; as long as none is known, or where it cannot be reached, by a message in a
    /// queue.</summary>
    public async Task Reach(Func<DurableTaskClient, Task> act, Queue queue, AlarmMessage otherwise)
    {
        var pause = TimeSpan.Zero;
        if (known is { } client)
        {
            try
            {
                await act(client);
                return;
            }
            catch (RpcException)
            {
                // The host may have moved; the queue's function is told its address anew.
                pause = Moved;
            }
        }
        await queue.Send(otherwise.Write(), pause);
    }
}
