using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.DurableTask.Embedded;

/// <summary>An orchestrator whose waits for events are known: nothing in a history says that somebody listens, and one
/// who waits for nothing at all would wait for ever.</summary>
internal sealed class Listening(ITaskOrchestrator orchestrator) : ITaskOrchestrator
{
    private readonly List<Task> waits = [];

    /// <summary>Somebody listens for an event.</summary>
    public bool Waits => waits.Exists(wait => !wait.IsCompleted);

    public Type InputType => orchestrator.InputType;
    public Type OutputType => orchestrator.OutputType;

    public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) =>
        orchestrator.RunAsync(new Context(context, waits), input);

    private sealed class Context(TaskOrchestrationContext inner, List<Task> waits) : TaskOrchestrationContext
    {
        public override TaskName Name => inner.Name;
        public override string InstanceId => inner.InstanceId;
        public override ParentOrchestrationInstance? Parent => inner.Parent;
        public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;
        public override bool IsReplaying => inner.IsReplaying;
        public override string Version => inner.Version;
        public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;
        public override ILoggerFactory ReplaySafeLoggerFactory => inner.ReplaySafeLoggerFactory;
        protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public override T GetInput<T>() => inner.GetInput<T>()!;

        public override Task<T> CallActivityAsync<T>(
            TaskName name, object? input = null, TaskOptions? options = null) =>
            inner.CallActivityAsync<T>(name, input, options);

        public override Task<T> CallSubOrchestratorAsync<T>(
            TaskName name, object? input = null, TaskOptions? options = null) =>
            inner.CallSubOrchestratorAsync<T>(name, input, options);

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
            inner.CreateTimer(fireAt, cancellationToken);

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            var wait = inner.WaitForExternalEvent<T>(eventName, cancellationToken);
            if (!wait.IsCompleted) waits.Add(wait);
            return wait;
        }

        public override void SendEvent(string instanceId, string eventName, object payload) =>
            inner.SendEvent(instanceId, eventName, payload);

        public override void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
            inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

        public override void ContinueAsNew(ContinueAsNewOptions options) => inner.ContinueAsNew(options);

        public override Guid NewGuid() => inner.NewGuid();
    }
}
