namespace Automation.Sqlite;

/// <summary>
/// The writer thread: takes all work that has gathered, runs it in one transaction, commits once, then tells everybody.
/// While one group is being flushed the next one gathers, so the flush is paid per group and not per caller.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int BackgroundCheckpointRows = 2_000;
    private const int LargestLogPages = 16_000;

    private readonly SqliteConnection connection;
    private readonly int groupSize;
    private readonly Thread writer;
    private readonly Thread checkpointer;
    private readonly Func<SqliteConnection> open;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim rowsWritten = new(0, 1);
    private Queue<Work> waiting = new();
    private volatile bool stopping;
    private volatile int loggedPages;

    public GroupCommit(SqliteConnection connection, Func<SqliteConnection> open, int groupSize)
    {
        this.connection = connection;
        this.open = open;
        this.groupSize = groupSize;
        writer = new Thread(WriteGroups) { IsBackground = true, Name = "sqlite writer" };
        checkpointer = new Thread(Checkpoint) { IsBackground = true, Name = "sqlite checkpoint" };
        writer.Start();
        checkpointer.Start();
    }

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
        while (true)
        {
            arrived.Wait();
            while (TakeGroup(group))
            {
                Commit(group);
                if (connection.TotalChanges - rowsAtCheckpoint < BackgroundCheckpointRows) continue;
                rowsAtCheckpoint = connection.TotalChanges;
                if (rowsWritten.CurrentCount == 0) rowsWritten.Release();
                if (loggedPages > LargestLogPages) loggedPages = connection.Checkpoint() is var left && left > LargestLogPages ? 0 : left;
            }
            if (stopping) return;
        }
    }

    private bool TakeGroup(List<Work> group)
    {
        group.Clear();
        lock (gate)
        {
            while (group.Count < groupSize && waiting.TryDequeue(out var work)) group.Add(work);
        }
        return group.Count > 0;
    }

    private void Commit(List<Work> group)
    {
        try
        {
            while (!RunAll(group)) { }
            if (group.Count > 0) connection.Execute("COMMIT");
            foreach (var work in group) work.Complete();
        }
        catch (SqliteException e)
        {
            TryRollback();
            foreach (var work in group) work.Fail(e);
        }
    }

    /// <summary>Runs the group inside a new transaction; where one throws it is failed and taken out, and false says: again without it.</summary>
    private bool RunAll(List<Work> group)
    {
        if (group.Count == 0) return true;
        connection.Execute("BEGIN IMMEDIATE");
        foreach (var work in group)
        {
            if (work.TryRun(connection) is not { } error) continue;
            TryRollback();
            group.Remove(work);
            work.Fail(error);
            return false;
        }
        return true;
    }

    private void TryRollback()
    {
        try { connection.Execute("ROLLBACK"); }
        catch (SqliteException) { /* the failed statement already rolled the transaction back */ }
    }

    private void Checkpoint()
    {
        using var own = open();
        while (true)
        {
            rowsWritten.Wait();
            if (stopping) return;
            loggedPages = own.Checkpoint();
        }
    }

    public void Dispose()
    {
        lock (gate) stopping = true;
        arrived.Release();
        writer.Join();
        if (rowsWritten.CurrentCount == 0) rowsWritten.Release();
        checkpointer.Join();
        connection.Checkpoint();
        connection.Dispose();
    }

    private abstract class Work
    {
        public abstract Exception? TryRun(SqliteConnection connection);
        public abstract void Complete();
        public abstract void Fail(Exception error);
    }

    private sealed class Work<T>(Func<SqliteConnection, T> run) : Work
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Task => done.Task;

        public override Exception? TryRun(SqliteConnection connection)
        {
            try { result = run(connection); return null; }
            catch (Exception e) { return e; }
        }

        public override void Complete() => done.SetResult(result);
        public override void Fail(Exception error) => done.SetException(error);
    }
}
