namespace Automation.Marketing.Engagement;

/// <summary>What a provider says became of one mail. The kinds below are all there are; a provider's own words are
/// translated into them.</summary>
/// <param name="At">When it happened, by the provider's clock.</param>
public abstract record MailEvent(DateTimeOffset At)
{
    /// <summary>The provider has it and will try to deliver it.</summary>
    public sealed record Processed(DateTimeOffset At) : MailEvent(At);

    /// <summary>The receiving server took it.</summary>
    public sealed record Delivered(DateTimeOffset At) : MailEvent(At);

    /// <summary>The receiving server said later; the provider tries again.</summary>
    public sealed record Deferred(DateTimeOffset At, string? Reason) : MailEvent(At);

    /// <summary>The receiving server said never: this address does not take mail.</summary>
    public sealed record HardBounced(DateTimeOffset At, string? Reason) : MailEvent(At);

    /// <summary>The receiving server said not this one: mailbox full, policy, reputation (<paramref name="Class"/>, the
    /// provider's word).</summary>
    public sealed record SoftBounced(DateTimeOffset At, string? Reason, string? Class) : MailEvent(At);

    /// <summary>The provider itself did not send it.</summary>
    public sealed record Dropped(DateTimeOffset At, string? Reason) : MailEvent(At);

    /// <param name="Machine">By a machine on the reader's behalf: says nothing about the reader.</param>
    public sealed record Opened(DateTimeOffset At, bool Machine) : MailEvent(At);

    /// <param name="Url">The whole address.</param>
    /// <param name="Machine">By a program that names itself.</param>
    public sealed record Clicked(DateTimeOffset At, string Url, bool Machine) : MailEvent(At);

    /// <summary>The reader called it spam.</summary>
    public sealed record Complained(DateTimeOffset At) : MailEvent(At);

    /// <summary>The reader told the provider to stop.</summary>
    public sealed record Unsubscribed(DateTimeOffset At) : MailEvent(At);

    /// <summary>The reader told the provider to go on; the shop's own consent is not given that way.</summary>
    public sealed record Resubscribed(DateTimeOffset At) : MailEvent(At);
}
