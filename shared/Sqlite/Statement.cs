using SQLitePCL;

namespace Automation.Sqlite;

/// <summary>A prepared statement: bind by position from 1, step, read columns from 0. Disposing resets it for the next
/// use.</summary>
public sealed class Statement : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt handle;

    internal Statement(SqliteConnection connection, sqlite3_stmt handle) =>
        (this.connection, this.handle) = (connection, handle);

    public Statement Bind(int index, string? value)
    {
        connection.Check(
            value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    public Statement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value)
    {
        connection.Check(
            value is { } number ? raw.sqlite3_bind_int64(handle, index, number) : raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <summary>Binds bytes (copied); an empty span is an empty blob.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(
            value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>True while there is a row to read.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) connection.Check(result);
        return false;
    }

    /// <summary>Runs to the end; answers the rows changed. For insert, update, delete without RETURNING.</summary>
    public int Run()
    {
        try { while (Step()) { } }
        finally { Dispose(); }
        return connection.Changes;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);
    public int Int32(int column) => raw.sqlite3_column_int(handle, column);
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The column's bytes; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Resets and unbinds; the statement stays prepared.</summary>
    public void Dispose()
    {
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    internal void Close() => handle.Dispose();
}
