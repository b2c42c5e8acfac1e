using System.Collections.Concurrent;

namespace Automation.DurableTask;

/// <summary>Why a task failed, as it travels between processes: the exception's full type name, its message, and what caused it.</summary>
public sealed record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace = null, TaskFailureDetails? InnerFailure = null)
{
    /// <summary>What the protocol calls a <see cref="TaskFailedException"/>; hosts and tools look for this name.</summary>
    internal const string TaskFailed = "Microsoft.DurableTask.TaskFailedException";

    static readonly ConcurrentDictionary<string, Type> known = new() { [TaskFailed] = typeof(TaskFailedException) };

    /// <summary>Trying again cannot help; retry policies stop here.</summary>
    public bool IsNonRetriable { get; init; }

    /// <summary>Whether the failure was a <typeparamref name="T"/> or derived from it (types of loaded assemblies are found by name).</summary>
    public bool IsCausedBy<T>() where T : Exception => IsCausedBy(typeof(T));

    /// <inheritdoc cref="IsCausedBy{T}"/>
    public bool IsCausedBy(Type exception) => ErrorType == exception.FullName || Find(ErrorType)?.IsAssignableTo(exception) == true;

    public static TaskFailureDetails FromException(Exception exception) => exception is TaskFailedException failed
        ? new(TaskFailed, failed.Message, failed.StackTrace, failed.FailureDetails)
        : new(exception.GetType().FullName!, exception.Message, exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner) : null);

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    static Type? Find(string name)
    {
        if (known.TryGetValue(name, out var type)) return type;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            if (assembly.GetType(name, throwOnError: false) is { } found)
                return known[name] = found;
        return null;
    }
}

/// <summary>A called activity or sub-orchestration failed; thrown where its result was awaited.</summary>
public sealed class TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
    : Exception($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failureDetails.ErrorMessage}")
{
    public string TaskName { get; } = taskName;

    /// <summary>The call's number in the orchestration's history.</summary>
    public int TaskId { get; } = taskId;

    public TaskFailureDetails FailureDetails { get; } = failureDetails;
}
