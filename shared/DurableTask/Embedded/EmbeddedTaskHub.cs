using Automation.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.DurableTask.Embedded;

/// <summary>Orchestrations of one process, kept in a SQLite file it shares with whatever else is in there. Every turn
/// is one write; what waits is only a row; after a kill at any moment <see cref="Start"/> takes up where the file
/// stands, and activities may run a second time.</summary>
public sealed class EmbeddedTaskHub : IDisposable
{
    private readonly EmbeddedTaskHubClient client;
    private readonly HubTools tools;
    private readonly HubStore store;
    private readonly Instances instances;
    private readonly Sweep sweep;

    /// <param name="database">The file; stays the caller's, who disposes it after the hub has stopped.</param>
    /// <param name="registry">
    /// The orchestrators and activities; may still be filled until the first of them is started.
    /// </param>
    /// <param name="options">Limits and retention.</param>
    /// <param name="environment">Time, log, payloads, services; default: the system's, none, and JSON.</param>
    /// <exception cref="InvalidOperationException">The converter cannot write what activities are called
    /// with.</exception>
    public EmbeddedTaskHub(
        SqliteDatabase database, DurableTaskRegistry registry, EmbeddedTaskHubOptions? options = null,
        HubEnvironment? environment = null)
    {
        environment ??= new();
        tools = new(options ?? new(), environment);
        var tasks = new Tasks(registry, environment.Services ?? TurnPlayer.NoServices);
        var shims = TurnPlayer.Shims(environment.Converter);
        store = new(database);
        store.CreateTables();
        Activities? activities = null;
        Instances? live = null;
        Sweep? look = null;
        var turns = new TurnRunner(store, environment.Play ?? new TurnPlayer(tasks, shims).Play, tools)
        {
            Instances = () => live!,
            Activities = () => activities!,
            Arm = at => look!.Arm(at),
        };
        instances = live = new(tools.Options, instance => _ = turns.Run(instance)) { Refill = () => look!.Request() };
        activities = new(tasks, shims, live.Hand, tools);
        sweep = look = new(store, live, tools);
        Client = client = new EmbeddedTaskHubClient(
            store, new(database, environment.Converter), turns, live, environment.Converter);
    }

    /// <summary>Starts, watches and steers orchestrations of this hub; usable at once, also before
    /// <see cref="Start"/>.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Cancelled once the hub stops: for activities that take long.</summary>
    public CancellationToken Stopping => tools.Stopping;

    /// <summary>The earliest timer any instance waits for (UTC), or null.</summary>
    public DateTimeOffset? NextTimerDue =>
        store.NextDue(0) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Starts an instance in one commit with a write of the caller's to the same file: both are on disk, or
    /// neither. Where a live instance has the id the write is done alone.</summary>
    /// <param name="orchestrator">The orchestrator's name.</param>
    /// <param name="input">What it is started with; the converter writes it.</param>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="write">Inside the transaction, perhaps again before its commit; false: it is refused, has written
    /// nothing, and nothing is started.</param>
    /// <param name="written">After the commit, where it was done; before anything of the instance runs.</param>
    /// <returns>Whether the write was done.</returns>
    public Task<bool> StartTogether(
        TaskName orchestrator, object? input, string instanceId, Func<SqliteConnection, bool> write, Action written) =>
        client.StartTogether(orchestrator, input, instanceId, write, written);

    /// <summary>Takes up what the file holds, and everything that comes from now on.</summary>
    public void Start()
    {
        instances.Open = true;
        instances.LeftOnDisk();
        sweep.Request();
    }

    /// <summary>Completes when nothing runs and nothing is ready: all instances wait for time, events or
    /// nothing.</summary>
    public Task WaitForIdleAsync() => instances.InHand.WhenZero();

    /// <summary>Begins nothing new and waits until turns and activities in hand are on disk; activities see
    /// <see cref="Stopping"/>.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        instances.Open = false;
        await tools.Stop();
        sweep.Dispose();
        await tools.Running.WhenZero().WaitAsync(cancellation);
    }

    /// <summary>Stops without waiting.</summary>
    public void Dispose()
    {
        instances.Open = false;
        tools.Dispose();
        sweep.Dispose();
    }
}
