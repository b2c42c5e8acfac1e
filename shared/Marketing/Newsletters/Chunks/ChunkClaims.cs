using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>This process's own claims of chunks: one of ours that is not here was cut short.</summary>
/// <param name="alone">No other process sends: a claim that is not ours is a dead process's, however young.</param>
/// <param name="longest">How long a chunk can be in another process's hands.</param>
public sealed class ChunkClaims(bool alone, TimeSpan longest)
{
    private readonly string process = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly ConcurrentDictionary<string, bool> live = new();
    private long count;

    public string Begin()
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{process}:{Interlocked.Increment(ref count)}");
        live[claim] = true;
        return claim;
    }

    public void End(string claim) => live.TryRemove(claim, out _);

    /// <summary>May the chunk still be somebody's?</summary>
    public bool IsHeld(Chunk chunk, DateTimeOffset now) =>
        chunk.Claim is { } claim && (claim.StartsWith(process, StringComparison.Ordinal)
            ? live.ContainsKey(claim) : !alone && now - chunk.At < longest);
}
