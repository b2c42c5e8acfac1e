using System.Collections.Concurrent;
using SQLitePCL;

namespace Automation.Sqlite;

/// <summary>How a database file is kept.</summary>
public sealed record SqliteOptions
{
    /// <summary>True (default): what was acknowledged survives a power cut (<c>synchronous=FULL</c>). False: for
    /// simulations only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Page size of a new file, bytes.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>Pages written to the log before the background moves them into the file and it starts over.</summary>
    public int LogPages { get; init; } = 16_000;

    /// <summary>How often the background moves what is in the log into the file, however little it is.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The log is emptied when nothing was written for so long.</summary>
    public TimeSpan TruncateAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most work items that share one commit.</summary>
    public int GroupSize { get; init; } = 512;
}

/// <summary>One SQLite file in WAL mode: a single writer that commits many callers' work at once (group commit), and a
/// pool of readers that see the last committed state. Its owner's alone; a lock keeps a second process
/// out.</summary>
public sealed class SqliteDatabase : IDisposable
{
    private readonly string path;
    private readonly SqliteOptions options;
    private readonly FileLock processLock;
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly GroupCommit groupCommit;
    private volatile bool disposed;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(string path, SqliteOptions options, FileLock processLock)
    {
        this.path = path;
        this.options = options;
        this.processLock = processLock;
        groupCommit = new GroupCommit(
            SqliteConnection.Open(path, options, readOnly: false),
            SqliteConnection.Open(path, options, readOnly: false),
            options,
            CloseReaders);
    }

    /// <summary>Opens or creates the file. Throws <see cref="IOException"/> where another process has it open, or where
    /// its log is missing.</summary>
    public static SqliteDatabase Open(string path, SqliteOptions? options = null)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var processLock = FileLock.Take(path);
        try
        {
            return new SqliteDatabase(path, options ?? new SqliteOptions(), processLock);
        }
        catch
        {
            processLock.Dispose();
            throw;
        }
    }

    /// <summary>Throws <see cref="IOException"/> where a process has the file open, or its log is missing.</summary>
    public static void EnsureFree(string path) => FileLock.Take(path).Dispose();

    /// <summary>One that only reads, also while another process has the file open.</summary>
    internal static SqliteConnection Reader(string path) =>
        SqliteConnection.Open(path, new SqliteOptions(), readOnly: true);

    /// <summary>Runs <paramref name="work"/> inside the current group's transaction, on the writer thread or, where
    /// nobody else writes, before it returns on the caller's own; completes once the group is on disk. Work that throws
    /// is undone alone: the others of its group are run again, so work must tolerate being repeated before its commit
    /// (it may only touch the connection and its own result).</summary>
    public Task<T> Write<T>(Func<SqliteConnection, T> work) => groupCommit.Enqueue(work);

    /// <inheritdoc cref="Write{T}(Func{SqliteConnection, T})"/>
    public Task Write(Action<SqliteConnection> work) => groupCommit.Enqueue(db => { work(db); return true; });

    /// <summary>As <see cref="Write{T}(Func{SqliteConnection, T})"/>, for what nobody is in a hurry for and what may be
    /// done again after a kill: it shares the next commit of somebody else, and has its own where none comes within
    /// 5 ms, or came in the last 5 ms.</summary>
    public Task<T> WriteUnhurried<T>(Func<SqliteConnection, T> work) => groupCommit.EnqueueUnhurried(work);

    /// <inheritdoc cref="WriteUnhurried{T}(Func{SqliteConnection, T})"/>
    public Task WriteUnhurried(Action<SqliteConnection> work) =>
        groupCommit.EnqueueUnhurried(db => { work(db); return true; });

    /// <summary>Moves everything from the log into the file and cuts the log to nothing, so that what was deleted is
    /// nowhere any more. False where somebody still reads an older state.</summary>
    public Task<bool> TruncateLog() => groupCommit.Truncate();

    /// <summary>Completes once writing is possible; waits for whoever else holds the file, and throws where they do not
    /// let go.</summary>
    public Task Probe() => groupCommit.Probe();

    /// <summary>Runs <paramref name="read"/> on the caller's thread with a pooled connection; sees everything
    /// acknowledged so far.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!readers.TryTake(out var connection)) connection = SqliteConnection.Open(path, options, readOnly: true);
        try
        {
            return read(connection);
        }
        catch
        {
            connection.Reset();
            throw;
        }
        finally
        {
            if (disposed) connection.Dispose();
            else readers.Add(connection);
        }
    }

    /// <summary>Finishes the work accepted so far, then closes the file.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        groupCommit.Dispose();
        CloseReaders();
        processLock.Dispose();
    }

    private void CloseReaders()
    {
        while (readers.TryTake(out var reader)) reader.Dispose();
    }
}
