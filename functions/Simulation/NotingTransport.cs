using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Simulation;

/// <summary>Takes every message and sends none; remembers what came last.</summary>
public sealed class NotingTransport : IMailTransport
{
    private volatile string? latest;

    public string Name => "none";
    public bool Idempotent => true;
    public TimeSpan Longest => TimeSpan.Zero;

    /// <summary>The name of the mail that a journey last sent.</summary>
    public string? Latest => latest;

    /// <summary>What a journey sent, in order; null: it is not kept.</summary>
    public List<Message>? Kept { get; init; }

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        if (Kept is { } kept) lock (kept) kept.Add(message);
        latest = message.Mail;
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));
    }

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
}
