namespace Automation.DurableTask;

/// <summary>The orchestrators and activities a process knows, by name (case does not matter). Filled at start, read afterwards.</summary>
public sealed class DurableTaskRegistry
{
    readonly Dictionary<string, Func<ITaskOrchestrator>> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Func<ITaskActivity>> activities = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Orchestrators => orchestrators.Keys;

    public IReadOnlyCollection<string> Activities => activities.Keys;

    /// <param name="name">A name not yet taken (ArgumentException).</param>
    /// <param name="factory">Called for every turn; what it throws means "try again later", not "failed".</param>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Func<ITaskOrchestrator> factory)
    {
        orchestrators.Add(name, factory);
        return this;
    }

    public DurableTaskRegistry AddOrchestrator<TOrchestrator>(TaskName name) where TOrchestrator : class, ITaskOrchestrator, new() =>
        AddOrchestrator(name, () => new TOrchestrator());

    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(TaskName name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> run)
    {
        var orchestrator = new OrchestratorFunc<TInput, TOutput>(run);
        return AddOrchestrator(name, () => orchestrator);
    }

    /// <param name="name">A name not yet taken (ArgumentException).</param>
    /// <param name="factory">Called for every delivery; what it throws means the delivery did not happen.</param>
    public DurableTaskRegistry AddActivity(TaskName name, Func<ITaskActivity> factory)
    {
        activities.Add(name, factory);
        return this;
    }

    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, Func<TaskActivityContext, TInput, Task<TOutput>> run)
    {
        var activity = new ActivityFunc<TInput, TOutput>(run);
        return AddActivity(name, () => activity);
    }

    internal ITaskOrchestrator? CreateOrchestrator(string name) => orchestrators.GetValueOrDefault(name)?.Invoke();

    internal ITaskActivity? CreateActivity(string name) => activities.GetValueOrDefault(name)?.Invoke();

    sealed class OrchestratorFunc<TInput, TOutput>(Func<TaskOrchestrationContext, TInput, Task<TOutput>> run) : TaskOrchestrator<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input) => run(context, input);
    }

    sealed class ActivityFunc<TInput, TOutput>(Func<TaskActivityContext, TInput, Task<TOutput>> run) : TaskActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskActivityContext context, TInput input) => run(context, input);
    }
}
