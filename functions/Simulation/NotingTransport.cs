using Automation.Marketing.Sending;

namespace Automation.Functions.Simulation;

/// <summary>Takes every message and sends none.</summary>
/// <param name="sent">Is told of each that a journey sends; null: nobody is.</param>
public sealed class NotingTransport(Action<Message>? sent = null) : IMailTransport
{
    public string Name => "none";
    public bool Idempotent => true;
    public TimeSpan Longest => TimeSpan.Zero;

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        sent?.Invoke(message);
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));
    }

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
}
