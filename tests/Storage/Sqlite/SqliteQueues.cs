using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>The queue contract on SQLite, and what only SQLite has: restarts and waking up in the same
/// process.</summary>
public sealed class SqliteQueues : QueueContract, IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TemporaryDatabase file = new();
    private readonly ManualTime clock = new();
    private SqliteQueueService? service;

    protected override Queue Open(string queueName) =>
        (service ??= new SqliteQueueService(file.Database, clock)).GetQueue(queueName);

    protected override Task Pass(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    public void Dispose() => file.Dispose();

    private Queue Restart() => new SqliteQueueService(file.Reopen(), clock).GetQueue(Queue.Name);

    [Fact]
    public async Task After_a_restart_what_was_held_is_seen_at_once_with_its_count_and_old_receipts_are_void()
    {
        await Queue.Send(Body("held"));
        await Queue.Send(Body("waiting"));
        var held = Assert.Single(await Queue.Receive(1, Minute));

        var queue = Restart();

        Assert.Equal(404, (await queue.Delete(held.Id, held.Receipt)).Status);
        var again = await queue.Receive(32, Minute);
        Assert.Equal(["held", "waiting"], Texts(again));
        // the first delivery is counted when a message is sent
        Assert.Equal([2, 2], again.Select(m => m.DequeueCount));
        Assert.Equal(held.InsertedOn, again[0].InsertedOn);
    }

    [Fact]
    public async Task Each_body_comes_as_it_was_sent_from_memory_or_from_the_file_also_a_second_time()
    {
        // 4 MB: more than is kept in memory
        var sent = Enumerable.Range(0, 100).Select(n =>
        {
            var body = new byte[40_000 + n];
            new Random(n).NextBytes(body);
            return body;
        }).ToArray();
        var buffer = new byte[50_000];
        foreach (var body in sent)
        {
            body.CopyTo(buffer, 0);
            await Queue.Send(buffer.AsMemory(0, body.Length));
        }
        for (var delivery = 1; delivery <= 2; delivery++)
        {
            var received = new List<QueuedMessage>();
            while (await Queue.Receive(7, Minute) is { Count: > 0 } some) received.AddRange(some);
            Assert.Equal(sent.Length, received.Count);
            for (var n = 0; n < sent.Length; n++)
                Assert.True(received[n].Body.Span.SequenceEqual(sent[n]), $"body {n} of delivery {delivery}");
            Assert.All(received, message => Assert.Equal(delivery, message.DequeueCount));
            clock.Advance(Minute);
        }
    }

    [Fact]
    public async Task After_a_restart_what_was_delayed_on_purpose_stays_delayed()
    {
        await Queue.Send(Body("updated"));
        await Queue.Send(Body("sent later"), Minute);
        var message = Assert.Single(await Queue.Receive(1, Minute));
        await Queue.ChangeVisibility(message.Id, message.Receipt, 2 * Minute);

        var queue = Restart();

        Assert.Empty(await queue.Receive(32, Minute));
        clock.Advance(Minute);
        Assert.Equal(["sent later"], Texts(await queue.Receive(32, 10 * Minute)));
        clock.Advance(Minute);
        Assert.Equal(2, Assert.Single(await queue.Receive(32, Minute)).DequeueCount);
    }

    [Fact]
    public async Task What_is_tried_again_comes_after_its_pause_though_the_clock_was_put_back_a_day()
    {
        await Queue.Send(Body("failed"));
        await Queue.Send(Body("held"));
        var messages = await Queue.Receive(2, 3 * Minute);
        await Queue.ChangeVisibility(messages[0].Id, messages[0].Receipt, Minute);

        clock.Set(TimeSpan.FromDays(-1));

        Assert.Empty(await Queue.Receive(32, Minute));
        clock.Advance(Minute);
        Assert.Equal(["failed"], Texts(await Queue.Receive(32, 10 * Minute)));
        clock.Advance(2 * Minute);
        Assert.Equal(["held"], Texts(await Queue.Receive(32, Minute)));
    }

    [Fact]
    public async Task Nobody_takes_what_is_held_because_the_clock_was_put_forward()
    {
        await Queue.Send(Body("held"));
        var message = Assert.Single(await Queue.Receive(1, Minute));
        clock.Set(TimeSpan.FromDays(1));
        Assert.Empty(await Queue.Receive(32, Minute));
        Assert.Equal(204, (await Queue.Delete(message.Id, message.Receipt)).Status);
    }

    [Fact]
    public async Task After_a_restart_a_deleted_message_stays_deleted_and_new_ones_come_last()
    {
        await Queue.Send(Body("deleted"));
        await Queue.Send(Body("old"));
        var message = Assert.Single(await Queue.Receive(1, Minute));
        await Queue.Delete(message.Id, message.Receipt);

        var queue = Restart();

        await queue.Send(Body("new"));
        Assert.Equal(["old", "new"], Texts(await queue.Receive(32, Minute)));
    }

    [Fact]
    public async Task A_message_given_back_comes_before_younger_ones()
    {
        await Queue.Send(Body("old"));
        await Queue.Send(Body("young"));
        var message = Assert.Single(await Queue.Receive(1, Minute));
        await Queue.ChangeVisibility(message.Id, message.Receipt, TimeSpan.Zero);
        Assert.Equal(["old", "young"], Texts(await Queue.Receive(2, Minute)));
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_message()
    {
        var waiting = Queue.Wait(Minute);
        Assert.False(waiting.IsCompleted);
        await Queue.Send(Body("a"));
        await waiting.WaitAsync(Patience);
        Assert.Equal(0, clock.Pending);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_when_a_lease_or_a_delay_runs_out()
    {
        await Queue.Send(Body("a"));
        await Queue.Receive(1, Minute);
        var waiting = Queue.Wait(10 * Minute);
        clock.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        await waiting.WaitAsync(Patience);
        Assert.Single(await Queue.Receive(1, Minute));
    }

    [Fact]
    public async Task Waiting_ends_after_its_time_or_when_cancelled_and_leaves_no_timer()
    {
        var waiting = Queue.Wait(Minute);
        clock.Advance(2 * Minute);
        await waiting.WaitAsync(Patience);
        using var stop = new CancellationTokenSource();
        var cancelled = Queue.Wait(Minute, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        Assert.Equal(0, clock.Pending);
    }

    [Fact]
    public async Task A_shorter_delay_wakes_earlier_than_the_one_waited_for()
    {
        var start = clock.GetUtcNow();
        await Queue.Send(Body("long"), 5 * Minute);
        var waiting = Queue.Wait(10 * Minute);
        await Queue.Send(Body("short"), Minute);
        for (var i = 0; !waiting.IsCompleted; i++)
        {
            Assert.InRange(i, 0, 1_000_000);
            if (clock.GetUtcNow() < start + Minute + TimeSpan.FromSeconds(1)) clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(["short"], Texts(await Queue.Receive(32, Minute)));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a--b")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("Orders")]
    [InlineData("a\"b")]
    public void A_queue_name_the_cloud_would_refuse_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Open(name));
}
