using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Storage;

namespace Automation.Functions.Metrics;

/// <summary>What the tables and queues say at this moment: nothing of it is counted along the way.</summary>
public sealed class StandingFigures(
    Tables tables, IssueStore issues, ChunkLedger ledger, PublishedNewsletters newsletters, DataFile file,
    TimeProvider time)
{
    /// <summary>Issues of the last days stay in sight after they are done.</summary>
    private const int Days = 8;

    /// <summary>Rows that keep track of work, and wait for nobody.</summary>
    private static readonly string[] Own = ["sweep", "erasing", "clock"];

    public async Task Write(PrometheusText text, CancellationToken cancellation)
    {
        text.Family("automation_queue_messages", "gauge", "Messages in a queue, about", await Queues(cancellation))
            .Family("automation_attention", "gauge", "What waits for a person, by kind", await Attention(cancellation))
            .Family(
                "automation_issue_recipients", "gauge",
                "Customers an issue has come to, by what became of it; open: nothing yet", await Issues(cancellation));
        if (file.Room() is var room && room != long.MaxValue) text.Family(
            "automation_disk_free_bytes", "gauge", "Room where the data are", [new("", null, room)]);
    }

    private async Task<IReadOnlyList<PrometheusSample>> Queues(CancellationToken cancellation)
    {
        List<PrometheusSample> samples = [];
        foreach (var queue in tables.Queues)
            samples.Add(new("", [("queue", queue.Name)], await queue.ApproximateCount(cancellation)));
        return samples;
    }

    private async Task<IReadOnlyList<PrometheusSample>> Attention(CancellationToken cancellation)
    {
        // Uncertain sends and parked webhooks are worth an alert: they are told also where there are none.
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            ["parked"] = 0,
            ["stuck"] = 0,
            ["uncertain"] = 0,
        };
        await foreach (var row in tables.Attention.Query(new TableQuery(), cancellation))
            if (!Own.Contains(row.PartitionKey))
                kinds[row.PartitionKey] = kinds.GetValueOrDefault(row.PartitionKey) + 1;
        return [.. kinds.Select(kind => new PrometheusSample("", [("kind", kind.Key)], kind.Value))];
    }

    private async Task<IReadOnlyList<PrometheusSample>> Issues(CancellationToken cancellation)
    {
        List<PrometheusSample> samples = [];
        var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
        foreach (var newsletter in newsletters.All())
            await foreach (var issue in issues.Of(newsletter.Id, since))
            {
                if (!issue.IsUnderWay) continue;
                // What is done has its sum; what is not is added up from its chunks.
                var tally = issue.State is IssueState.Sending or IssueState.Paused
                    ? await ledger.Tally(issue.Id, cancellation) : null;
                var counts = tally?.Counts ?? issue.Counts;
                foreach (var (state, many) in (IEnumerable<(string, int)>)[
                    ("sent", counts.Sent), ("skipped", counts.Skipped.Values.Sum()),
                    ("failed", counts.Failed.Values.Sum()), ("uncertain", counts.Uncertain),
                    ("open", tally?.Open ?? 0)])
                    samples.Add(new(
                        "",
                        [("newsletter", issue.Id.Newsletter), ("issue", issue.Id.RowKey), ("state", state)], many));
            }
        return samples;
    }
}
