using System.Globalization;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>One queue: what is on disk is in <see cref="QueueRows"/>, whose turn it is in <see cref="QueueOrder"/>,
/// filled from disk when the queue is first used. A message is taken out of the order before its row is changed and put
/// in after, so two never hold it.</summary>
internal sealed class SqliteQueue(string name, SqliteDatabase database, Era numbers, TimeProvider time) : Queue(name)
{
    private readonly QueueRows rows = new(name);
    private readonly RecentBodies recent = new();
    private readonly Lock opening = new();
    private Task? created;
    private QueueOrder? opened;

    private readonly (long Ticks, long Stamp) began = (time.GetUtcNow().UtcTicks, time.GetTimestamp());

    /// <summary>For what is in memory: goes on evenly, also where the clock is set meanwhile.</summary>
    private long Now => began.Ticks + time.GetElapsedTime(began.Stamp).Ticks;

    /// <summary>For what a later process reads.</summary>
    private long Wall => time.GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override Task CreateIfMissing(CancellationToken cancellation = default) =>
        created is { IsCompletedSuccessfully: true } done ? done : created = database.Write(rows.Create);

    /// <inheritdoc/>
    public override async Task Send(
        ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default, CancellationToken cancellation = default)
    {
        QueueRules.CheckBody(body);
        var order = Open(cancellation);
        var (id, wall, visibleAt) = (numbers.Next(), Wall, HiddenUntil(visibilityTimeout, Now));
        var kept = new MessageBody(wall, body.ToArray());
        await database.Write(db => rows.Insert(db, id, HiddenUntil(visibilityTimeout, wall), kept));
        if (visibleAt == 0) recent.Keep(id, kept);
        order.Add(id, visibleAt, Now);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<QueuedMessage>> Receive(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        QueueRules.CheckReceive(maxMessages, visibilityTimeout);
        var order = Open(cancellation);
        var now = Now;
        var messages = order.Take(maxMessages, HiddenUntil(visibilityTimeout, now), now, numbers);
        if (messages.Count == 0) return [];
        try
        {
            if (messages.Exists(message => message.DequeueCount > 1))
                await database.Write(db => rows.Take(db, messages));
            return Bodies(messages);
        }
        catch
        {
            order.PutBack(messages, Now);
            throw;
        }
    }

    /// <summary>The messages with their bodies; one that is gone (its lease ran out and another deleted it) is left
    /// out.</summary>
    private List<QueuedMessage> Bodies(List<LeasedMessage> messages)
    {
        var bodies = messages.ConvertAll(message => recent.Take(message.Id));
        if (bodies.Contains(null)) database.Read(db =>
        {
            for (var i = 0; i < bodies.Count; i++) bodies[i] ??= rows.Body(db, messages[i].Id);
            return true;
        });
        var read = new List<QueuedMessage>(messages.Count);
        for (var i = 0; i < bodies.Count; i++)
            if (bodies[i] is { } body) read.Add(new QueuedMessage
            {
                Id = $"{messages[i].Id}",
                Receipt = $"{messages[i].Receipt}",
                Body = body.Bytes,
                DequeueCount = messages[i].DequeueCount,
                InsertedOn = new DateTimeOffset(body.Inserted, TimeSpan.Zero),
            });
        return read;
    }

    /// <inheritdoc/>
    public override Task<WriteResult> Delete(
        string messageId, string popReceipt, CancellationToken cancellation = default) =>
        Delete(messageId, popReceipt, Open(cancellation), database.Write);

    /// <inheritdoc/>
    public override Task<WriteResult> DeleteUnhurried(string messageId, string popReceipt) =>
        Delete(messageId, popReceipt, Open(CancellationToken.None), database.WriteUnhurried);

    private async Task<WriteResult> Delete(
        string messageId, string popReceipt, QueueOrder order, Func<Action<SqliteConnection>, Task> write)
    {
        if (!TryNumbers(messageId, popReceipt, out var id, out var receipt)
            || !order.Remove(id, receipt, out var dequeueCount)) return new WriteResult(404);
        try
        {
            await write(db => rows.Delete(db, id));
            return new WriteResult(204);
        }
        catch
        {
            order.Restore(id, receipt, dequeueCount, Now);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<WriteResult> ChangeVisibility(
        string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        var order = Open(cancellation);
        var now = Now;
        var until = HiddenUntil(visibilityTimeout, now);
        if (!TryNumbers(messageId, popReceipt, out var id, out var receipt) || !order.Hide(id, receipt, until, now))
            return new WriteResult(404);
        var shows = HiddenUntil(visibilityTimeout, Wall);
        await database.Write(db => rows.Delay(db, id, shows));
        return new WriteResult(204);
    }

    /// <inheritdoc/>
    public override Task<int> ApproximateCount(CancellationToken cancellation = default) =>
        Task.FromResult(Open(cancellation).Count);

    /// <inheritdoc/>
    public override async Task Wait(TimeSpan atMost, CancellationToken cancellation = default)
    {
        var order = Open(cancellation);
        var end = Now + Math.Min(atMost.Ticks, QueueRules.LongestHiding.Ticks);
        while (Now is var now && now < end && order.Wait(now, out var showsAt) is { } waiter)
        {
            await using var timer = time.CreateTimer(
                _ => waiter.TrySetResult(), null, UpTo(Math.Min(end, showsAt) - now), Timeout.InfiniteTimeSpan);
            await using var cancelling = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
            try { await waiter.Task; }
            finally { order.Forget(waiter); }
        }
    }

    /// <summary>The order, read from disk at the queue's first use in this process: what an earlier one held is visible
    /// again.</summary>
    private QueueOrder Open(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Volatile.Read(ref opened) is { } order) return order;
        lock (opening) return opened ??= new QueueOrder([.. database.Read(rows.All).Select(InMemory)], Now);
    }

    private StoredMessage InMemory(StoredMessage stored) =>
        stored.VisibleAt == 0 ? stored : stored with { VisibleAt = stored.VisibleAt - Wall + Now };

    private static long HiddenUntil(TimeSpan timeout, long now) =>
        QueueRules.Hiding(timeout) == TimeSpan.Zero ? 0 : now + timeout.Ticks;

    /// <summary>Rounded up to whole milliseconds: a timer drops the fraction and would ring too early, again and
    /// again.</summary>
    private static TimeSpan UpTo(long ticks) =>
        TimeSpan.FromMilliseconds(Math.Min(ticks / TimeSpan.TicksPerMillisecond + 1, int.MaxValue));

    private static bool TryNumbers(string messageId, string popReceipt, out long id, out long receipt)
    {
        receipt = 0;
        return long.TryParse(messageId, CultureInfo.InvariantCulture, out id)
            && long.TryParse(popReceipt, CultureInfo.InvariantCulture, out receipt) && receipt != 0;
    }
}
