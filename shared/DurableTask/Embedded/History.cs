using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;
using Kind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Automation.DurableTask.Embedded;

/// <summary>What a history still waits for. Pure.</summary>
internal static class History
{
    /// <summary>Activities scheduled and not answered.</summary>
    public static List<HistoryEvent> OpenActivities(IReadOnlyList<HistoryEvent> past) =>
        Open(past, Kind.TaskScheduled, AnsweredActivity);

    /// <summary>Timers set and not fired, earliest first.</summary>
    public static List<HistoryEvent> OpenTimers(IReadOnlyList<HistoryEvent> past)
    {
        var open = Open(past, Kind.TimerCreated, FiredTimer);
        if (open.Count > 1) open.Sort((a, b) => Compare(a, b));
        return open;
    }

    /// <summary>Sub-orchestrations begun and not ended.</summary>
    public static List<HistoryEvent> OpenChildren(IReadOnlyList<HistoryEvent> past) =>
        Open(past, Kind.SubOrchestrationInstanceCreated, EndedChild);

    /// <summary>The activity this event answers, or null.</summary>
    public static int? AnsweredActivity(HistoryEvent e) => e.EventTypeCase switch
    {
        Kind.TaskCompleted => e.TaskCompleted.TaskScheduledId,
        Kind.TaskFailed => e.TaskFailed.TaskScheduledId,
        _ => null,
    };

    /// <summary>Milliseconds since 1970 at which the timer may fire: rounded up, never early.</summary>
    public static long DueAt(HistoryEvent timer)
    {
        var at = timer.TimerCreated.FireAt;
        return Math.Max(1, at.Seconds * 1000 + (at.Nanos + 999_999) / 1_000_000);
    }

    /// <summary>Whether there is work for a turn: events, a start, or a timer that is due by
    /// <paramref name="now"/>.</summary>
    public static bool HasNews(InstanceState state, List<HistoryEvent> arrived, long now)
    {
        if (ScheduledFor(state) > now) return arrived.Exists(e => e.ExecutionTerminated is not null);
        if (arrived.Count > 0 || state.History.NewEvents.Count > 0) return true;
        return OpenTimers(state.History.PastEvents) is [var first, ..] && DueAt(first) <= now;
    }

    /// <summary>When a pending instance is to start, where that was asked for.</summary>
    public static long? ScheduledFor(InstanceState state)
    {
        foreach (var e in state.History.NewEvents)
            if (e.ExecutionStarted?.ScheduledStartTimestamp is { } at)
                return at.ToDateTimeOffset().ToUnixTimeMilliseconds() + 1;
        return null;
    }

    public static HistoryEvent Fired(HistoryEvent timer) =>
        new()
        {
            EventId = -1,
            TimerFired = new TimerFiredEvent { TimerId = timer.EventId, FireAt = timer.TimerCreated.FireAt }
        };

    public static HistoryEvent TurnStarted(DateTimeOffset now) =>
        new() { Timestamp = Timestamp.FromDateTimeOffset(now), OrchestratorStarted = new OrchestratorStartedEvent() };

    private static int? FiredTimer(HistoryEvent e) => e.TimerFired?.TimerId;

    private static int? EndedChild(HistoryEvent e) =>
        e.SubOrchestrationInstanceCompleted?.TaskScheduledId ?? e.SubOrchestrationInstanceFailed?.TaskScheduledId;

    private static int Compare(HistoryEvent a, HistoryEvent b) =>
        a.TimerCreated.FireAt.CompareTo(b.TimerCreated.FireAt) is var order and not 0 ? order : a.EventId - b.EventId;

    private static List<HistoryEvent> Open(
        IReadOnlyList<HistoryEvent> past, Kind opens, Func<HistoryEvent, int?> closes)
    {
        List<HistoryEvent> open = [];
        HashSet<int>? closed = null;
        for (var i = 0; i < past.Count; i++)
        {
            if (past[i].EventTypeCase == opens) open.Add(past[i]);
            else if (closes(past[i]) is { } id) (closed ??= []).Add(id);
        }
        if (closed is not null) open.RemoveAll(e => closed.Contains(e.EventId));
        return open;
    }
}
