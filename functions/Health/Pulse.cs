using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Storage;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Health;

/// <summary>Whether anybody works off what the doors take. Under the Functions host a message goes the way of all work
/// every few minutes: from a timer by a queue to a function that asks Durable Functions, and notes that it got there.
/// An app whose timers, queues or orchestrations the host does not run takes webhooks all the same, and would look
/// well.</summary>
public sealed class Pulse(Tables tables, MarketingOptions options, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    /// <summary>So long ago the last must have arrived: two are missing.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(11);

    /// <summary>A process that was just started is not blamed for what came before it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(7);

    private const string Partition = "pulse";
    private readonly long began = wall.GetTimestamp();

    /// <summary>Lets a message go; on one machine, where doors and work are one process, none.</summary>
    public Task Send(CancellationToken cancellation) => options.IsSingleProcess
        ? Task.CompletedTask
        : tables.AlarmQueue.Send(new AlarmMessage.Pulse().Write(), cancellation: cancellation);

    /// <summary>A message got there; nothing is noted where Durable Functions do not answer.</summary>
    public async Task Arrive(DurableTaskClient durable, CancellationToken cancellation)
    {
        try
        {
            await durable.GetInstanceAsync(Partition, cancellation);
        }
        catch (RpcException)
        {
            return;
        }
        await tables.Published.Upsert(
            new Row(Partition, Partition) { { "At", wall.GetUtcNow() } }, UpdateMode.Replace, cancellation);
    }

    /// <summary>What is wrong, and what to look at; null: work is worked off, or it is too early to say.</summary>
    public async Task<string?> Missed(CancellationToken cancellation)
    {
        if (options.IsSingleProcess || wall.GetElapsedTime(began) < Grace) return null;
        var row = await tables.Published.Find(Partition, Partition, cancellation);
        var last = row?.GetDateTimeOffset("At");
        if (wall.GetUtcNow() - last < Late) return null;
        var since = last is { } at ? $"since {at.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "so far";
        return $"Webhooks are taken and kept, but nothing has worked them off {since}: the Functions host does not "
            + $"run timers, queues or "
            + "Durable Functions. Is FUNCTIONS_WORKER_RUNTIME dotnet-isolated, and does the host reach its storage "
            + "account?";
    }
}
