using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Storage;

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

    /// <summary>Whose timeline keeps the send: that of the row alongside, also where that customer was merged into
    /// another since. Null: the customer's.</summary>
    public CustomerId? Timeline { get; init; }

    /// <summary>Why it does not go, whatever the gate says; null: nothing speaks against it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Since when it is held back; null: not yet.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Done in the same transaction as the claim, conditioned on its ETag, so that whoever changed that row in
    /// between (a purchase that ends the enrollment) wins and nothing is sent. Row of the same partition (the
    /// customer's timeline).</summary>
    public RowAction? Alongside { get; init; }
}

/// <summary>What became of a request.</summary>
public abstract record SendOutcome
{
    /// <summary>The send has an end: accepted, refused or uncertain. <paramref name="Mark"/> is the ledger write still
    /// to be made by the caller (in one transaction with its own progress), null where the ledger already says so.
    /// <paramref name="Alongside"/> is the new version of the row written alongside the claim, default where nothing
    /// was.</summary>
    public sealed record Settled(Send Send, RowAction? Mark, ETag Alongside) : SendOutcome;

    /// <summary>Not now: the gate or a busy provider says when. Nothing was sent.</summary>
    public sealed record Later(DateTimeOffset Until, string Reason) : SendOutcome
    {
        /// <summary>The new version of the row written alongside the claim, which was released again; default where
        /// nothing was written.</summary>
        public ETag Alongside { get; init; }

        /// <summary>The provider asked for it: a short wait, and then it is asked again.</summary>
        public bool IsBusy { get; init; }
    }

    /// <summary>The row alongside has changed since it was read: look again. Nothing was sent.</summary>
    public sealed record Disturbed : SendOutcome;

    private SendOutcome() { }
}
