using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>One customer of a chunk who gets the issue by LINE.</summary>
/// <param name="To">Their user id.</param>
/// <param name="Json">The message object.</param>
public sealed record PreparedLine(int Place, string SendId, string To, string Json);

/// <summary>Hands what of a claimed chunk goes by LINE to LINE, and notes in it what became of each: a multicast for
/// 500 where all get the same, a push for each where not. What LINE did not answer is asked again with the same key, as
/// long as LINE remembers it; then nobody knows.</summary>
/// <param name="transport">Null: the shop is not on LINE.</param>
public sealed class LineDispatch(
    LineChannel channel, LineQuotas quotas, SendAttention attention, TimeProvider time,
    ILineTransport? transport = null)
{
    /// <summary>Pushes under way at a time.</summary>
    private const int AtOnce = 16;

    public bool IsThere => transport is not null;
    public TimeSpan Longest => (transport?.Longest ?? TimeSpan.Zero) * 2;

    /// <summary>LINE asked for a wait that is not over, or the month's messages are used up: until when, and why; null:
    /// neither.</summary>
    public (DateTimeOffset Until, string Reason)? Rests =>
        channel.Resting is var (left, asked) ? (time.GetUtcNow() + left, asked.Reason) : null;

    /// <summary>Puts those whom it goes to for the first time into batches, and claims them.</summary>
    public static IReadOnlyList<(LineBatch Batch, IReadOnlyList<PreparedLine> To)> Claim(
        Chunk chunk, IReadOnlyList<PreparedLine> ready, DateTimeOffset now)
    {
        var batches = new List<(LineBatch, IReadOnlyList<PreparedLine>)>();
        foreach (var some in ready.Chunk(LineMulticast.Most))
            if (chunk.Begin([.. some.Select(one => one.Place)], now) is { } batch) batches.Add((batch, some));
            else foreach (var one in some) chunk.SetFailed(one.Place, "tried by LINE too often");
        return batches;
    }

    /// <summary>Claims those again whom LINE was asked about; whoever cannot be written to any more, and whose key is
    /// over, is uncertain.</summary>
    /// <param name="ready">Of those who are asked about.</param>
    public static IReadOnlyList<(LineBatch Batch, IReadOnlyList<PreparedLine> To)> ClaimAgain(
        Chunk chunk, IReadOnlyList<PreparedLine> ready, IReadOnlyList<int> looked, DateTimeOffset now)
    {
        var batches = new List<(LineBatch, IReadOnlyList<PreparedLine>)>();
        var known = ready.ToDictionary(one => one.Place);
        foreach (var (batch, places) in chunk.AskedBatches().ToList())
        {
            if (!places.Any(looked.Contains)) continue;
            var to = batch.KeyHolds(now) ? places.Where(known.ContainsKey).Select(n => known[n]).ToList() : [];
            foreach (var n in places)
                chunk.Set(n, known.ContainsKey(n) && to.Count > 0 ? Chunk.Claimed : Chunk.Uncertain);
            if (to.Count < places.Count) chunk.Reason = "LINE did not answer";
            if (to.Count > 0) batches.Add((batch, to));
        }
        return batches;
    }

    /// <summary>How many LINE has taken.</summary>
    /// <param name="isNew">It was never asked about these before.</param>
    public async Task<int> Hand(
        CompiledIssue edition, Issue issue, Chunk chunk,
        IReadOnlyList<(LineBatch Batch, IReadOnlyList<PreparedLine> To)> batches, bool isNew)
    {
        if (transport is null || batches.Count == 0 || edition.Line is not { } line) return 0;
        await quotas.Look(CancellationToken.None);
        var sent = 0;
        foreach (var (batch, to) in batches)
        {
            if (line.Shared is { } json)
            {
                var result = Rests is { } rests
                    ? new DeliveryResult.Busy(rests.Until - time.GetUtcNow(), rests.Reason)
                    : await transport.Deliver(
                        new LineMulticast(chunk.NameOf(batch), [.. to.Select(one => one.To)], line.Name, json),
                        CancellationToken.None);
                sent += await Note(isNew ? issue : null, chunk, batch, to, result);
                continue;
            }
            await Parallel.ForEachAsync(to, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
            {
                var result = Rests is { } rests
                    ? new DeliveryResult.Busy(rests.Until - time.GetUtcNow(), rests.Reason)
                    : await transport.Deliver(
                        new LineMessage(one.SendId, one.To, line.Name, one.Json), CancellationToken.None);
                Interlocked.Add(ref sent, await Note(isNew ? issue : null, chunk, batch, [one], result));
            });
        }
        return sent;
    }

    /// <param name="fresh">The issue, where LINE was never asked about these before; null: it was.</param>
    private async Task<int> Note(
        Issue? fresh, Chunk chunk, LineBatch batch, IReadOnlyList<PreparedLine> to, DeliveryResult result)
    {
        int[] places = [.. to.Select(one => one.Place)];
        if (result is DeliveryResult.Busy busy)
        {
            channel.Rested(busy);
            if (busy.Stopped)
                await attention.Stopped(channel.Transport!, busy.Reason, time.GetUtcNow(), CancellationToken.None);
        }
        lock (chunk)
            switch (result)
            {
                case DeliveryResult.Accepted:
                    foreach (var n in places) chunk.Set(n, Chunk.Sent);
                    return places.Length;
                case DeliveryResult.Refused refused:
                    foreach (var n in places) chunk.SetFailed(n, refused.Reason);
                    return 0;
                // Certainly not taken: they are judged anew when LINE takes messages again.
                case DeliveryResult.Busy waits when fresh is not null:
                    var held = Readers.HeldByLine(fresh, time.GetUtcNow() + waits.RetryAfter, waits.Reason);
                    foreach (var n in places) ChunkPreparing.Hold(chunk, n, held);
                    chunk.Release(batch, places);
                    return 0;
                case DeliveryResult.Busy waits:
                    foreach (var n in places) chunk.Set(n, Chunk.Asked);
                    chunk.WaitUntil(time.GetUtcNow() + waits.RetryAfter);
                    return 0;
                case DeliveryResult.Unclear:
                    foreach (var n in places) chunk.Set(n, Chunk.Asked);
                    chunk.WaitUntil(batch.AskedAgainAt(time.GetUtcNow()));
                    return 0;
                default:
                    throw new InvalidOperationException("A handover of an unknown kind.");
            }
    }
}
