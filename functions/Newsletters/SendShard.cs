using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.DurableTask;

namespace Automation.Functions.Newsletters;

/// <summary>Sends an issue to the customers of one shard, for two minutes at most: all work of an issue happens
/// here.</summary>
/// <param name="stopping">Set when the process stops: the shard is taken up again later.</param>
public sealed class SendShard(
    ShardSending sending, IssueProgress progress, Stopping stopping) : TaskActivity<ShardRun, ShardOutcome>
{
    public override async Task<ShardOutcome> RunAsync(TaskActivityContext context, ShardRun leg)
    {
        if (IssueId.Parse(leg.Issue) is not { } id) return new(ShardEnd.Held);
        var outcome = await sending.Send(id, leg.Shard, stopping.Token);
        progress.Note(id, leg.Shard, outcome);
        return outcome;
    }
}
