using Automation.Marketing.Sending;

namespace Automation.Functions.Simulation;

/// <summary>LINE in a simulation: takes every message and sends none.</summary>
public sealed class NotingLine : ILineTransport
{
    /// <summary>Whose messages they would be.</summary>
    public const string Somebody = "U00000000000000000000000000000000";

    public string Name => "none";
    public TimeSpan Longest => TimeSpan.Zero;

    public Task<DeliveryResult> Push(LineMessage message, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));

    public Task<DeliveryResult> Multicast(LineMulticast message, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));

    public Task<DeliveryResult> Reply(string token, string json, CancellationToken cancellation) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(token));

    public Task<string?> LinkToken(string user, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<LineQuota?> Quota(CancellationToken cancellation) => Task.FromResult<LineQuota?>(null);
}
