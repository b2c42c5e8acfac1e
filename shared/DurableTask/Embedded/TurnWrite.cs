using DurableTask.Core.Exceptions;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>A turn as it goes to disk: everything computed and packed before, so that the writer thread only
/// writes.</summary>
internal sealed record TurnWrite
{
    public required InstanceState State { get; init; }
    public required bool IsNew { get; init; }
    public required bool Active { get; init; }
    public required long? Due { get; init; }
    public required byte[] History { get; init; }
    public required long Now { get; init; }

    /// <summary>Messages up to this one are in the history now; 0: none.</summary>
    public long ReadUpTo { get; init; }
    public bool Finished { get; init; }

    /// <summary>Goes before it, in the same commit; null: nothing.</summary>
    public StartWrite? First { get; init; }
    public (Outgoing To, byte[] Event)[] Outgoing { get; init; } = [];
    public (InstanceState Child, byte[] History, byte[] Refusal)[] Children { get; init; } = [];

    /// <summary>Nobody waits for it: the instance has nothing in hand and tells nobody anything. Killed before it is on
    /// disk, the turn is played again.</summary>
    public bool GoesToSleep => !IsNew && !Active && !Finished && Outgoing.Length == 0 && Children.Length == 0;

    /// <param name="turn">The turn.</param>
    /// <param name="isNew">There is no row yet.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="readUpTo">The last message the turn was given.</param>
    /// <param name="purgeAt">When a finished instance's row is to be deleted.</param>
    /// <param name="newKey">Keys for children.</param>
    public static TurnWrite Of(Turn turn, bool isNew, long now, long readUpTo, long? purgeAt, Func<long> newKey) =>
        new()
        {
            State = turn.State,
            IsNew = isNew,
            Active = turn.Active,
            Due = turn.Finished ? -purgeAt : turn.Due,
            History = turn.State.Pack(),
            Now = now,
            ReadUpTo = readUpTo,
            Finished = turn.Finished,
            Outgoing = turn.Outgoing.Count == 0 ? [] : [.. turn.Outgoing.Select(o => (o, o.Event.ToByteArray()))],
            Children = turn.Children.Count == 0 ? [] : [.. turn.Children.Select(child => Start(child, newKey()))],
        };

    private static (InstanceState, byte[], byte[]) Start(Child child, long key)
    {
        var state = InstanceState.Start(key, child.InstanceId, child.Started);
        var taken = new TaskFailureDetails
        {
            ErrorType = typeof(OrchestrationAlreadyExistsException).FullName!,
            ErrorMessage = EmbeddedTaskHubClient.IsRunning(child.InstanceId),
        };
        return (state, state.Pack(), Turn.Refusal(child.TaskId, taken).ToByteArray());
    }
}
