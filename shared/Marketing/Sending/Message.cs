namespace Automation.Marketing.Sending;

/// <summary>A mail rendered for one customer, ready for any transport.</summary>
public sealed record Message
{
    /// <summary>The send's id: opaque, the only thing the provider learns of us.</summary>
    public required string Id { get; init; }
    public required string To { get; init; }
    public required Mailbox From { get; init; }
    public Mailbox? ReplyTo { get; init; }
    public required string Subject { get; init; }
    public required string Html { get; init; }
    public required string Text { get; init; }

    /// <summary>Further headers, ASCII.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>The mail's name.</summary>
    public required string Mail { get; init; }

    /// <summary>When the send was claimed; the same for every attempt after a kill.</summary>
    public required DateTimeOffset At { get; init; }
}
