using System.Collections.Concurrent;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Hosting;

public sealed class QueuePumpTests : IDisposable
{
    private readonly MemoryQueue queue = new();
    private readonly HandTime time = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> parked = [];
    private readonly IntakePriority rush;

    public QueuePumpTests() => rush = new IntakePriority(time);

    public void Dispose() => stopping.Dispose();

    [Fact]
    public async Task What_was_done_is_deleted()
    {
        var done = new ConcurrentBag<string>();
        for (var i = 0; i < 100; i++) queue.Put($"{i}");
        var pump = Begin((message, _) => { done.Add(message.Id); return Task.CompletedTask; });
        await queue.Left(0);
        Assert.Equal(100, done.Distinct().Count());
        await Stop(pump);
    }

    [Fact]
    public async Task What_fails_shows_again_after_growing_pauses_and_is_parked_after_five_attempts()
    {
        var attempts = 0;
        queue.Put("a");
        var pump = Begin((_, _) => { attempts++; throw new HttpRequestException("the provider is away"); });
        await queue.Left(0);
        Assert.Equal(5, attempts);
        Assert.Equal([1, 2, 4, 8], queue.Hidden.Select(h => h.TotalSeconds));
        Assert.Equal(["a: the provider is away"], parked);
        await Stop(pump);
    }

    [Fact]
    public async Task What_cannot_be_read_is_parked_at_once()
    {
        queue.Put("a");
        var pump = Begin((_, _) => throw new InvalidDataException("no JSON at byte 7"));
        await queue.Left(0);
        Assert.Equal(["a: no JSON at byte 7"], parked);
        Assert.Empty(queue.Hidden);
        await Stop(pump);
    }

    [Fact]
    public async Task What_kills_the_process_again_and_again_is_parked_without_another_try()
    {
        queue.Put("a", dequeued: 50);
        var pump = Begin((_, _) => throw new InvalidOperationException("must not be tried"));
        await queue.Left(0);
        Assert.Equal(["a: started 50 times and never finished"], parked);
        await Stop(pump);
    }

    [Fact]
    public async Task What_cannot_be_parked_stays_in_the_queue()
    {
        var tried = new TaskCompletionSource();
        queue.Put("a", dequeued: 50);
        var pump = new QueuePump(
            new(queue, (_, _) => Task.CompletedTask,
                (_, _, _) => { tried.TrySetResult(); throw new IOException("disk full"); }), rush, time,
            NullLogger.Instance).Run(stopping.Token);
        await tried.Task;
        await Stop(pump);
        Assert.Equal(1, await queue.ApproximateCount());
    }

    [Fact]
    public async Task One_failing_message_keeps_nobody_else()
    {
        for (var i = 0; i < 50; i++) queue.Put($"{i}");
        var pump = Begin((message, _) =>
            message.Id == "7" ? throw new InvalidOperationException("only this one") : Task.CompletedTask);
        await queue.Left(0);
        Assert.Equal(["7: only this one"], parked);
        await Stop(pump);
    }

    [Fact]
    public async Task No_more_than_the_limit_are_worked_at_once_and_stopping_finishes_them()
    {
        var (inside, most, done) = (0, 0, 0);
        var full = new TaskCompletionSource();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < 200; i++) queue.Put($"{i}");
        var pump = Begin(async (_, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            lock (full) most = Math.Max(most, now);
            if (now == 24) full.TrySetResult();
            await open.Task;
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref done);
        }, new PumpLimits(AtOnce: 24));
        await full.Task;
        await stopping.CancelAsync();
        Assert.False(pump.IsCompleted);
        open.SetResult();
        await pump;
        Assert.Equal(24, most);
        Assert.Equal(24, done);
    }

    [Fact]
    public async Task The_lease_of_long_work_is_renewed()
    {
        var begun = new TaskCompletionSource();
        var open = new TaskCompletionSource();
        queue.Put("a");
        var pump = Begin(async (_, _) => { begun.SetResult(); await open.Task; });
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(101));
        await queue.Renewed.Task;
        open.SetResult();
        await queue.Left(0);
        await Stop(pump);
    }

    [Fact]
    public async Task Work_waits_while_webhooks_rush_in_but_never_longer_than_a_second()
    {
        var done = new ConcurrentBag<string>();
        List<IntakePriority.Webhook> inside = [.. Enumerable.Range(0, 8).Select(_ => rush.Enter())];
        queue.Put("a");
        var pump = Begin((message, _) => { done.Add(message.Id); return Task.CompletedTask; });
        var held = TimeSpan.Zero;
        while (done.IsEmpty)
        {
            Assert.True(held <= TimeSpan.FromSeconds(1.1), "held longer than a second");
            inside[0].Dispose();
            inside[0] = rush.Enter();
            if (time.Waiting < 2) { await Task.Yield(); continue; }   // the pump is not holding (yet, or any more)
            time.Advance(TimeSpan.FromMilliseconds(10));
            held += TimeSpan.FromMilliseconds(10);
        }
        Assert.True(held >= TimeSpan.FromMilliseconds(900), $"held only {held}");
        await Stop(pump);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_work_means_the_work_is_done_after_the_restart()
    {
        using var data = new TemporaryFolder();
        using (var database = SqliteDatabase.Open(data.File("a.db")))
        {
            var before = new SqliteQueueService(database, TimeProvider.System).GetQueue("orders");
            await before.CreateIfMissing();
            await before.Send("hello"u8.ToArray());
            Assert.Single(await before.Receive(32, TimeSpan.FromMinutes(5)));   // taken, and then the process is gone
        }
        using var again = SqliteDatabase.Open(data.File("a.db"));
        var after = new SqliteQueueService(again, TimeProvider.System).GetQueue("orders");
        var seen = new TaskCompletionSource<long>();
        var pump = new QueuePump(
            new(after, (message, _) => { seen.SetResult(message.DequeueCount); return Task.CompletedTask; }, Park),
            new IntakePriority(TimeProvider.System), TimeProvider.System, NullLogger.Instance).Run(stopping.Token);
        Assert.Equal(2, await seen.Task);
        await Stop(pump);
        Assert.Equal(0, await after.ApproximateCount());
    }

    private Task Begin(QueueFunction run, PumpLimits? limits = null) =>
        Task.Run(() =>
            new QueuePump(new(queue, run, Park), rush, time, NullLogger.Instance, limits).Run(stopping.Token));

    private Task Park(QueuedMessage message, string reason, CancellationToken cancellation)
    {
        parked.Enqueue($"{message.Id}: {reason}");
        return Task.CompletedTask;
    }

    private async Task Stop(Task pump)
    {
        await stopping.CancelAsync();
        await pump;
    }
}
