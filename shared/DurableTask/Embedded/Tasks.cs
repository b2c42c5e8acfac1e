using System.Collections.Frozen;
using Microsoft.DurableTask;

namespace Automation.DurableTask.Embedded;

/// <summary>The registered orchestrators and activities by name (case does not matter). What is registered is looked at
/// when the first of them is needed, and not again.</summary>
internal sealed class Tasks(DurableTaskRegistry registry, IServiceProvider services)
{
    private readonly Lazy<FrozenDictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> orchestrators =
        new(() => registry.GetOrchestrators().ToFrozenDictionary());

    private readonly Lazy<FrozenDictionary<TaskName, Func<IServiceProvider, ITaskActivity>>> activities =
        new(() => registry.GetActivities().ToFrozenDictionary());

    /// <summary>A new one; null where there is none of that name.</summary>
    public ITaskOrchestrator? Orchestrator(TaskName name) =>
        orchestrators.Value.GetValueOrDefault(name)?.Invoke(services);

    /// <inheritdoc cref="Orchestrator"/>
    public ITaskActivity? Activity(TaskName name) => activities.Value.GetValueOrDefault(name)?.Invoke(services);
}
