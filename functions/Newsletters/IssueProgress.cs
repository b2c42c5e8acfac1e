using System.Collections.Concurrent;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;

namespace Automation.Functions.Newsletters;

/// <summary>Says how far an issue is, at every tenth of its shards: a bar in the log.</summary>
public sealed partial class IssueProgress(ILogger<IssueProgress> log)
{
    private const int Steps = 10;

    private sealed class Seen
    {
        public HashSet<string> Shards { get; } = [];
        public int Sent { get; set; }
        public int Step { get; set; }
    }

    private readonly ConcurrentDictionary<IssueId, Seen> issues = new();

    public void Note(IssueId issue, string shard, ShardOutcome outcome)
    {
        var seen = issues.GetOrAdd(issue, _ => new Seen());
        lock (seen)
        {
            seen.Sent += outcome.Sent;
            if (outcome.End != ShardEnd.Done || !seen.Shards.Add(shard)) return;
            var step = seen.Shards.Count * Steps / CustomerId.Shards.Count;
            if (step == seen.Step) return;
            seen.Step = step;
            LogProgress(
                issue, $"{new string('█', step)}{new string('░', Steps - step)}", step * 100 / Steps, seen.Sent);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Issue} {Bar} {Percent} %, {Sent} handed over")]
    private partial void LogProgress(IssueId issue, string bar, int percent, int sent);
}
