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

    public Task<Handover> Send(Message message, CancellationToken cancellation)
    {
        latest = message.Mail;
        return Task.FromResult<Handover>(new Handover.Accepted(message.Id));
    }

    public Task<Handover> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        Task.FromResult<Handover>(new Handover.Accepted(null));
}
