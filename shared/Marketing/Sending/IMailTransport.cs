namespace Automation.Marketing.Sending;

/// <summary>One way a message leaves the house: a folder, SendGrid.</summary>
public interface IMailTransport
{
    string Name { get; }

    /// <summary>Handing over the same message twice is one message.</summary>
    bool Idempotent { get; }

    /// <summary>How long one handover can take at most; a claim older than that is nobody's any more.</summary>
    TimeSpan Longest => TimeSpan.FromSeconds(30);

    Task<DeliveryResult> Send(Message message, CancellationToken cancellation);

    /// <summary>All of a batch: one answer for all of them.</summary>
    Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation);
}

/// <summary>What became of a handover.</summary>
public abstract record DeliveryResult
{
    /// <summary>The provider has it.</summary>
    public sealed record Accepted(string? ProviderId) : DeliveryResult;

    /// <summary>It has not and will not take it.</summary>
    public sealed record Refused(string Reason) : DeliveryResult
    {
        /// <summary>Whose fault it is, where the provider says so: places in the batch.</summary>
        public IReadOnlyList<int> Recipients { get; init; } = [];

        /// <summary>Fewer at a time may be taken.</summary>
        public bool TooLarge { get; init; }
    }

    /// <summary>It has certainly not taken it, and may later. <paramref name="Stopped"/>: not before somebody does
    /// something (bad key, unverified sender).</summary>
    public sealed record Busy(TimeSpan RetryAfter, string Reason, bool Stopped = false) : DeliveryResult
    {
        /// <summary>The month's messages are used up.</summary>
        public bool IsUsedUp { get; init; }
    }

    /// <summary>Nobody knows: the request went out, no answer says what became of it.</summary>
    public sealed record Unclear(string Reason) : DeliveryResult
    {
        /// <summary>It did answer, and not that it has it (a 5xx); false: no answer at all.</summary>
        public bool Answered { get; init; }
    }

    private DeliveryResult() { }
}
