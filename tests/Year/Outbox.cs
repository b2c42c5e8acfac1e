using System.Collections.Concurrent;
using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Year.Tests;

/// <summary>A mail that reached the provider.</summary>
/// <param name="At">By the shop's clock.</param>
/// <param name="Letter">Of a newsletter: many at once.</param>
/// <param name="Text">What tells its text from others: the mail's name, for an issue its file.</param>
public sealed record Arrived(string To, string SendId, DateTimeOffset At, Purpose Purpose, bool Letter, string Text);

/// <summary>Stands where the provider would: takes every mail at once and remembers it.</summary>
public sealed class Outbox(TimeProvider time) : IMailTransport
{
    private readonly ConcurrentQueue<Arrived> arrived = [];
    private readonly ConcurrentQueue<Arrived> unseen = [];
    private readonly ConcurrentDictionary<string, string> stops = [];

    public string Name => "outbox";
    public bool Idempotent => false;
    public TimeSpan Longest => TimeSpan.Zero;

    public IReadOnlyCollection<Arrived> All => arrived;

    /// <summary>What came since the last call.</summary>
    public IEnumerable<Arrived> News()
    {
        for (var left = unseen.Count; left > 0 && unseen.TryDequeue(out var mail); left--) yield return mail;
    }

    /// <summary>The opt-out link of the latest mail to an address; null: there was none.</summary>
    public string? Stop(string to) => stops.GetValueOrDefault(to);

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        Take(new(
            message.To, message.Id, time.GetUtcNow(), message.Purpose, false, message.Mail), Link(message.Headers));
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));
    }

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation)
    {
        foreach (var one in batch.Recipients)
            Take(new(one.To, one.SendId, time.GetUtcNow(), batch.Purpose, true, batch.Mail), one.UnsubscribeUrl);
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("batch"));
    }

    private void Take(Arrived mail, string? stop)
    {
        arrived.Enqueue(mail);
        unseen.Enqueue(mail);
        if (stop is not null) stops[mail.To] = stop;
    }

    private static string? Link(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers.FirstOrDefault(header => header.Key == "List-Unsubscribe").Value?.Trim('<', '>');
}
