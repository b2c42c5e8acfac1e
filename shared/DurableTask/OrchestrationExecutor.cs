using Automation.DurableTask.Replay;
using Automation.DurableTask.Wire;

namespace Automation.DurableTask;

/// <summary>
/// Plays one turn of an orchestration: history in, actions out, nothing else. Never throws: failures of the orchestrator's code
/// and of its determinism complete the instance as failed; anything else answers <see cref="TryAgainLater"/>.
/// </summary>
/// <param name="registry">The orchestrators.</param>
/// <param name="converter">How payloads are read and written.</param>
/// <param name="readResult">What an activity's result text on this host means; default: the result itself.</param>
public sealed class OrchestrationExecutor(DurableTaskRegistry registry, DataConverter converter, Func<string?, TaskOutcome>? readResult = null)
{
    readonly Func<string?, TaskOutcome> readResult = readResult ?? TaskOutcome.Completed;

    public OrchestratorResponse Execute(OrchestratorRequest request)
    {
        // Awaits resume inside the delivering call only where neither a synchronization context nor a task scheduler is current.
        if (TaskScheduler.Current != TaskScheduler.Default) return Task.Run(() => Execute(request)).GetAwaiter().GetResult();
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new Turn(request, registry, converter, readResult).Play();
        }
        catch (Exception trouble)
        {
            return TryAgainLater.Because(request.InstanceId, $"{trouble.GetType().FullName}: {trouble.Message}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
