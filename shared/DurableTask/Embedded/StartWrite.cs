using Automation.Sqlite;

namespace Automation.DurableTask.Embedded;

/// <summary>What a caller writes into the hub's file in the same commit with the start of an instance, and before it:
/// where it is refused there is no start.</summary>
/// <param name="write">On the writer, inside the transaction; false: refused, and nothing was written.</param>
/// <param name="written">After the commit, before anything of the instance runs.</param>
internal sealed class StartWrite(Func<SqliteConnection, bool> write, Action written)
{
    /// <summary>Was it written?</summary>
    public bool Done { get; private set; }

    public bool Do(SqliteConnection db) => Done = write(db);

    public void Committed()
    {
        if (Done) written();
    }
}
