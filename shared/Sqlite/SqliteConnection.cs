using System.Globalization;
using SQLitePCL;

namespace Automation.Sqlite;

/// <summary>One connection, used by one thread at a time; its statements are prepared once and reused.</summary>
public sealed class SqliteConnection : IDisposable
{
    /// <summary>Milliseconds to wait for a lock, and for readers where everybody else waits meanwhile.</summary>
    private const int Patience = 10_000, PatienceWithReaders = 250;

    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = [];

    private SqliteConnection(sqlite3 handle) => this.handle = handle;

    internal static SqliteConnection Open(string path, SqliteOptions options, bool readOnly)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var connection = new SqliteConnection(handle);
        try
        {
            connection.Check(result);
            _ = raw.sqlite3_busy_timeout(handle, Patience);
            // A reader drops its cache at every commit of the writer, so it keeps little. Mapping the file would cost
            // more than it saves: it is mapped anew whenever it has grown, and each page then faults.
            if (readOnly) connection.Execute("PRAGMA cache_size=-400");
            if (!readOnly) connection.Configure(options);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new SqliteException(e.Code, $"cannot open {path}: {e.Message}");
        }
    }

    private void Configure(SqliteOptions options)
    {
        Execute($"PRAGMA page_size={options.PageSize}");
        Execute("PRAGMA journal_mode=WAL");
        Execute($"PRAGMA synchronous={(options.Durable ? "FULL" : "OFF")}");
        Execute("PRAGMA wal_autocheckpoint=0");
        Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit={2L * options.LogPages * options.PageSize}"));
        Execute("PRAGMA cache_size=-16000");
        Execute("PRAGMA secure_delete=ON");   // who is erased is not to be found in the file's free space
    }

    /// <summary>The prepared statement of this text, reset and ready to bind. Dispose it (it only resets) when read to
    /// the end.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
            statements[sql] = statement = new Statement(this, prepared);
        }
        statement.Dispose();
        return statement;
    }

    /// <summary>Runs one or more statements without parameters (schema, pragmas).</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>Rows the last insert, update or delete touched.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>The rowid of the last insert.</summary>
    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>Pages written since the connection was opened: into the log, once for each commit that changed
    /// them.</summary>
    internal int PagesWritten
    {
        get
        {
            Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0));
            return pages;
        }
    }

    /// <summary>Moves committed pages from the log into the file without making anybody wait, as far as readers allow.
    /// Where it cannot (another one is at it, disk full) nothing is lost: the log keeps them for the next
    /// attempt.</summary>
    /// <returns>How many pages the log holds, moved or not; below 0 where that is not known.</returns>
    internal int TryCheckpoint()
    {
        var result = raw.sqlite3_wal_checkpoint_v2(
            handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out _);
        return result == raw.SQLITE_OK ? pages : -1;
    }

    /// <summary>Moves all of it, so that the log starts over, or is cut to nothing. False where a reader did not let go
    /// of the old state in time.</summary>
    internal bool TryRestartLog(bool truncate)
    {
        _ = raw.sqlite3_busy_timeout(handle, PatienceWithReaders);
        var result = raw.sqlite3_wal_checkpoint_v2(
            handle, null, truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
        _ = raw.sqlite3_busy_timeout(handle, Patience);
        return result == raw.SQLITE_OK;
    }

    /// <summary>Runs one prepared statement without parameters.</summary>
    internal void Run(string sql) => Prepare(sql).Run();

    internal bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Ends what statements left open when their reader threw, so that no old state of the file is held on
    /// to.</summary>
    internal void Reset()
    {
        foreach (var statement in statements.Values) statement.Dispose();
    }

    internal void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new SqliteException(result, raw.sqlite3_errmsg(handle).utf8_to_string());
    }

    /// <summary>Finalizes the statements and closes.</summary>
    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Close();
        statements.Clear();
        handle.Dispose();
    }
}

/// <summary>SQLite said no: <see cref="Code"/> is its result code (https://www.sqlite.org/rescode.html).</summary>
public sealed class SqliteException(int code, string message) : Exception($"SQLite {code}: {message}")
{
    /// <summary>The result code.</summary>
    public int Code => code;
}
