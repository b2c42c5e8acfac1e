using Automation.Functions.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.People;
using Microsoft.DurableTask;

namespace Automation.Functions.Newsletters;

/// <summary>How far an issue's orchestration is.</summary>
/// <param name="Issue"><c>weekly/2026-11-25</c>.</param>
/// <param name="From">The first of the 256 shards not yet gone through.</param>
/// <param name="Until">When the first of those who wait can be looked at again.</param>
public sealed record IssueRun(string Issue, int From = 0, DateTimeOffset? Until = null);

/// <summary>One shard of an issue.</summary>
public sealed record ShardRun(string Issue, string Shard);

/// <summary>An issue whose shards have been gone through.</summary>
public sealed record IssueClosing(string Issue, DateTimeOffset? Until);

/// <summary>Goes through the shards of an issue, a few at a time, and learns nothing but counts and times. What is
/// sent, to whom, and what is left after a kill the activities find in the chunks: going through a shard twice is
/// harmless.</summary>
public sealed class RunIssue : TaskOrchestrator<IssueRun, string>
{
    /// <summary>The name of the event that says: look at your issue now.</summary>
    public const string Heard = "heard";

    /// <summary>Shards at a time, shards of one history, and how often a shard is asked in one history.</summary>
    private const int Lanes = 4, Block = 64, Most = 20;

    public override async Task<string> RunAsync(TaskOrchestrationContext context, IssueRun run)
    {
        if (run.From == 0)
        {
            var step = await context.CallActivityAsync<IssueStep>(nameof(OpenIssue), run.Issue, RunJourney.Patiently);
            if (step.Ended is { } ended) return ended;
            if (!step.Go) return await Later(context, run, step.Until, context.WaitForExternalEvent<string?>(Heard));
        }
        // It listens until it begins anew: a wait that was cancelled would still be given what is said.
        var heard = context.WaitForExternalEvent<string?>(Heard);
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Go(context, run, lane, heard)));
        if (heard.IsCompleted) return Next(context, new(run.Issue));
        if (lanes.Any(lane => lane.End == ShardEnd.Held)) return await Later(context, run, null, heard);
        var until = lanes.Select(lane => lane.Until).Append(run.Until).Min();
        if (lanes.Any(lane => lane.End == ShardEnd.More)) return Next(context, run with { Until = until });
        if (run.From + Block < CustomerId.Shards.Count)
            return Next(context, run with { From = run.From + Block, Until = until });
        var close = await context.CallActivityAsync<IssueStep>(
            nameof(CloseIssue), new IssueClosing(run.Issue, until), RunJourney.Patiently);
        return close.Ended ?? await Later(context, run, close.Until, heard);
    }

    /// <summary>One lane's shards; whoever says something ends a rest, and the lane.</summary>
    private static async Task<ShardOutcome> Go(TaskOrchestrationContext context, IssueRun run, int lane, Task heard)
    {
        DateTimeOffset? until = null;
        for (var n = run.From + lane; n < run.From + Block; n += Lanes)
        {
            var leg = new ShardRun(run.Issue, CustomerId.Shards[n]);
            var outcome = await context.CallActivityAsync<ShardOutcome>(nameof(SendShard), leg, RunJourney.Patiently);
            for (var again = 0; outcome.End == ShardEnd.More; again++)
            {
                if (outcome.Until is { } rest) await Rest(context, rest, heard);
                if (again == Most || heard.IsCompleted) return outcome;
                outcome = await context.CallActivityAsync<ShardOutcome>(nameof(SendShard), leg, RunJourney.Patiently);
            }
            if (outcome.End == ShardEnd.Held) return outcome;
            if (until is null || outcome.Until < until) until = outcome.Until ?? until;
        }
        return new(ShardEnd.Done, Until: until);
    }

    private static async Task Rest(TaskOrchestrationContext context, DateTimeOffset until, Task heard)
    {
        using var awake = new CancellationTokenSource();
        await Task.WhenAny(context.CreateTimer(until.UtcDateTime, awake.Token), heard);
        awake.Cancel();
    }

    /// <summary>From the first shard on, once the time has come or somebody has said something.</summary>
    private static async Task<string> Later(
        TaskOrchestrationContext context, IssueRun run, DateTimeOffset? until, Task heard)
    {
        using var awake = new CancellationTokenSource();
        if (until is { } moment) await Task.WhenAny(heard, context.CreateTimer(moment.UtcDateTime, awake.Token));
        else await heard;
        awake.Cancel();
        return Next(context, new(run.Issue));
    }

    private static string Next(TaskOrchestrationContext context, IssueRun run)
    {
        context.ContinueAsNew(run);
        return "";
    }
}
