using System.Collections.Concurrent;
using Automation.Marketing.Newsletters.Slots;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Who warns of a slot: each warning is claimed first and goes once. One whose claim nobody finished (killed,
/// the provider was busy) may be claimed again after ten minutes.</summary>
public sealed class WarningClaims(Tables tables, TimeProvider time)
{
    private const string Partition = "warnings";

    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> done = new();

    /// <summary>Is it known to have gone out? Asks nobody.</summary>
    public bool IsDone(Slot slot, int days) => done.ContainsKey(Key(slot, days));

    /// <summary>Null: it went out, or somebody is at it. Else whether it is claimed for the first time.</summary>
    public async Task<bool?> Claim(Slot slot, int days, CancellationToken cancellation)
    {
        var (key, now) = (Key(slot, days), time.GetUtcNow());
        var claim = new Row(Partition, key) { { "At", now }, { "Mailed", false } };
        if (await tables.Published.Find(Partition, key, cancellation) is not { } row)
            return (await tables.Published.Add(claim, cancellation)).Done ? true : null;
        if (row.GetBoolean("Mailed") == true)
        {
            done[key] = true;
            return null;
        }
        // One claimed ahead of now was claimed by a clock that was wrong.
        if (now - row.GetDateTimeOffset("At") is { } age && age < Abandoned && age > -ClockJumps.Tolerance) return null;
        return (await tables.Published.Update(claim, row.ETag, UpdateMode.Replace, cancellation)).Done ? false : null;
    }

    /// <summary>It went out.</summary>
    public async Task Done(Slot slot, int days)
    {
        var key = Key(slot, days);
        await tables.Published.Upsert(
            new Row(Partition, key) { { "At", time.GetUtcNow() }, { "Mailed", true } }, UpdateMode.Replace,
            CancellationToken.None);
        done[key] = true;
    }

    private static string Key(Slot slot, int days) => $"{slot.Id.Newsletter}|{slot.Id.RowKey}|{days:D2}";
}
