using System.Collections.Concurrent;
using System.Globalization;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Functions.Demo;

/// <summary>The letters of the last half year: who got which, chunk by chunk as the product keeps them, and what their
/// readers did, added up.</summary>
internal sealed class DemoIssues(Tables tables, IssueStore store, ChunkLedger ledger, CurrentShop shop)
{
    private const int Issues = 26;
    private const string Left = "consent: withdrawn";

    /// <summary>Slots of a newsletter that lie in the past, the oldest first.</summary>
    public IReadOnlyList<Slot> Slots(Newsletter newsletter, DateTimeOffset now) =>
        [.. SlotRules.Between(newsletter with { Published = Timetables.Unknown }, shop.Settings,
            now.AddDays(-7 * Issues), now).Where(slot => !slot.Skipped)];

    public async Task Write(
        Newsletter newsletter, IReadOnlyList<DemoPerson> people, DateTimeOffset now, CancellationToken cancellation)
    {
        var shards = people.GroupBy(person => person.Id[..2])
            .Select(shard => shard.OrderBy(person => person.Id, StringComparer.Ordinal).ToList()).ToList();
        foreach (var slot in Slots(newsletter, now))
        {
            var (counts, figures) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>());
            await Parallel.ForEachAsync(shards, cancellation,
                async (shard, _) => await ledger.Add(Chunk(slot, shard, counts, figures), cancellation));
            var (sent, skipped) = (counts.GetValueOrDefault("sent"), counts.GetValueOrDefault("skipped"));
            await store.Add(new Issue
            {
                Id = slot.Id,
                State = IssueState.Sent,
                Slot = slot.At,
                StartedAt = slot.At.AddSeconds(2),
                EndedAt = slot.At.AddSeconds(2 + sent / 400),
                File = slot.Id.RowKey,
                Counts = new()
                {
                    Audience = sent + skipped,
                    Sent = sent,
                    Skipped = skipped == 0 ? [] : new Dictionary<string, int> { [Left] = skipped }
                },
            }, cancellation);
            await Add(slot.Id, figures, cancellation);
        }
    }

    /// <summary>What became of a shard's readers.</summary>
    private static Chunk Chunk(Slot slot, List<DemoPerson> shard, ConcurrentDictionary<string, int> counts,
        ConcurrentDictionary<string, int> figures)
    {
        var chunk = Marketing.Newsletters.Chunks.Chunk.New(Marketing.Newsletters.Chunks.Chunk.PartitionOf(
            slot.Id, shard[0].Id[..2]), Marketing.Newsletters.Chunks.Chunk.Beginning, shard[^1].Id);
        chunk.At = slot.At.AddSeconds(2);
        foreach (var person in shard)
        {
            if (!person.Reads || person.Orders[0].At > slot.At || person.LeftAt < slot.At.AddDays(-7)) continue;
            var place = chunk.Add(new CustomerId(person.Id));
            if (person.LeftAt < slot.At)
            {
                chunk.SetSkipped(place, Left);
                counts.AddOrUpdate("skipped", 1, (_, n) => n + 1);
                continue;
            }
            chunk.Set(place, Marketing.Newsletters.Chunks.Chunk.Sent);
            counts.AddOrUpdate("sent", 1, (_, n) => n + 1);
            Count(person, slot, name => figures.AddOrUpdate(name, 1, (_, n) => n + 1));
        }
        return chunk;
    }

    private static void Count(DemoPerson person, Slot slot, Action<string> count)
    {
        var random = new Random(person.Lot ^ slot.Id.Date.DayNumber);
        if (random.NextDouble() < 0.004)
        {
            count("bounced");
            return;
        }
        count("delivered");
        if (random.NextDouble() > person.Interest) return;
        count("opened");
        if (random.NextDouble() < 0.18) count("clicked");
        if (person.LeftAt is { } left && left > slot.At && left < slot.At.AddDays(7)) count("optedOut");
        if (person.Orders.Any(order => order.At > slot.At && order.At < slot.At.AddDays(7))) count("buyers");
    }

    /// <summary>Into one shard's sums: there figures of an issue are added up over all customers.</summary>
    private async Task Add(IssueId issue, ConcurrentDictionary<string, int> figures, CancellationToken cancellation)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"s|issue-{issue.Date.Year}");
        var row = await tables.Insights.Find("00", key, cancellation);
        var sums = row is null ? [] : Documents.Read(row, InsightsJson.Sums).Value;
        foreach (var (name, value) in figures) sums[$"issue|{issue.Newsletter}|{issue.RowKey}|{name}"] = value;
        await tables.Insights.Upsert(
            Documents.Entity("00", key, sums, InsightsJson.Sums), UpdateMode.Replace, cancellation);
    }
}
