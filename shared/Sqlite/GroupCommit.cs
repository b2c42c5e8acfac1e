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

    /// <summary>So many in a row wrote for themselves alone before the next does so on his own thread: in a rush, where
    /// groups are worth waiting for, that does not happen.</summary>
    private const int Enough = 8;

    /// <summary>How long what nobody is in a hurry for waits for somebody else's group, where there has just been one:
    /// after a longer silence none is to be expected.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private readonly SqliteConnection connection;
    private readonly LogKeeper log;
    private readonly Action closeReaders;
    private readonly int groupSize;
    private readonly bool isDurable;
    private readonly Thread writer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Queue<Work> waiting = new(), unhurried = new();
    private readonly Timer lingering;

    /// <summary>Of whoever writes on his own thread.</summary>
    private readonly List<Work> single = new(1);

    // Behind the gate: whether somebody has the connection, and when they last gave it back; how many in a row wrote
    // for themselves alone, and briefly; whether the timer runs for those without hurry, and whether they have waited
    // long enough.
    private int calm;
    private bool inHand, stopping, isLingering, isOverdue;
    private long writtenAt;

    /// <param name="closeReaders">The last connection to close takes the log away, and one that only reads
    /// cannot.</param>
    public GroupCommit(
        SqliteConnection connection, SqliteConnection checkpoints, SqliteOptions options, Action closeReaders)
    {
        (this.connection, this.closeReaders) = (connection, closeReaders);
        (groupSize, isDurable) = (options.GroupSize, options.Durable);
        log = new LogKeeper(connection, checkpoints, options, () => TryEnqueue(new Alone(_ => log!.Truncate())));
        lingering = new Timer(_ => Lingered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        writer = new Thread(WriteGroups) { IsBackground = true, Name = "sqlite writer" };
        writer.Start();
    }

    public Task<T> Enqueue<T>(Func<SqliteConnection, T> run)
    {
        var work = new Work<T>(run);
        if (TryTakeInHand(work)) WriteAtOnce();
        else ObjectDisposedException.ThrowIf(!TryEnqueue(work), typeof(SqliteDatabase));
        return work.Task;
    }

    /// <summary>As <see cref="Enqueue"/>, without hurry: where others write it goes with their next group, or after a
    /// moment without one. Where a commit does not flush there is nothing to be spared.</summary>
    public Task<T> EnqueueUnhurried<T>(Func<SqliteConnection, T> run)
    {
        var work = new Work<T>(run);
        return isDurable && TryLinger(work) ? work.Task : Enqueue(run);
    }

    private bool TryLinger(Work work)
    {
        lock (gate)
        {
            if (stopping || !inHand && Stopwatch.GetElapsedTime(writtenAt) >= Linger) return false;
            unhurried.Enqueue(work);
            if (!isLingering) isLingering = lingering.Change(Linger, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private void Lingered()
    {
        lock (gate) (isLingering, isOverdue) = (false, unhurried.Count > 0);
        arrived.Release();
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
    private bool TryTakeInHand(Work work)
    {
        lock (gate)
        {
            if (inHand || calm < Enough || stopping || waiting.Count > 0 || log.WantsCare) return false;
            single.Add(work);
            TakeAlong(single);
            return inHand = true;
        }
    }

    /// <summary>What has no hurry goes with the group.</summary>
    private void TakeAlong(List<Work> group)
    {
        while (group.Count < groupSize && unhurried.TryDequeue(out var work)) group.Add(work);
        isOverdue = false;
    }

    private void WriteAtOnce()
    {
        var isCalm = false;
        try
        {
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
            (inHand, writtenAt) = (false, Stopwatch.GetTimestamp());
            calm = isCalm ? Math.Min(calm + 1, Enough) : 0;
            return waiting.Count > 0 || stopping || isOverdue;
        }
    }

    private void WriteGroups()
    {
        var group = new List<Work>(groupSize);
        while (TakeGroup(group, out var isSingle))
        {
            var began = Stopwatch.GetTimestamp();
            if (group is [Alone alone]) Commit(alone);
            else if (Commit(group)) log.Care();
            GiveBack(isSingle && Stopwatch.GetElapsedTime(began) < Brief);
        }
    }

    /// <summary>Waits for work and takes the connection in hand; false once stopping and nothing is left.</summary>
    /// <param name="isSingle">At most one of them is in a hurry.</param>
    private bool TakeGroup(List<Work> group, out bool isSingle)
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
                isSingle = group.Count <= 1;
                if (!inHand && group is not [Alone] && (group.Count > 0 || isOverdue || stopping)) TakeAlong(group);
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
        lingering.Dispose();
        log.Stop();
        closeReaders();
        Commit(new Alone(_ => log.Truncate()));
        connection.Dispose();
        log.Dispose();
    }
}
