using Automation.Marketing.Journeys;

namespace Automation.Marketing.Sending;

/// <summary>One mail for many customers: what is the same once, what differs as <c>substitutions</c> (tag in the text → value, at most 10,000 bytes each customer).</summary>
public sealed record MessageBatch
{
    /// <summary>SendGrid's limit of one request.</summary>
    public const int Most = 1000;

    public required string Mail { get; init; }
    public required Purpose Purpose { get; init; }
    public required Mailbox From { get; init; }
    public Mailbox? ReplyTo { get; init; }
    public required string Subject { get; init; }
    public required string Html { get; init; }
    public required string Text { get; init; }

    /// <summary>1 to <see cref="Most"/>, each address once.</summary>
    public required IReadOnlyList<BatchRecipient> Recipients { get; init; }
}

/// <summary>One customer of a batch; headers carry their own List-Unsubscribe.</summary>
public sealed record BatchRecipient(string SendId, string To, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyDictionary<string, string> Substitutions);
