using Automation.Marketing;
using Automation.Marketing.Replays;

namespace Automation.Functions.Replays;

/// <summary>What came of asking for a replay.</summary>
public abstract record Begun
{
    public sealed record Now(Replay Replay) : Begun;

    /// <summary>Another one is being played.</summary>
    public sealed record Busy : Begun;

    /// <summary>The drafts have mistakes.</summary>
    public sealed record Mistaken(IReadOnlyList<Problem> Problems) : Begun;

    private Begun() { }
}

/// <summary>Plays the last days of the shop again, one replay at a time, beside everything else and behind it: one
/// thing after the other, and while many webhooks are at the door nothing. Writes its own row and nothing else of the
/// shop.</summary>
public sealed partial class ReplayDesk(
    ReplayStore store, ReplayRun run, MarketingOptions options, TimeProvider time,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall, ILogger<ReplayDesk> log) : IAsyncDisposable
{
    /// <summary>As far back as can be asked for, days.</summary>
    public const int Longest = 365;

    /// <summary>How many characters drafts may have together.</summary>
    public const int LargestDrafts = 200_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly string Here = Guid.NewGuid().ToString("N");

    private sealed class Under(string id) : IDisposable
    {
        public readonly ReplayProgress Progress = new();
        private readonly CancellationTokenSource cancelled = new();
        private readonly Lock gate = new();
        private bool isOver;

        public string Id => id;
        public CancellationToken Cancelled => cancelled.Token;
        public volatile bool IsCalledOff;
        public Task Work = Task.CompletedTask;

        public void Cancel()
        {
            lock (gate)
                if (!isOver) cancelled.Cancel();
        }

        public void Dispose()
        {
            lock (gate) isOver = true;
            cancelled.Dispose();
        }
    }

    private volatile Under? under;

    /// <summary>The latest; null: nobody ever asked for one.</summary>
    public async Task<Replay?> Look(CancellationToken cancellation) =>
        (await store.Find(cancellation))?.Value is { } latest ? Standing(latest) : null;

    /// <param name="drafts">Files of the shop (path within its folder) with other texts than they have; those that are
    /// as they are count for nothing.</param>
    public async Task<Begun> Begin(
        int days, IReadOnlyDictionary<string, string> drafts, string by, CancellationToken cancellation)
    {
        drafts = await run.Changed(drafts);
        if (await run.Mistakes(drafts) is { Count: > 0 } mistakes) return new Begun.Mistaken(mistakes);
        while (true)
        {
            var before = await store.Find(cancellation);
            if (before is not null && Standing(before.Value).IsRunning) return new Begun.Busy();
            var replay = new Replay
            {
                Id = Guid.NewGuid().ToString("N"),
                By = by,
                StartedAt = time.GetUtcNow(),
                Days = days,
                Drafts = drafts,
                At = wall.GetUtcNow(),
                Process = Here,
            };
            if (!await store.Put(replay, before, cancellation)) continue;
            Go(replay);
            return new Begun.Now(replay);
        }
    }

    /// <summary>Ends the one that is played; it as it stands, null: nobody ever asked for one.</summary>
    public async Task<Replay?> CallOff(CancellationToken cancellation)
    {
        if (await Look(cancellation) is not { IsRunning: true } running) return await Look(cancellation);
        await store.Change(
            running.Id, latest => latest.IsRunning ? latest with { IsCalledOff = true } : latest, cancellation);
        if (under is { } played && played.Id == running.Id)
        {
            played.IsCalledOff = true;
            played.Cancel();
            await played.Work.WaitAsync(Beat, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await Look(cancellation);
    }

    private Replay Standing(Replay latest) =>
        latest.Standing(wall.GetUtcNow(), Here, under?.Id == latest.Id, options.IsSingleProcess);

    private void Go(Replay replay)
    {
        var played = new Under(replay.Id);
        under = played;
        // Not a part of the request that asked for it.
        using var alone = ExecutionContext.SuppressFlow();
        played.Work = Task.Run(() => Work(replay, played));
    }

    private async Task Work(Replay replay, Under played)
    {
        using var over = played;
        using var quiet = Quiet.Begin();
        var beating = BeatUntil(played);
        var ended = await Outcome(replay, played);
        played.Cancel();
        await beating;
        try
        {
            await store.Change(replay.Id, latest => ended with
            {
                Told = played.Progress.Told,
                Of = played.Progress.Of,
                At = wall.GetUtcNow(),
                EndedAt = time.GetUtcNow(),
                IsCalledOff = latest.IsCalledOff,
            });
        }
        // Whatever it is: unwritten it stands as cut off.
        catch (Exception failure) when (failure is not OutOfMemoryException) { LogFailed(failure); }
        if (under == played) under = null;
    }

    private async Task<Replay> Outcome(Replay replay, Under played)
    {
        try
        {
            var report = await run.Play(replay, played.Progress, played.Cancelled);
            return replay with { Stage = ReplayStage.Done, Report = report };
        }
        catch (OperationCanceledException)
        {
            return replay with { Stage = played.IsCalledOff ? ReplayStage.Cancelled : ReplayStage.CutOff };
        }
        // Said where it was asked for, and in the log.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure);
            return replay with { Stage = ReplayStage.Failed, Because = failure.Message };
        }
    }

    /// <summary>Says how far it is, and listens whether another process was asked to end it.</summary>
    private async Task BeatUntil(Under played)
    {
        using var timer = new PeriodicTimer(Beat, wall);
        try
        {
            while (await timer.WaitForNextTickAsync(played.Cancelled))
            {
                var latest = await store.Change(played.Id, latest => latest with
                {
                    Stage = played.Progress.Stage,
                    Told = played.Progress.Told,
                    Of = played.Progress.Of,
                    At = wall.GetUtcNow(),
                });
                if (latest is not { IsCalledOff: false })
                {
                    played.IsCalledOff = true;
                    played.Cancel();
                }
            }
        }
        catch (OperationCanceledException) { }
        // Whatever it is: it goes on unsaid.
        catch (Exception failure) when (failure is not OutOfMemoryException) { LogFailed(failure); }
    }

    /// <summary>The process ends: what is played is cut off, and says so.</summary>
    public async ValueTask DisposeAsync()
    {
        if (under is not { } played) return;
        played.Cancel();
        await played.Work;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the shop's last days could not be played again")]
    private partial void LogFailed(Exception failure);
}
