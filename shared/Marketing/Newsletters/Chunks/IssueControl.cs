using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>What the orchestration of an issue does next.</summary>
/// <param name="Ended">It is over, and how.</param>
/// <param name="Until">Sleep until then, or until somebody says something; with neither: until somebody says
/// something.</param>
public sealed record IssueStep(bool Go, string? Ended = null, DateTimeOffset? Until = null);

/// <summary>Begins, steers and closes issues. Whatever is decided is in the issue's row before anybody is
/// woken.</summary>
public sealed class IssueControl(
    IssueStore issues, ChunkLedger ledger, ChunkClaims claims, CompiledIssues editions, Bursts bursts,
    SubjectResults results, SlotContents fillings,
    IssueAttention attention, IIssueOrchestrations clock, TimeProvider time)
{
    /// <summary>Calls that were under way when an issue was cancelled are over by then.</summary>
    private static readonly TimeSpan LastCalls = TimeSpan.FromMinutes(10);

    private readonly SetBack setBack = new(time, first: true);

    /// <summary>Makes a move and wakes the issue; null: there is no such issue.</summary>
    public async Task<Moved?> Make(IssueMove move, IssueId id, CancellationToken cancellation)
    {
        string? refusal = null;
        var issue = await issues.Change(id, now =>
        {
            var moved = IssueMoves.Make(move, now, time.GetUtcNow());
            refusal = moved.Refusal;
            return moved.Issue ?? now;
        }, cancellation);
        if (issue is null) return null;
        if (refusal is not null) return new(null, refusal);
        await attention.Done(id, cancellation);
        await clock.Wake(id);
        return new(issue, null);
    }

    /// <summary>Before the first shard: may it go, and can it?</summary>
    public async Task<IssueStep> Open(IssueId id, CancellationToken cancellation)
    {
        if (await issues.Find(id, cancellation) is not { Value: var issue })
            return new(false, Ended: "there is no such issue");
        if (issue.State == IssueState.Cancelled) await CloseCancelled(issue, cancellation);
        if (issue.State is IssueState.Sent or IssueState.Cancelled)
            return new(false, Ended: issue.State.ToString().ToLowerInvariant());
        if (issue.State != IssueState.Sending) return new(false);
        if (await Obstacle(issue, cancellation) is { } because)
        {
            await attention.Waits(id, because, cancellation);
            await issues.Change(id, now => now.State == IssueState.Sending
                ? now with { State = IssueState.Paused, Because = because } : now, cancellation);
            return new(false);
        }
        await ledger.Announce(id, cancellation);
        if (issue.StartedAt is null)
            await issues.Change(id, now => now with { StartedAt = now.StartedAt ?? time.GetUtcNow() }, cancellation);
        await Choose(await editions.Find(issue, cancellation), issue, cancellation);
        return new(true);
    }

    /// <summary>Once the subjects of a test have been compared long enough the rest gets the better one.</summary>
    private async ValueTask Choose(CompiledIssue edition, Issue issue, CancellationToken cancellation)
    {
        if (!edition.Test.IsTest || issue is { Winner: not null } or { StartedAt: null }
            || time.GetUtcNow() < issue.DecidedAt(edition.Test)) return;
        var choice = await results.Count(edition, cancellation);
        await issues.Change(issue.Id, now => now.Winner is null
            ? now with { Winner = choice.Subject, WinnerBecause = choice.Because } : now, cancellation);
    }

    /// <summary>Why the issue cannot begin; null: it can.</summary>
    private async ValueTask<string?> Obstacle(Issue issue, CancellationToken cancellation)
    {
        try
        {
            var edition = await editions.Find(issue, cancellation);
            if (issue.StartedAt is null && await fillings.Spent(issue, edition.Newsletter) is { } spent) return spent;
            return issue.StartedAt is null && issue.ConfirmedAt is null
                ? (await bursts.Find(issue.Id, edition.Newsletter, inSlot: true, issue.Asks))?.InWords()
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or Mails.MissingValueException)
        {
            return e.Message;
        }
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
    private async Task CloseCancelled(Issue issue, CancellationToken cancellation)
    {
        if (issue.IsClosed || issue.StartedAt is null || !await ledger.Close(
            issue.Id, chunk => claims.IsHeld(chunk, time.GetUtcNow()), cancellation)) return;
        var tally = await ledger.Tally(issue.Id, cancellation);
        await issues.Change(
            issue.Id,
            now => now with { Counts = tally.Counts, IsClosed = now.State == IssueState.Cancelled && tally.Open == 0 },
            cancellation);
    }

    /// <summary>Sees to it that every issue that is being sent is in somebody's hands; how many are. Whoever rests
    /// until a moment looks again where the clock was put back: it may lie months ahead now.</summary>
    public async Task<int> Sweep(IEnumerable<string> newsletters)
    {
        var (live, lookAgain) = (0, setBack.Look());
        foreach (var newsletter in newsletters)
            await foreach (var issue in issues.Of(newsletter))
            {
                if (issue.State == IssueState.Cancelled && issue.EndedAt + LastCalls < time.GetUtcNow())
                    await CloseCancelled(issue, CancellationToken.None);
                if (issue.State != IssueState.Sending) continue;
                live++;
                if (lookAgain) await clock.Wake(issue.Id);
                else await clock.Ensure(issue.Id);
            }
        return live;
    }
}
