using System.Runtime.CompilerServices;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Hands a claimed chunk to the provider and notes in it what became of each: one call for as many as
/// possible, whole pages for those whose own part is too large. Whoever the provider names as wrong fails alone; too
/// large a call is halved, and so is one that is refused without saying for whom, until whoever it is stands alone.
/// What is claimed is carried to its end, also where the process is told to stop.</summary>
public sealed class BatchDispatch(IMailTransport transport, TimeProvider time)
{
    /// <summary>Whole pages under way at a time.</summary>
    private const int PagesAtOnce = 16;

    /// <summary>Refused one by one before anybody was accepted: then it is not they, and the issue is held.</summary>
    private const int Alone = 2;

    private readonly ConditionalWeakTable<CompiledIssue, Standing> standings = [];

    /// <summary>How an issue fares with the provider in this process.</summary>
    private sealed class Standing
    {
        private int refused;
        public bool Accepted { get; set; }

        /// <summary>Another one was refused alone; is it the issue's own fault?</summary>
        public bool Refuse() => Interlocked.Increment(ref refused) >= Alone && !Accepted;
    }

    /// <summary>After an answer nobody understands the next chunk waits: what is broken shall not make a whole shop
    /// uncertain.</summary>
    private readonly CircuitBreaker breaker = new(time, failures: 2, pause: TimeSpan.FromSeconds(10));

    public bool IsIdempotent => transport.Idempotent;
    public TimeSpan Longest => transport.Longest * 2;

    /// <summary>How it goes with one chunk.</summary>
    private sealed class Progress(Chunk chunk, Standing standing)
    {
        private int sent;
        public Standing Standing => standing;
        public Chunk Chunk => chunk;
        public int Sent => sent;
        public DateTimeOffset? Rest { get; private set; }
        public string? Stopped { get; private set; }

        /// <summary>Why nothing more is handed over just now; null: it is.</summary>
        public string? Held { get; private set; }
        public void Add(int count) => Interlocked.Add(ref sent, count);

        /// <summary>Nothing more before then; without a time, before somebody does something.</summary>
        public void Hold(string reason, DateTimeOffset? until)
        {
            (Held, Rest) = (Held ?? reason, Rest ?? until);
            if (until is null) Stopped = reason;
        }
    }

    public async Task<ChunkDone> Hand(CompiledIssue edition, List<Prepared> ready, Utf8Buffer ink, Chunk chunk)
    {
        var progress = new Progress(chunk, standings.GetValue(edition, _ => new()));
        var values = ink.Memory;
        foreach (var subject in ready.GroupBy(one => one.Subject))
        {
            var batch = edition.Batch(subject.Key) with { Values = values, At = chunk.At };
            var (small, large) = (new List<Prepared>(ready.Count), new List<Prepared>());
            var (mark, names) = (batch.TagMark, batch.TagBytes);
            foreach (var one in subject) (batch.GoesWhole(one.Recipient, mark, names) ? large : small).Add(one);
            foreach (var some in small.Chunk(MessageBatch.Most)) await Hand(batch, some, progress);
            if (large.Count == 0) continue;
            var options = new ParallelOptions { MaxDegreeOfParallelism = PagesAtOnce };
            await Parallel.ForEachAsync(
                large, options, async (one, _) => await Hand(batch.Alone(one.Recipient), [one], progress));
        }
        return new(progress.Sent, progress.Rest, progress.Stopped);
    }

    private async Task Hand(MessageBatch batch, IReadOnlyList<Prepared> some, Progress progress)
    {
        if (breaker.Open is { } pause) progress.Hold("the provider's answers are unclear", time.GetUtcNow() + pause);
        if (progress.Held is { } held) { Wait(some, held, progress.Chunk); return; }
        var handover = await transport.SendMany(
            batch with { Recipients = [.. some.Select(one => one.Recipient)] }, CancellationToken.None);
        if (handover is not DeliveryResult.Busy) breaker.Note(handover);
        switch (handover)
        {
            case DeliveryResult.Accepted accepted:
                Set(some, Chunk.Sent, progress.Chunk);
                progress.Chunk.ProviderId = accepted.ProviderId;
                progress.Standing.Accepted = true;
                progress.Add(some.Count);
                break;
            case DeliveryResult.Unclear unclear:
                progress.Chunk.Reason = unclear.Reason;
                Set(some, Chunk.Uncertain, progress.Chunk);
                break;
            case DeliveryResult.Busy busy:
                Wait(some, busy.Reason, progress.Chunk);
                progress.Hold(busy.Reason, busy.Stopped ? null : time.GetUtcNow() + busy.RetryAfter);
                break;
            case DeliveryResult.Refused { Recipients: { Count: > 0 } places } refused when places[^1] < some.Count:
                foreach (var place in places) Fail(progress.Chunk, some[place], refused.Reason);
                var others = some.Where((_, n) => !places.Contains(n)).ToList();
                if (others.Count > 0) await Hand(batch, others, progress);
                break;
            case DeliveryResult.Refused when some.Count > 1:
                foreach (var half in some.Chunk((some.Count + 1) / 2)) await Hand(batch, half, progress);
                break;
            case DeliveryResult.Refused refused:
                Fail(progress.Chunk, some[0], refused.Reason);
                if (progress.Standing.Refuse()) progress.Hold(refused.Reason, null);
                break;
        }
    }

    private static void Fail(Chunk chunk, Prepared one, string reason)
    {
        lock (chunk) chunk.SetFailed(one.Place, reason);
    }

    /// <summary>They are due at once: when they can go is for the shard to say.</summary>
    private static void Wait(IReadOnlyList<Prepared> some, string reason, Chunk chunk)
    {
        lock (chunk)
        {
            foreach (var one in some) chunk.SetWaiting(one.Place, reason);
            chunk.Until = null;
        }
    }

    private static void Set(IReadOnlyList<Prepared> some, byte state, Chunk chunk)
    {
        foreach (var one in some) chunk.Set(one.Place, state);
    }
}
