using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>What of a chunk is claimed and handed over next.</summary>
public sealed class ReadyChunk
{
    /// <summary>By mail.</summary>
    public List<Prepared> Mails { get; } = [];

    /// <summary>By LINE, for the first time.</summary>
    public List<PreparedLine> Lines { get; } = [];

    /// <summary>By LINE, asked about again.</summary>
    public List<PreparedLine> Again { get; } = [];

    /// <summary>Places that LINE was asked about and that were looked at, whether they can be written to or
    /// not.</summary>
    public List<int> Asked { get; } = [];
}

/// <summary>Hands a claimed chunk over: what goes by mail to the mail provider, what goes by LINE to LINE. Neither
/// waits for the other's trouble.</summary>
public sealed class ChunkDispatch(BatchDispatch mails, LineDispatch lines)
{
    /// <inheritdoc cref="BatchDispatch.IsIdempotent"/>
    public bool IsIdempotent => mails.IsIdempotent;
    public TimeSpan Longest => mails.Longest + lines.Longest;

    /// <summary>Says in the chunk whom it is tried for; answers how it is handed over, once that is written.</summary>
    public Func<Task<ChunkDone>>? Claim(
        CompiledIssue edition, Issue issue, ReadyChunk ready, Utf8Buffer ink, Chunk chunk, DateTimeOffset now)
    {
        foreach (var one in ready.Mails) chunk.ClaimForMail(one.Place);
        var again = LineDispatch.ClaimAgain(chunk, ready.Again, ready.Asked, now);
        var first = LineDispatch.Claim(chunk, ready.Lines, now);
        if (ready.Mails.Count + again.Count + first.Count == 0) return null;
        return async () =>
        {
            var done = ready.Mails.Count == 0 ? new() : await mails.Hand(edition, ready.Mails, ink, chunk);
            var sent = await lines.Hand(edition, issue, chunk, again, isNew: false)
                + await lines.Hand(edition, issue, chunk, first, isNew: true);
            // Mails that the provider was too busy for are due at once; when they can go is for the shard to say.
            if (done.Rest is not null || done.Stopped is not null) chunk.Until = null;
            return done with { Sent = done.Sent + sent };
        };
    }
}
