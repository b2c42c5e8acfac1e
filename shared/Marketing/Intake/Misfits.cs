using System.Collections.Concurrent;
using System.Globalization;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Intake;

/// <summary>What sources told and could not be taken: one row of <c>Attention</c> for each attribute and place, however
/// often it comes. It is said at first and then every ten minutes; in between it is only counted.</summary>
public sealed class Misfits(Tables tables, TimeProvider time)
{
    public const string Partition = "attributes";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private sealed class Entry
    {
        public long Unsaid;
        public DateTimeOffset SaidAt;
    }

    public async Task Note(string source, IReadOnlyList<Misfit> misfits)
    {
        foreach (var misfit in misfits) await Note(source, misfit);
    }

    private async Task Note(string source, Misfit misfit)
    {
        var (key, now, count) =
            ($"{Keys.Safe(source)}|{Keys.Safe(misfit.Name)}|{Keys.Safe(misfit.Place)}", time.GetUtcNow(), 0L);
        var entry = entries.GetOrAdd(key, _ => new Entry());
        lock (entry)
        {
            entry.Unsaid++;
            if (now - entry.SaidAt < Quiet) return;
            (count, entry.Unsaid, entry.SaidAt) = (entry.Unsaid, 0, now);
        }
        var known = await tables.Attention.Find(Partition, key);
        count += known?.GetInt64("Count") ?? 0;
        await tables.Attention.Upsert(
            new Row(Partition, key)
            {
                { "Reason", string.Create(CultureInfo.InvariantCulture,
                    $"source {source}, {misfit.Place}: {misfit.Because} ({count}×)") },
                { "Count", count },
                { "At", now },
            },
            UpdateMode.Replace);
    }
}
