using Automation.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>Orchestrations of one process, kept in a SQLite file it shares with whatever else is in there. Every turn
/// is one write; what waits is only a row; after a kill at any moment <see cref="Start"/> takes up where the file
/// stands, and activities may run a second time.</summary>
public sealed class EmbeddedTaskHub : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Tally running = new();
    private readonly HubStore store;
    private readonly Backoff backoff;
    private readonly Instances instances;
    private readonly Sweep sweep;

    /// <param name="database">The file; stays the caller's, who disposes it after the hub has stopped.</param>
    /// <param name="registry">
    /// The orchestrators and activities; may still be filled until the first of them is started.
    /// </param>
    /// <param name="options">Limits and retention.</param>
    /// <param name="clock">The time orchestrations see, and their timers.</param>
    /// <param name="log">Failed deliveries and turns.</param>
    /// <param name="converter">How payloads are read and written.</param>
    /// <param name="play">Who plays turns; default: a <see cref="TurnPlayer"/> with the registry's
    /// orchestrators.</param>
    /// <param name="services">What orchestrators and activities are made of; default: nothing.</param>
    /// <exception cref="InvalidOperationException">The converter cannot write what activities are called
    /// with.</exception>
    public EmbeddedTaskHub(
        SqliteDatabase database,
        DurableTaskRegistry registry,
        EmbeddedTaskHubOptions? options = null,
        TimeProvider? clock = null,
        ILogger? log = null,
        DataConverter? converter = null,
        Func<P.OrchestratorRequest, P.OrchestratorResponse>? play = null,
        IServiceProvider? services = null)
    {
        options ??= new();
        clock ??= TimeProvider.System;
        log ??= NullLogger.Instance;
        converter ??= JsonDataConverter.Default;
        var (tasks, shims) = (new Tasks(registry, services ?? TurnPlayer.NoServices), TurnPlayer.Shims(converter));
        store = new(database);
        store.CreateTables();
        backoff = new(options.FirstRetryAfter);
        Activities? activities = null;
        Instances? live = null;
        Sweep? look = null;
        var turns = new TurnRunner(
            store, play ?? new TurnPlayer(tasks, shims).Play, options, clock, backoff, running, log)
        {
            Instances = () => live!,
            Activities = () => activities!,
            Arm = at => look!.Arm(at),
        };
        instances = live = new(options, instance => _ = turns.Run(instance)) { Refill = () => look!.Request() };
        activities = new(tasks, shims, options, backoff, live.Hand, running, log, stopping.Token);
        sweep = look = new(store, live, clock, options.LongestSleep, backoff, running, log);
        Client = new EmbeddedTaskHubClient(store, new(database, converter), turns, live, converter);
    }

    /// <summary>Starts, watches and steers orchestrations of this hub; usable at once, also before
    /// <see cref="Start"/>.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Cancelled once the hub stops: for activities that take long.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>The earliest timer any instance waits for (UTC), or null.</summary>
    public DateTimeOffset? NextTimerDue =>
        store.NextDue(0) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

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
        await stopping.CancelAsync();
        backoff.Dispose();
        sweep.Dispose();
        await running.WhenZero().WaitAsync(cancellation);
    }

    /// <summary>Stops without waiting.</summary>
    public void Dispose()
    {
        instances.Open = false;
        stopping.Cancel();
        backoff.Dispose();
        sweep.Dispose();
        stopping.Dispose();
    }
}
