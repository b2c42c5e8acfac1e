using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Replays;

/// <summary>Takes every mail of a shop that is played and sends none; says which a journey sent.</summary>
/// <param name="sent">To whom, the mail's name, the send's id.</param>
public sealed class PlayedPost(Action<CustomerId, string, string> sent) : IMailTransport
{
    private const int Id = 24;

    public string Name => "none";
    public bool Idempotent => true;
    public TimeSpan Longest => TimeSpan.Zero;

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        if (message.Id.Length > Id) sent(new(message.Id[..Id]), message.Mail, message.Id);
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));
    }

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
}
