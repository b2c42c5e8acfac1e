using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>Says of a key, without a look into the file, that no row of the table has it: most of what is looked up
/// about somebody new is not there. Gathered once enough was looked up in vain; before that, and where it fails,
/// nothing is known.</summary>
internal sealed class KnownKeys(TablePages pages, SqliteDatabase database)
{
    private const int Enough = 1000, Spare = 64 * 1024, AtOnce = 5000;

    private KeyFilter? keys;
    private int inVain;

    /// <summary>Surely no row has this key.</summary>
    public bool Lack(string partitionKey, string rowKey) =>
        Volatile.Read(ref keys) is { IsWhole: true } known && !known.MayHave(partitionKey, rowKey);

    /// <summary>On the writer's thread, before the commit of a row that may be new.</summary>
    public void Add(string partitionKey, string rowKey)
    {
        if (Volatile.Read(ref keys) is not { } known) return;
        known.Add(partitionKey, rowKey);
        if (known.IsFull) Volatile.Write(ref keys, null);
    }

    /// <summary>A row was looked up and is not there.</summary>
    public void LookedUpInVain()
    {
        if (Volatile.Read(ref keys) is null && Interlocked.Increment(ref inVain) % Enough == 0) _ = Task.Run(Gather);
    }

    private async Task Gather()
    {
        var gathered = new KeyFilter(Spare + 2 * database.Read(pages.Count));
        if (Interlocked.CompareExchange(ref keys, gathered, null) is not null) return;
        try
        {
            // Whoever wrote before this and did not add their row is on disk after it.
            await database.Write(_ => { });
            (string, string)? next = ("", "");
            while (next is { } from) next = database.Read(db => pages.Keys(db, from, AtOnce, gathered.Add));
            gathered.IsWhole = true;
        }
        finally
        {
            if (!gathered.IsWhole) Interlocked.CompareExchange(ref keys, null, gathered);
        }
    }
}
