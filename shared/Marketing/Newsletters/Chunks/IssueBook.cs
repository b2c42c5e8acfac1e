using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Keeps an issue's row in step with its chunks: begins it, counts it, closes it.</summary>
public sealed class IssueBook(
    IssueStore issues, ChunkLedger ledger, ChunkClaims claims, INewsletters newsletters, TimeProvider time)
{
    /// <summary>Before the first chunk.</summary>
    public async Task Begin(Issue issue, CancellationToken cancellation)
    {
        var isBothWays = await newsletters.ByLine(issue.Id) == SendBy.Both;
        await ledger.Announce(issue.Id, isBothWays, cancellation);
        if (issue.StartedAt is null)
            await issues.Change(
                issue.Id,
                now => now with { StartedAt = now.StartedAt ?? time.GetUtcNow(), IsBothWays = isBothWays },
                cancellation);
    }

    /// <summary>After the last shard: does it add up? Whoever waits is looked at again later.</summary>
    /// <param name="until">When the first of those who wait can be.</param>
    public async Task<IssueStep> Close(IssueId id, DateTimeOffset? until, CancellationToken cancellation)
    {
        var tally = await ledger.Tally(id, cancellation);
        var now = time.GetUtcNow();
        var issue = await issues.Change(id, issue => issue with
        {
            Counts = tally.Counts,
            State = issue.State == IssueState.Sending && tally.Open == 0 ? IssueState.Sent : issue.State,
            EndedAt = issue.State == IssueState.Sending && tally.Open == 0 ? now : issue.EndedAt,
        }, cancellation);
        if (issue is null) return new(false, Ended: "there is no such issue");
        return issue.State switch
        {
            IssueState.Sending => new(
                true, Until: until is { } later && later > now ? later : now + TimeSpan.FromMinutes(1)),
            IssueState.Paused => new(false),
            _ => new(false, Ended: issue.State.ToString().ToLowerInvariant()),
        };
    }

    /// <summary>Of a cancelled issue nobody stays open: whoever waits does not get it, and what a killed process had
    /// claimed is uncertain. What a living one has in hand is left to it, and looked at again with a later
    /// sweep.</summary>
    public async Task CloseCancelled(Issue issue, CancellationToken cancellation)
    {
        if (issue.IsClosed || issue.StartedAt is null || !await ledger.Close(
            issue.Id, chunk => claims.IsHeld(chunk, time.GetUtcNow()), cancellation)) return;
        var tally = await ledger.Tally(issue.Id, cancellation);
        await issues.Change(
            issue.Id,
            now => now with { Counts = tally.Counts, IsClosed = now.State == IssueState.Cancelled && tally.Open == 0 },
            cancellation);
    }
}
