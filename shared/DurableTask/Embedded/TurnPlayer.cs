using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>Plays one turn as the official workers do, with DurableTask.Core's executor and the SDK's shim: history in,
/// actions out, nothing else. It throws where an event's payload is not of the type that is waited for, and whatever
/// the orchestrator's factory throws.</summary>
public sealed class TurnPlayer
{
    internal static readonly IServiceProvider NoServices = new Nothing();

    private readonly Tasks tasks;
    private readonly DurableTaskShimFactory shims;

    /// <param name="registry">The orchestrators.</param>
    /// <param name="converter">How payloads are read and written.</param>
    /// <param name="services">What orchestrators are made of; default: nothing.</param>
    public TurnPlayer(DurableTaskRegistry registry, DataConverter converter, IServiceProvider? services = null)
        : this(new Tasks(registry, services ?? NoServices), Shims(converter)) { }

    internal TurnPlayer(Tasks tasks, DurableTaskShimFactory shims) => (this.tasks, this.shims) = (tasks, shims);

    /// <summary>The SDK's shims with that converter.</summary>
    /// <exception cref="InvalidOperationException">Activities could not be called with it.</exception>
    internal static DurableTaskShimFactory Shims(DataConverter converter)
    {
        try
        {
            // How an activity's input travels. The SDK takes a failure here for the activity's own: it would try again
            // for as long as the call's retry policy says, and nobody would hear of it.
            converter.Serialize(new object?[] { null });
        }
        catch (Exception missing)
        {
            throw new InvalidOperationException(
                "The data converter cannot write object[], and so no activity could be called: "
                + "its JSON context needs [JsonSerializable(typeof(object[]))].", missing);
        }
        return new(new DurableTaskWorkerOptions { DataConverter = converter });
    }

    public P.OrchestratorResponse Play(P.OrchestratorRequest request)
    {
        var state = new OrchestrationRuntimeState(CoreHistory.Of(request.PastEvents));
        foreach (var happened in request.NewEvents)
            if (CoreHistory.Of(happened) is { } e) state.AddEvent(e);
        var response = new P.OrchestratorResponse { InstanceId = request.InstanceId };
        if (tasks.Orchestrator(state.Name) is not { } orchestrator)
            return Fail(response, new()
            {
                ErrorType = "OrchestratorTaskNotFound",
                ErrorMessage = $"No orchestrator task named '{state.Name}' was found.",
                IsNonRetriable = true,
            });
        var listening = new Listening(orchestrator);
        var shim = shims.CreateOrchestration(state.Name, listening, Parent(state.ParentInstance));
        var executor = new TaskOrchestrationExecutor(
            state, shim, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
        var result = executor.Execute();
        response.CustomStatus = result.CustomStatus;
        foreach (var action in result.Actions) response.Actions.Add(CoreActions.Of(action));
        if (response.Actions.Count == 0 && !listening.Waits && !executor.IsCompleted && WaitsForNothing(request))
            Fail(response, Blocked(state.Name));
        return response;
    }

    private static ParentOrchestrationInstance? Parent(ParentInstance? parent) =>
        parent is null ? null : new(new TaskName(parent.Name), parent.OrchestrationInstance.InstanceId);

    /// <summary>No call, no timer, no child is open, and the instance is not suspended.</summary>
    private static bool WaitsForNothing(P.OrchestratorRequest request)
    {
        List<P.HistoryEvent> all = [.. request.PastEvents, .. request.NewEvents];
        var held = all.FindLast(e => e.ExecutionSuspended is not null || e.ExecutionResumed is not null);
        return held?.ExecutionSuspended is null
            && History.OpenActivities(all).Count == 0
            && History.OpenTimers(all).Count == 0
            && History.OpenChildren(all).Count == 0;
    }

    private static P.TaskFailureDetails Blocked(string orchestrator) => new()
    {
        ErrorType = typeof(InvalidOperationException).FullName,
        ErrorMessage = $"The orchestrator '{orchestrator}' waits for nothing that could ever come: no activity, timer, "
            + "event or sub-orchestration. It may await only tasks of its TaskOrchestrationContext, no Task.Delay, "
            + "Task.Run or I/O.",
    };

    /// <summary>Ends the instance as failed.</summary>
    internal static P.OrchestratorResponse Fail(P.OrchestratorResponse response, P.TaskFailureDetails why)
    {
        response.Actions.Add(new P.OrchestratorAction
        {
            CompleteOrchestration = new()
            {
                OrchestrationStatus = P.OrchestrationStatus.Failed,
                Result = why.ErrorMessage,
                FailureDetails = why,
            },
        });
        return response;
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
