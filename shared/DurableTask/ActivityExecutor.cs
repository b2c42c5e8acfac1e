namespace Automation.DurableTask;

/// <summary>Runs one activity by name. What the activity throws is an outcome; what throws here did not happen and is delivered again.</summary>
public sealed class ActivityExecutor(DurableTaskRegistry registry, DataConverter converter)
{
    /// <param name="name">The activity.</param>
    /// <param name="instanceId">The calling orchestration.</param>
    /// <param name="input">JSON text, wrapped in an array of one element as <c>scheduleTask</c> carries it; unwrapped text is accepted.</param>
    /// <param name="stopping">Set when the process stops.</param>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public async Task<TaskOutcome> Execute(string name, string instanceId, string? input, CancellationToken stopping = default)
    {
        if (registry.CreateActivity(name) is not { } activity)
            return TaskOutcome.Failed(new("ActivityTaskNotFound", $"No activity task named '{name}' was found.") { IsNonRetriable = true });
        try
        {
            var result = await activity.RunAsync(new Call(name, instanceId, stopping), converter.Deserialize(Unwrap(input), activity.InputType));
            return TaskOutcome.Completed(converter.Serialize(result, activity.OutputType));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !(failure is OperationCanceledException && stopping.IsCancellationRequested))
        {
            return TaskOutcome.Failed(TaskFailureDetails.FromException(failure));
        }
    }

    static ReadOnlySpan<char> Unwrap(string? input)
    {
        var text = input.AsSpan().Trim();
        return text is ['[', .. var element, ']'] ? element.Trim() : text;
    }

    sealed class Call(string name, string instanceId, CancellationToken stopping) : TaskActivityContext
    {
        public override TaskName Name => name;

        public override string InstanceId => instanceId;

        public override CancellationToken CancellationToken => stopping;
    }
}
