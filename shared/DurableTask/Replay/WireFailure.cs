namespace Automation.DurableTask.Replay;

/// <summary>Failures to the protocol's shape and back.</summary>
public static class WireFailure
{
    public static Wire.TaskFailureDetails ToWire(this TaskFailureDetails failure) => new()
    {
        ErrorType = failure.ErrorType,
        ErrorMessage = failure.ErrorMessage,
        StackTrace = failure.StackTrace,
        InnerFailure = failure.InnerFailure?.ToWire(),
        IsNonRetriable = failure.IsNonRetriable,
    };

    /// <summary>A missing failure (an activity unknown to the host) becomes an empty one.</summary>
    public static TaskFailureDetails FromWire(this Wire.TaskFailureDetails? failure) => failure is null
        ? new("", "The task failed without details.")
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure is { } inner ? inner.FromWire() : null)
        {
            IsNonRetriable = failure.IsNonRetriable,
        };
}
