using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>A reply on its way to a person.</summary>
/// <param name="Conversation">Who it goes to.</param>
/// <param name="IsFirst">Nobody has tried to hand it over before.</param>
public sealed record OutgoingReply(Conversation Conversation, Exchange Exchange, bool IsFirst)
{
    /// <summary>Writes down that the reply token is not used any more, before the reply goes another way: whoever comes
    /// again must not take the first way for the one that was gone.</summary>
    public required Func<CancellationToken, Task> Turn { get; init; }
}

/// <summary>What became of a handover.</summary>
public abstract record ReplyOutcome
{
    /// <summary>The channel has it.</summary>
    public sealed record Delivered : ReplyOutcome;

    /// <summary>It did not go and will not.</summary>
    public sealed record Lost(string Reason) : ReplyOutcome;

    /// <summary>Nobody knows, and it cannot be found out.</summary>
    public sealed record Uncertain(string Reason) : ReplyOutcome;

    /// <summary>It may be tried again, and that is one reply.</summary>
    public sealed record Again(string Reason) : ReplyOutcome;

    private ReplyOutcome() { }
}

/// <summary>How replies reach a person on one channel. Handing over the same again is one reply.</summary>
public abstract class ReplySink
{
    /// <summary><c>line</c>, <c>web</c>.</summary>
    public abstract string Channel { get; }

    public abstract Task<ReplyOutcome> Deliver(OutgoingReply reply, CancellationToken cancellation);

    /// <summary>Does the same message come again until it was dealt with? Else what was decided about it is carried out
    /// by <see cref="ChatService.Resume"/>, should the process die on the way.</summary>
    public abstract bool ComesAgain { get; }

    /// <summary>The identity of a customer on this channel; null: nobody is known by it.</summary>
    public abstract Identity? Person(string address);
}
