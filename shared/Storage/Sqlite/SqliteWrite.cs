using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>A row's write, checked and encoded, that goes into a transaction of somebody else's: of whoever keeps other
/// things in the same file.</summary>
public sealed class SqliteWrite
{
    private readonly SqliteTable table;
    private readonly RowWrite row;

    private SqliteWrite(SqliteTable table, RowWrite row) => (this.table, this.row) = (table, row);

    /// <summary>Null: the table lies in no SQLite file.</summary>
    /// <exception cref="ArgumentException">The row breaks a rule of Table Storage.</exception>
    public static SqliteWrite? Of(TableWrite write) => write is { Table: SqliteTable table, Action: var action }
        ? new(table, table.Encode(action.Kind, action.Row, action.ETag)) : null;

    /// <summary>Inside the transaction of the table's own file; may be done again before the commit. False: it is
    /// refused, and nothing was written.</summary>
    public bool Do(SqliteConnection db) => table.Write(db, row).Done;

    /// <summary>To be called after the commit, where it was done.</summary>
    public void Committed() => row.IsOnDisk = true;
}
