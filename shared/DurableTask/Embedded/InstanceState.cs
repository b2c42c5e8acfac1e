using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>A live instance as its turn sees it: what is in its row, unpacked. Owned by one turn at a time.</summary>
internal sealed class InstanceState
{
    public required long Key { get; init; }
    public required string Id { get; init; }

    /// <summary>Changes with every continue-as-new and every reuse of the id; results of another execution are
    /// dropped.</summary>
    public required long Execution { get; set; }
    public required OrchestrationStatus Status { get; set; }
    public string? CustomStatus { get; set; }

    /// <summary>Past events, and the new ones that are accepted but not handled yet.</summary>
    public required OrchestratorRequest History { get; set; }

    public string ExecutionId => Execution.ToString("x16", null);

    /// <summary>A new instance (or execution) that waits for its first turn.</summary>
    public static InstanceState Start(
        long key, string id, ExecutionStartedEvent started, IEnumerable<HistoryEvent>? carried = null)
    {
        var history = new OrchestratorRequest { NewEvents = { new HistoryEvent { ExecutionStarted = started } } };
        if (carried is not null) history.NewEvents.AddRange(carried);
        return new()
        {
            Key = key,
            Id = id,
            Execution = NewExecution(),
            Status = OrchestrationStatus.Pending,
            History = history
        };
    }

    public static long NewExecution() => Random.Shared.NextInt64();

    public ExecutionStartedEvent Started => StartOf(History);

    /// <summary>How the execution was started; every history has that.</summary>
    public static ExecutionStartedEvent StartOf(OrchestratorRequest history) =>
        FirstStarted(history.PastEvents) ?? FirstStarted(history.NewEvents)!;

    /// <summary>The history as it is stored: without what the row's other columns say already.</summary>
    public byte[] Pack()
    {
        var started = Started;
        (History.InstanceId, History.ExecutionId, started.OrchestrationInstance) = ("", null, null);
        var packed = History.ToByteArray();
        Name(started);
        return packed;
    }

    /// <summary>Puts back into the history what <see cref="Pack"/> leaves out.</summary>
    public InstanceState Unpack()
    {
        Name(Started);
        return this;
    }

    private void Name(ExecutionStartedEvent started)
    {
        (History.InstanceId, History.ExecutionId) = (Id, ExecutionId);
        started.OrchestrationInstance = new OrchestrationInstance { InstanceId = Id, ExecutionId = ExecutionId };
    }

    private static ExecutionStartedEvent? FirstStarted(RepeatedField<HistoryEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
            if (events[i].ExecutionStarted is { } started) return started;
        return null;
    }
}
