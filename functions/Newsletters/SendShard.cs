using Automation.DurableTask;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Sends an issue to the customers of one shard, for two minutes at most: all work of an issue happens here.</summary>
public sealed class SendShard(ShardSending sending, IssueProgress progress) : TaskActivity<ShardLeg, ShardOutcome>
{
    public override async Task<ShardOutcome> RunAsync(TaskActivityContext context, ShardLeg leg)
    {
        if (IssueId.Parse(leg.Issue) is not { } id) return new(ShardEnd.Held);
        var outcome = await sending.Send(id, leg.Shard, context.CancellationToken);
        progress.Note(id, leg.Shard, outcome);
        return outcome;
    }
}
