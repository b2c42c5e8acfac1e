using Automation.DurableTask.Wire;
using Google.Protobuf.Collections;
using Kind = Automation.DurableTask.Wire.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace Automation.DurableTask.Replay;

/// <summary>
/// The numbered actions of one execution: which of them the history has not confirmed yet, and who still waits for an answer.
/// Numbers start at 0 and count every action in the order the orchestrator asked for it.
/// </summary>
internal sealed class ActionLog
{
    readonly List<Entry> entries = [];

    struct Entry
    {
        public Kind Kind;
        public OrchestratorAction? Pending;
        public OpenCall? Call;
    }

    public int NextId => entries.Count;

    /// <summary>Calls without an answer.</summary>
    public int Open { get; private set; }

    public int Add(OrchestratorAction action, OpenCall? call = null)
    {
        action.Id = entries.Count;
        entries.Add(new() { Kind = action.OrchestratorActionTypeCase, Pending = action, Call = call });
        if (call is not null)
        {
            call.Id = action.Id;
            Open++;
        }
        return action.Id;
    }

    /// <summary>The history says action <paramref name="id"/> was taken; what is wrong with that, or null.</summary>
    public string? Confirm(int id, Kind kind, string name)
    {
        if (id < 0 || id >= entries.Count || entries[id].Pending is not { } action)
            return $"the history has {kind} #{id} '{name}', but the orchestrator now asked for no action of that number";
        var now = NameOf(action);
        if (entries[id].Kind != kind || !string.Equals(now, name, StringComparison.OrdinalIgnoreCase))
            return $"the history has {kind} #{id} '{name}', but the orchestrator now asked for {entries[id].Kind} '{now}'";
        entries[id] = entries[id] with { Pending = null };
        return null;
    }

    /// <summary>Answers a call once; answers to unknown or answered calls are repeats and mean nothing.</summary>
    public void Settle(int id, Kind kind, TaskOutcome outcome)
    {
        if (id >= 0 && id < entries.Count && entries[id].Kind == kind && Close(id) is { } call) call.Settle(outcome);
    }

    /// <summary>Nobody waits for that answer any more.</summary>
    public OpenCall? Close(int id)
    {
        if (entries[id].Call is not { } call) return null;
        entries[id] = entries[id] with { Call = null };
        Open--;
        return call;
    }

    public void CopyPending(RepeatedField<OrchestratorAction> actions)
    {
        foreach (var entry in entries)
            if (entry.Pending is { } action) actions.Add(action);
    }

    static string NameOf(OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        Kind.ScheduleTask => action.ScheduleTask.Name,
        Kind.CreateSubOrchestration => action.CreateSubOrchestration.Name,
        Kind.SendEvent => action.SendEvent.Name,
        _ => "",
    };
}
