using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>Numbers that only ever grow, also across restarts, without a write per number: each opening of the file
/// takes one era (one small write) and counts within it.</summary>
internal sealed class Era
{
    private const int BitsWithinEra = 40;
    private long last;

    private Era(long era) => last = era << BitsWithinEra;

    /// <summary>The next number: larger than all before it in this file.</summary>
    public long Next() => Interlocked.Increment(ref last);

    /// <summary>Begins a new era; waits for the disk.</summary>
    public static Era Begin(SqliteDatabase database) => new(database.Write(db =>
    {
        db.Execute("CREATE TABLE IF NOT EXISTS storage_era(id INTEGER PRIMARY KEY, era INTEGER NOT NULL)");
        using var next = db.Prepare(
            "INSERT INTO storage_era VALUES(1, 0) ON CONFLICT(id) DO UPDATE SET era = era + 1 RETURNING era");
        next.Step();
        return next.Int64(0);
    }).GetAwaiter().GetResult());
}
