namespace Automation.Sqlite;

/// <summary>Keeps the log short: a background thread moves pages from it into the file while writing goes on, right
/// behind that the writer moves the little that has come since and starts the log over, and in quiet times it is
/// emptied. Keeps the file's <see cref="LogMark"/> true.</summary>
internal sealed class LogKeeper : IDisposable
{
    private enum State { Whole, Torn, Working }

    /// <summary>Pages that the writer moves himself in the time of a commit.</summary>
    private const int Little = 100;

    /// <summary>Of the background behind its long one, at most: where more is written than it moves, it does not catch
    /// up.</summary>
    private const int Passes = 5;

    private readonly SqliteConnection writer;
    private readonly SqliteConnection checkpoints;
    private readonly SqliteOptions options;
    private readonly Action truncate;
    private readonly Thread background;
    private readonly SemaphoreSlim wanted = new(0, 1);
    private readonly ManualResetEventSlim idle = new(true);

    // Of whoever writes.
    private State file = State.Whole;
    private int pagesAtPass;
    private long tornAt;

    private volatile bool passed, caughtUp, changed, empty, stopping;

    /// <param name="truncate">Asks for <see cref="Truncate"/> on the writer's thread.</param>
    public LogKeeper(SqliteConnection writer, SqliteConnection checkpoints, SqliteOptions options, Action truncate)
    {
        (this.writer, this.checkpoints, this.options, this.truncate) = (writer, checkpoints, options, truncate);
        background = new Thread(Checkpoint) { IsBackground = true, Name = "sqlite checkpoint" };
        background.Start();
    }

    /// <summary>Has the next transaction more to do than to be committed? Asked while nobody writes.</summary>
    public bool WantsCare => passed || caughtUp || options.Durable && file != State.Working;

    /// <summary>Before a transaction: says in the file that it needs its log from now on, where it does not say so
    /// already. After a pass of the background it says otherwise; that is put right at once where little is left to
    /// move, at most as often as passes are due by time.</summary>
    public void Prepare()
    {
        var moved = passed;
        passed = false;
        if (!options.Durable || file == State.Torn) return;
        if (file == State.Working && !(moved
            && Environment.TickCount64 - tornAt >= options.CheckpointEvery.TotalMilliseconds)) return;
        writer.Run("BEGIN IMMEDIATE");
        LogMark.Tear(writer);
        writer.Run("COMMIT");
        (file, tornAt, empty) = (State.Torn, Environment.TickCount64, false);
        writer.TryCheckpoint();
    }

    /// <summary>Inside the transaction.</summary>
    public void Begin()
    {
        if (file == State.Torn) LogMark.Mend(writer);
    }

    /// <summary>After its commit; true: <see cref="Care"/> has something to do.</summary>
    public bool Committed()
    {
        if (file == State.Torn) file = State.Working;
        (changed, empty) = (true, false);
        return caughtUp || writer.PagesWritten - pagesAtPass >= options.LogPages;
    }

    /// <summary>On the writer's thread, after a commit: starts a pass of the background where one is due, and the log
    /// over behind it.</summary>
    public void Care()
    {
        var pages = writer.PagesWritten;
        var isDue = pages - pagesAtPass >= options.LogPages;
        if (isDue) idle.Wait();   // the background falls behind
        if (caughtUp)
        {
            caughtUp = false;
            if (writer.TryRestartLog(truncate: false))
            {
                (pagesAtPass, file, changed) = (pages, State.Whole, false);
                return;
            }
        }
        if (!isDue) return;
        pagesAtPass = pages;
        idle.Reset();
        wanted.Release();
    }

    /// <summary>On the writer's thread, between transactions: everything into the file, nothing left in the log. False
    /// where somebody still reads from it.</summary>
    public bool Truncate()
    {
        idle.Wait();
        if (LogMark.IsTorn(writer))
        {
            writer.Run("BEGIN IMMEDIATE");
            LogMark.Mend(writer);
            writer.Run("COMMIT");
            file = State.Working;
        }
        if (!writer.TryRestartLog(truncate: true)) return false;
        (file, pagesAtPass) = (State.Whole, writer.PagesWritten);
        (caughtUp, changed, empty) = (false, false, true);
        return true;
    }

    private void Checkpoint()
    {
        var changedAt = Environment.TickCount64;
        while (true)
        {
            var full = wanted.Wait(options.CheckpointEvery);
            if (stopping) return;
            if (full || changed)
            {
                (changed, changedAt) = (false, Environment.TickCount64);
                var moved = checkpoints.TryCheckpoint();
                passed = true;
                if (!full) continue;
                CatchUp(moved);
                caughtUp = true;
                idle.Set();
            }
            else if (!empty && Environment.TickCount64 - changedAt >= options.TruncateAfter.TotalMilliseconds)
            {
                changedAt = Environment.TickCount64;
                truncate();
            }
        }
    }

    /// <summary>Moves what was written during the last pass, until it is little: that rest is the writer's to move,
    /// and everybody waits for it.</summary>
    /// <param name="moved">Pages in the log that the last pass knew of.</param>
    private void CatchUp(int moved)
    {
        for (var pass = 0; pass < Passes && moved >= 0 && !stopping; pass++)
        {
            var before = moved;
            moved = checkpoints.TryCheckpoint();
            passed = true;
            if (moved - before <= Little) return;
        }
    }

    /// <summary>Ends the background; the writer's thread has ended before.</summary>
    public void Stop()
    {
        stopping = true;
        if (wanted.CurrentCount == 0) wanted.Release();
        background.Join();
        idle.Set();
        checkpoints.Dispose();
    }

    public void Dispose()
    {
        idle.Dispose();
        wanted.Dispose();
    }
}
