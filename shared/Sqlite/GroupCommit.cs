using System.Diagnostics;

namespace Automation.Sqlite;

/// <summary>Whoever writes takes all work that has gathered, runs it in one transaction, commits once, then tells
/// everybody. While one group is being flushed the next one gathers, so the flush is paid per group and not per caller.
/// Groups are written by a thread of their own; where work comes one at a time, whoever brings it writes it at once,
/// which saves waking that thread and being woken by it.</summary>
internal sealed class GroupCommit : IDisposable
{
    /// <summary>What takes longer than this is not done on its caller's thread.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(2);

    private readonly SqliteConnection connection;
    private readonly LogKeeper log;
    private readonly Action closeReaders;
    private readonly int groupSize;
    private readonly Thread writer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Queue<Work> waiting = new();

    /// <summary>Of whoever writes on his own thread.</summary>
    private readonly List<Work> single = new(1);

    // Behind the gate: whether somebody has the connection; whether the last one wrote for himself alone, and briefly.
    private bool inHand, calm, stopping;

    /// <param name="closeReaders">The last connection to close takes the log away, and one that only reads
    /// cannot.</param>
    public GroupCommit(
        SqliteConnection connection, SqliteConnection checkpoints, SqliteOptions options, Action closeReaders)
    {
        (this.connection, this.closeReaders) = (connection, closeReaders);
        groupSize = options.GroupSize;
        log = new LogKeeper(connection, checkpoints, options, () => TryEnqueue(new Alone(_ => log!.Truncate())));
        writer = new Thread(WriteGroups) { IsBackground = true, Name = "sqlite writer" };
        writer.Start();
    }

    public Task<T> Enqueue<T>(Func<SqliteConnection, T> run)
    {
        var work = new Work<T>(run);
        if (TryTakeInHand()) WriteAtOnce(work);
        else ObjectDisposedException.ThrowIf(!TryEnqueue(work), typeof(SqliteDatabase));
        return work.Task;
    }

    /// <summary>Everything into the file, nothing left in the log; false where somebody still reads from it.</summary>
    public Task<bool> Truncate() => EnqueueAlone(_ => log.Truncate());

    /// <summary>Takes the lock of whoever writes and lets it go again; changes nothing.</summary>
    public Task<bool> Probe() => EnqueueAlone(db =>
    {
        db.Run("BEGIN IMMEDIATE");
        db.Run("ROLLBACK");
        return true;
    });

    private Task<bool> EnqueueAlone(Func<SqliteConnection, bool> run)
    {
        var work = new Alone(run);
        ObjectDisposedException.ThrowIf(!TryEnqueue(work), typeof(SqliteDatabase));
        return work.Task;
    }

    private bool TryEnqueue(Work work)
    {
        bool wake;
        lock (gate)
        {
            if (stopping) return false;
            wake = waiting.Count == 0 && !inHand;
            waiting.Enqueue(work);
        }
        if (wake) arrived.Release();
        return true;
    }

    /// <summary>May the caller write himself: nobody else does or wants to, it will be brief, and there is nothing to
    /// be done for the log?</summary>
    private bool TryTakeInHand()
    {
        lock (gate)
        {
            if (inHand || !calm || stopping || waiting.Count > 0 || log.WantsCare) return false;
            return inHand = true;
        }
    }

    private void WriteAtOnce(Work work)
    {
        var isCalm = false;
        try
        {
            single.Add(work);
            var began = Stopwatch.GetTimestamp();
            isCalm = !Commit(single) && Stopwatch.GetElapsedTime(began) < Brief;
        }
        finally
        {
            single.Clear();
            if (GiveBack(isCalm)) arrived.Release();
        }
    }

    /// <summary>The connection is free; true: the writer thread has something to do.</summary>
    private bool GiveBack(bool isCalm)
    {
        lock (gate)
        {
            (inHand, calm) = (false, isCalm);
            return waiting.Count > 0 || stopping;
        }
    }

    private void WriteGroups()
    {
        var group = new List<Work>(groupSize);
        while (TakeGroup(group))
        {
            var began = Stopwatch.GetTimestamp();
            if (group is [Alone alone]) Commit(alone);
            else if (Commit(group)) log.Care();
            GiveBack(group.Count == 1 && Stopwatch.GetElapsedTime(began) < Brief);
        }
    }

    /// <summary>Waits for work and takes the connection in hand; false once stopping and nothing is left.</summary>
    private bool TakeGroup(List<Work> group)
    {
        group.Clear();
        while (true)
        {
            lock (gate)
            {
                while (!inHand
                    && group.Count < groupSize
                    && waiting.TryPeek(out var next)
                    && (next is not Alone || group.Count == 0))
                {
                    group.Add(waiting.Dequeue());
                    if (next is Alone) break;
                }
                if (group.Count > 0) return inHand = true;
                if (stopping && !inHand) return false;
            }
            arrived.Wait();
        }
    }

    /// <summary>True: the log wants care now.</summary>
    private bool Commit(List<Work> group)
    {
        try
        {
            log.Prepare();
            if (!TryRunAll(group)) RunEachAlone(group);
            connection.Run("COMMIT");
            foreach (var work in group) work.Settle(null);
        }
        catch (SqliteException e)
        {
            TryRollback();
            foreach (var work in group) work.Settle(e);
            return false;
        }
        return log.Committed();
    }

    private void Commit(Alone work)
    {
        work.Run(connection);
        if (work.Error is not null) TryRollback();
        work.Settle(null);
    }

    private bool TryRunAll(List<Work> group)
    {
        connection.Run("BEGIN IMMEDIATE");
        log.Begin();
        foreach (var work in group)
        {
            work.Run(connection);
            if (work.Error is null) continue;
            TryRollback();
            return false;
        }
        return true;
    }

    /// <summary>Runs the group again, each behind a savepoint, so that what throws is undone without the
    /// others.</summary>
    private void RunEachAlone(List<Work> group)
    {
        connection.Run("BEGIN IMMEDIATE");
        log.Begin();
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

    /// <summary>Finishes the work accepted so far and leaves the file whole, its log gone.</summary>
    public void Dispose()
    {
        lock (gate) stopping = true;
        arrived.Release();
        writer.Join();
        log.Stop();
        closeReaders();
        Commit(new Alone(_ => log.Truncate()));
        connection.Dispose();
        log.Dispose();
    }

    private abstract class Work
    {
        public Exception? Error { get; protected set; }

        /// <summary>Runs, perhaps for the second time; what it throws is its caller's and kept in
        /// <see cref="Error"/>.</summary>
        public abstract void Run(SqliteConnection connection);

        /// <summary>Tells the caller: done, its own error, or what the whole group failed with.</summary>
        public abstract void Settle(Exception? groupError);
    }

    /// <summary>Runs outside of any transaction.</summary>
    private sealed class Alone(Func<SqliteConnection, bool> run) : Work<bool>(run);

    private class Work<T>(Func<SqliteConnection, T> run) : Work
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
