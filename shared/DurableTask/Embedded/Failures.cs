using DurableTask.Core;
using Microsoft.DurableTask;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>Why something failed: as it is stored, as the executor, and as a client wants it.</summary>
internal static class Failures
{
    public static P.TaskFailureDetails Of(Exception failure) => new()
    {
        ErrorType = failure.GetType().FullName,
        ErrorMessage = failure.Message,
        StackTrace = failure.StackTrace,
        InnerFailure = failure.InnerException is { } inner ? Of(inner) : null,
    };

    public static FailureDetails ToCore(P.TaskFailureDetails? failure) => failure is null
        ? new("(unknown)", "The task failed without details.", null, null, false)
        : new(
            failure.ErrorType, failure.ErrorMessage, failure.StackTrace,
            failure.InnerFailure is { } inner ? ToCore(inner) : null, failure.IsNonRetriable);

    public static P.TaskFailureDetails? ToWire(FailureDetails? failure) => failure is null ? null : new()
    {
        ErrorType = failure.ErrorType,
        ErrorMessage = failure.ErrorMessage,
        StackTrace = failure.StackTrace,
        InnerFailure = ToWire(failure.InnerFailure),
        IsNonRetriable = failure.IsNonRetriable,
    };

    public static TaskFailureDetails? ToClient(P.TaskFailureDetails? failure) => failure is null
        ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, ToClient(failure.InnerFailure), null);
}
