using System.Collections.Concurrent;

namespace Automation.Storage.Azure;

/// <summary>
/// The service gives a message a new receipt whenever its lease is changed; callers keep the one they got. This remembers which
/// one it has become, until the message is deleted, given back or its lease has run out for long.
/// </summary>
internal sealed class Receipts(TimeProvider time)
{
    private const int Many = 1000;
    private readonly record struct Renewal(string Given, string Now, DateTimeOffset Until);
    private readonly ConcurrentDictionary<string, Renewal> renewals = new(StringComparer.Ordinal);

    public string Current(string messageId, string receipt) =>
        renewals.TryGetValue(messageId, out var renewal) && renewal.Given == receipt ? renewal.Now : receipt;

    public void Renewed(string messageId, string given, string now, TimeSpan lease)
    {
        if (renewals.Count >= Many)
            foreach (var (id, renewal) in renewals)
                if (renewal.Until + TimeSpan.FromHours(1) < time.GetUtcNow()) renewals.TryRemove(id, out _);
        renewals[messageId] = new Renewal(given, now, time.GetUtcNow() + lease);
    }

    public void Forget(string messageId) => renewals.TryRemove(messageId, out _);
}
