using Automation.DurableTask.Wire;
using Google.Protobuf.WellKnownTypes;
using Kind = Automation.DurableTask.Wire.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace Automation.DurableTask.Tests;

/// <summary>A host in the small: keeps one instance's history, plays turns, writes down the actions as events.</summary>
sealed class History(DurableTaskRegistry registry, string name, string? input = null, string execution = "e1", DataConverter? converter = null)
{
    public static readonly DateTime Start = new(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc);

    readonly OrchestrationExecutor executor = new(registry, converter ?? DataConverter.Default);

    public List<HistoryEvent> Past { get; } = [];

    public DateTime Now { get; set; } = Start;

    /// <summary>The last turn's request, to be played again in another way.</summary>
    public OrchestratorRequest LastRequest { get; private set; } = new();

    public OrchestratorResponse LastResponse { get; private set; } = new();

    public static History Of<TInput, TOutput>(Func<TaskOrchestrationContext, TInput, Task<TOutput>> run, string? input = null) =>
        new(new DurableTaskRegistry().AddOrchestratorFunc("Tested", run), "Tested", input);

    public static History Of<TOutput>(Func<TaskOrchestrationContext, Task<TOutput>> run) => Of<object?, TOutput>((context, _) => run(context));

    /// <summary>Plays a turn at <see cref="Now"/> with what happened and answers it in words.</summary>
    public string Turn(params HistoryEvent[] happened)
    {
        var request = new OrchestratorRequest { InstanceId = "inst-1", PastEvents = { Past }, NewEvents = { At(new() { OrchestratorStarted = new() }) } };
        if (Past.Count == 0) request.NewEvents.Add(At(new() { ExecutionStarted = Started() }));
        request.NewEvents.AddRange(happened.Select(e => At(e)));
        LastRequest = request;
        LastResponse = executor.Execute(request);
        Past.AddRange(request.NewEvents);
        Past.AddRange(LastResponse.Actions.Select(Confirmed).OfType<HistoryEvent>().Select(e => At(e, e.EventId)));
        Past.Add(At(new() { OrchestratorCompleted = new() }));
        return Said.In(LastResponse);
    }

    public string TurnAfter(TimeSpan time, params HistoryEvent[] happened)
    {
        Now += time;
        return Turn(happened);
    }

    public static HistoryEvent Completed(int id, string? result = null) => new() { TaskCompleted = new() { TaskScheduledId = id, Result = result } };

    public static HistoryEvent Failed(int id, string type = "My.Error", bool hopeless = false) =>
        new() { TaskFailed = new() { TaskScheduledId = id, FailureDetails = new() { ErrorType = type, ErrorMessage = "broken", IsNonRetriable = hopeless } } };

    public static HistoryEvent Fired(int id) => new() { TimerFired = new() { TimerId = id } };

    public static HistoryEvent Raised(string name, string? input = null) => new() { EventRaised = new() { Name = name, Input = input } };

    public static HistoryEvent ChildCompleted(int id, string? result) => new() { SubOrchestrationInstanceCompleted = new() { TaskScheduledId = id, Result = result } };

    public static HistoryEvent ChildFailed(int id) =>
        new() { SubOrchestrationInstanceFailed = new() { TaskScheduledId = id, FailureDetails = new() { ErrorType = "My.Error", ErrorMessage = "broken" } } };

    public static HistoryEvent Suspended => new() { ExecutionSuspended = new() };

    public static HistoryEvent Resumed => new() { ExecutionResumed = new() };

    public static HistoryEvent Terminated => new() { ExecutionTerminated = new() { Input = "\"stop\"" } };

    ExecutionStartedEvent Started() =>
        new() { Name = name, Input = input, OrchestrationInstance = new() { InstanceId = "inst-1", ExecutionId = execution } };

    HistoryEvent At(HistoryEvent happened, int id = -1)
    {
        happened.EventId = id;
        happened.Timestamp = Timestamp.FromDateTime(Now);
        return happened;
    }

    static HistoryEvent? Confirmed(OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        Kind.ScheduleTask => new() { EventId = action.Id, TaskScheduled = new() { Name = action.ScheduleTask.Name } },
        Kind.CreateTimer => new() { EventId = action.Id, TimerCreated = new() { FireAt = action.CreateTimer.FireAt } },
        Kind.CreateSubOrchestration => new() { EventId = action.Id, SubOrchestrationInstanceCreated = new() { Name = action.CreateSubOrchestration.Name } },
        Kind.SendEvent => new() { EventId = action.Id, EventSent = new() { Name = action.SendEvent.Name } },
        _ => null,
    };
}
