using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>How a request ended, and the ledger write that is still to be made for it; null: none.</summary>
public sealed record EndedSend(SendOutcome Outcome, RowAction? Mark = null);

/// <summary>This process's own attempts: those under way, and the latest that ended but whose mark may not be on disk
/// yet. A claim of ours that is not here was cut short.</summary>
public sealed class Attempts
{
    /// <summary>Ended attempts remembered; what is forgotten too early becomes uncertain, never a second
    /// mail.</summary>
    private const int Remembered = 8192;

    private readonly string process = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<EndedSend>> attempts = new(
        StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> past = new();
    private long count;

    public string Begin()
    {
        var attempt = string.Create(CultureInfo.InvariantCulture, $"{process}:{Interlocked.Increment(ref count)}");
        attempts[attempt] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return attempt;
    }

    /// <summary>Its outcome, also for whoever asks for the same send meanwhile.</summary>
    public void End(string attempt, EndedSend ended)
    {
        attempts[attempt].SetResult(ended);
        past.Enqueue(attempt);
        while (past.Count > Remembered && past.TryDequeue(out var oldest)) attempts.TryRemove(oldest, out _);
    }

    /// <summary>It claimed nothing, or broke off: forgotten.</summary>
    public void Drop(string attempt)
    {
        if (attempts.TryRemove(attempt, out var waiting)) waiting.TrySetException(new SendUnderWayException());
    }

    public Task<EndedSend>? Find(string attempt) => attempts.TryGetValue(attempt, out var known) ? known.Task : null;
    public bool IsOurs(string attempt) => attempt.StartsWith(process, StringComparison.Ordinal);
}

/// <summary>Another process has this send in hand, or had until just now: ask again later.</summary>
public sealed class SendUnderWayException() : Exception("The send is in another attempt's hands.");
