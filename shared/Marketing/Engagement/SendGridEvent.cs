namespace Automation.Marketing.Engagement;

/// <summary>One element of a batch, understood as far as it can be.</summary>
public abstract record SendGridEvent
{
    /// <param name="SendId">Custom argument <c>send_id</c>; null where the event carries none (delayed bounces, mails
    /// of others).</param>
    /// <param name="Address">Whom it was written to, normalised; null where it is not an address.</param>
    public sealed record OfMail(string? SendId, string? Address, MailEvent Event) : SendGridEvent;

    /// <summary>The account itself: suspended, restricted … (<c>account_status_change</c>).</summary>
    public sealed record OfAccount(DateTimeOffset At, string Change) : SendGridEvent;

    /// <summary>A kind of event that did not exist when this was written.</summary>
    public sealed record Unknown(string Kind) : SendGridEvent;

    /// <summary>No event at all.</summary>
    public sealed record Unreadable(string Reason, ReadOnlyMemory<byte> Body) : SendGridEvent;

    private SendGridEvent() { }
}
