using Automation.Storage;

namespace Automation.Marketing.Replays;

/// <summary>The replay that was asked for last: one row. Nothing else of the shop is written by a replay.</summary>
public sealed class ReplayStore(Tables tables)
{
    private const string Partition = "replay", Key = "latest";

    /// <summary>Null: nobody ever asked for one.</summary>
    public async Task<Stored<Replay>?> Find(CancellationToken cancellation = default) =>
        await tables.Published.Find(Partition, Key, cancellation) is { } row
            ? Documents.Read(row, ReplayJson.Replay) : null;

    /// <summary>Puts it in place of the one before; false where somebody else was first.</summary>
    /// <param name="over">The one that was found; null: none was.</param>
    public async Task<bool> Put(Replay replay, Stored<Replay>? over, CancellationToken cancellation = default) =>
        (over is null
            ? await tables.Published.Add(Row(replay), cancellation)
            : await tables.Published.Update(Row(replay), over.ETag, UpdateMode.Replace, cancellation)).Done;

    /// <summary>Changes it while it is the latest; null where it is not any more.</summary>
    public async Task<Replay?> Change(
        string id, Func<Replay, Replay> change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await Find(cancellation) is not { } stored || stored.Value.Id != id) return null;
            var changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value) || await Put(changed, stored, cancellation)) return changed;
        }
    }

    private static Row Row(Replay replay) => Documents.Entity(Partition, Key, replay, ReplayJson.Replay);
}
