namespace Automation.Sqlite;

/// <summary>
/// The writer thread: takes all work that has gathered, runs it in one transaction, commits once, then tells everybody.
/// While one group is being flushed the next one gathers, so the flush is paid per group and not per caller.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly int groupSize;
    private readonly int largestLog;
    private readonly Thread writer;
    private readonly Thread checkpointer;
    private readonly SqliteConnection checkpoints;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim rowsWritten = new(0, 1);
    private readonly ManualResetEventSlim checkpointed = new(true);
    private readonly Queue<Work> waiting = new();
    private volatile bool stopping;
    private volatile int loggedPages;

    public GroupCommit(SqliteConnection connection, SqliteConnection checkpoints, SqliteOptions options)
    {
        this.connection = connection;
        this.checkpoints = checkpoints;
        groupSize = options.GroupSize;
        largestLog = options.LogPages;
        writer = new Thread(WriteGroups) { IsBackground = true, Name = "sqlite writer" };
        checkpointer = new Thread(Checkpoint) { IsBackground = true, Name = "sqlite checkpoint" };
        writer.Start();
        checkpointer.Start();
    }

    /// <summary>
    /// Rows written from one background checkpoint to the next: a row logs about two pages, and the more that are moved together the more
    /// often a page that changed again and again is moved once.
    /// </summary>
    private int RowsBetweenCheckpoints => largestLog / 2;

    public Task<T> Enqueue<T>(Func<SqliteConnection, T> run)
    {
        var work = new Work<T>(run);
        bool first;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, typeof(SqliteDatabase));
            first = waiting.Count == 0;
            waiting.Enqueue(work);
        }
        if (first) arrived.Release();
        return work.Task;
    }

    private void WriteGroups()
    {
        var group = new List<Work>(groupSize);
        var rowsAtCheckpoint = 0;
        while (TakeGroup(group))
        {
            Commit(group);
            if (connection.TotalChanges - rowsAtCheckpoint < RowsBetweenCheckpoints) continue;
            rowsAtCheckpoint = connection.TotalChanges;
            KeepLogShort();
        }
    }

    /// <summary>
    /// Empties the log in the background while writing goes on. That way it never becomes quite empty and so never starts over;
    /// when it has grown long the writer itself pauses to move the rest. It also waits where the background falls behind.
    /// </summary>
    private void KeepLogShort()
    {
        checkpointed.Wait();
        if (loggedPages > largestLog && connection.TryCheckpoint(out _)) loggedPages = 0;
        else
        {
            checkpointed.Reset();
            rowsWritten.Release();
        }
    }

    /// <summary>Waits for work; false once stopping and nothing is left.</summary>
    private bool TakeGroup(List<Work> group)
    {
        group.Clear();
        while (true)
        {
            lock (gate)
            {
                while (group.Count < groupSize && waiting.TryDequeue(out var work)) group.Add(work);
                if (group.Count > 0) return true;
                if (stopping) return false;
            }
            arrived.Wait();
        }
    }

    private void Commit(List<Work> group)
    {
        try
        {
            if (!TryRunAll(group)) RunEachAlone(group);
            connection.Run("COMMIT");
            foreach (var work in group) work.Settle(null);
        }
        catch (SqliteException e)
        {
            TryRollback();
            foreach (var work in group) work.Settle(e);
        }
    }

    private bool TryRunAll(List<Work> group)
    {
        connection.Run("BEGIN IMMEDIATE");
        foreach (var work in group)
        {
            work.Run(connection);
            if (work.Error is null) continue;
            TryRollback();
            return false;
        }
        return true;
    }

    /// <summary>Runs the group again, each behind a savepoint, so that what throws is undone without the others.</summary>
    private void RunEachAlone(List<Work> group)
    {
        connection.Run("BEGIN IMMEDIATE");
        foreach (var work in group)
        {
            connection.Run("SAVEPOINT work");
            work.Run(connection);
            if (work.Error is SqliteException lost && !connection.InTransaction) throw lost;
            if (work.Error is not null) connection.Run("ROLLBACK TO work");
            connection.Run("RELEASE work");
        }
    }

    private void TryRollback()
    {
        connection.Reset();
        if (connection.InTransaction) connection.Run("ROLLBACK");
    }

    private void Checkpoint()
    {
        using (checkpoints)
        {
            while (true)
            {
                rowsWritten.Wait();
                if (!writer.IsAlive) return;
                if (checkpoints.TryCheckpoint(out var logged)) loggedPages = logged;
                checkpointed.Set();
            }
        }
    }

    public void Dispose()
    {
        lock (gate) stopping = true;
        arrived.Release();
        writer.Join();
        if (rowsWritten.CurrentCount == 0) rowsWritten.Release();
        checkpointer.Join();
        connection.TryCheckpoint(out _);
        connection.Dispose();
        checkpointed.Dispose();
    }

    private abstract class Work
    {
        public Exception? Error { get; protected set; }

        /// <summary>Runs, perhaps for the second time; what it throws is its caller's and kept in <see cref="Error"/>.</summary>
        public abstract void Run(SqliteConnection connection);

        /// <summary>Tells the caller: done, its own error, or what the whole group failed with.</summary>
        public abstract void Settle(Exception? groupError);
    }

    private sealed class Work<T>(Func<SqliteConnection, T> run) : Work
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Task => done.Task;

        public override void Run(SqliteConnection connection)
        {
            Error = null;
            try { result = run(connection); }
            catch (Exception e) { Error = e; connection.Reset(); }
        }

        public override void Settle(Exception? groupError)
        {
            if ((Error ?? groupError) is { } error) done.SetException(error);
            else done.SetResult(result);
        }
    }
}
