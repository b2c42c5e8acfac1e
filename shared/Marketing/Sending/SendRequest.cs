using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>Please write this mail to this customer, once.</summary>
public sealed record SendRequest
{
    /// <summary>The mail's name, or the LINE text's.</summary>
    public required string Mail { get; init; }

    /// <summary>By which it goes: <c>email</c>, <c>line</c>.</summary>
    public string Channel { get; init; } = "email";

    /// <summary>What the plan counts it as, where several messages count as one; null: as itself.</summary>
    public string? CountedAs { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>The reason that makes it one send: <c>{enrollment id}@{cursor}</c>.</summary>
    public required string For { get; init; }
    public required Situation Situation { get; init; }

    /// <summary>The timeline that keeps the send, with the walk that asks for it.</summary>
    public required TimelineBatch Timeline { get; init; }

    /// <summary>Why it does not go, whatever the gate says; null: nothing speaks against it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Since when it is held back; null: not yet.</summary>
    public DateTimeOffset? HeldSince { get; init; }
}

/// <summary>What became of a request.</summary>
public abstract record SendOutcome
{
    /// <summary>The send has an end: accepted, refused or uncertain.</summary>
    /// <param name="IsNews">Just now; its mark waits in the timeline's batch. Otherwise the ledger says so
    /// already.</param>
    public sealed record Settled(Send Send, bool IsNews) : SendOutcome;

    /// <summary>Not now: the gate or a busy provider says when. Nothing was sent.</summary>
    /// <param name="IsBusy">The provider asked for it: a short wait, and then it is asked again.</param>
    public sealed record Later(DateTimeOffset Until, string Reason, bool IsBusy = false) : SendOutcome;

    /// <summary>The walk's row has changed since it was read: look again. Nothing was sent.</summary>
    public sealed record Disturbed : SendOutcome;

    private SendOutcome() { }
}
