using System.Text;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What every queue engine must do.</summary>
public abstract class QueueContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected QueueClient Queue { get; private set; } = null!;

    /// <summary>A client of the engine's queue of this name.</summary>
    protected abstract QueueClient Open(string queueName);

    /// <summary>Lets this much of the engine's time go by.</summary>
    protected abstract Task Pass(TimeSpan time);

    public async Task InitializeAsync()
    {
        Queue = Open("q-" + Guid.NewGuid().ToString("N"));
        await Queue.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    protected static string[] Texts(IEnumerable<QueueMessage> messages) => [.. messages.Select(message => Encoding.UTF8.GetString(message.Body.Span))];

    private async Task<QueueMessage> ReceiveOne() => Assert.Single(await Queue.ReceiveMessagesAsync(1, Lease));

    [Fact]
    public async Task A_message_comes_out_as_it_went_in()
    {
        await Queue.SendMessageAsync(Body("ご注文 {\"id\":1}"));
        var message = await ReceiveOne();
        Assert.Equal(["ご注文 {\"id\":1}"], Texts([message]));
        Assert.Equal(1, message.DequeueCount);
        Assert.True(message.InsertedOn > new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_message_may_be_empty()
    {
        await Queue.SendMessageAsync(default);
        Assert.Equal(0, (await ReceiveOne()).Body.Length);
    }

    [Fact]
    public async Task The_oldest_come_first()
    {
        for (var i = 0; i < 50; i++) await Queue.SendMessageAsync(Body($"{i}"));
        Assert.Equal(50, await Queue.GetApproximateMessagesCountAsync());
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), Texts(await Queue.ReceiveMessagesAsync(32, Lease)));
        Assert.Equal(Enumerable.Range(32, 18).Select(i => $"{i}"), Texts(await Queue.ReceiveMessagesAsync(32, Lease)));
        Assert.Empty(await Queue.ReceiveMessagesAsync(32, Lease));
        Assert.Equal(50, await Queue.GetApproximateMessagesCountAsync());
    }

    [Fact]
    public async Task A_message_that_is_held_is_seen_again_when_its_lease_runs_out()
    {
        await Queue.SendMessageAsync(Body("a"));
        var first = await ReceiveOne();
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
        await Pass(Lease);
        var second = await ReceiveOne();
        Assert.Equal((first.MessageId, 2), (second.MessageId, second.DequeueCount));
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_deleting_it_twice_is_a_404()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = await ReceiveOne();
        Assert.Equal(204, (await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)).Status);
        Assert.Equal(404, (await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)).Status);
        Assert.Equal(404, (await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, TimeSpan.Zero)).Status);
        await Pass(Lease);
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
        Assert.Equal(0, await Queue.GetApproximateMessagesCountAsync());
    }

    [Fact]
    public async Task An_old_receipt_is_a_404_and_does_not_disturb_the_new_holder()
    {
        await Queue.SendMessageAsync(Body("a"));
        var old = await ReceiveOne();
        await Pass(Lease);
        var held = await ReceiveOne();
        Assert.Equal(404, (await Queue.DeleteMessageAsync(old.MessageId, old.PopReceipt)).Status);
        Assert.Equal(404, (await Queue.UpdateMessageAsync(old.MessageId, old.PopReceipt, TimeSpan.Zero)).Status);
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
        Assert.Equal(204, (await Queue.DeleteMessageAsync(held.MessageId, held.PopReceipt)).Status);
    }

    [Fact]
    public async Task A_receipt_is_good_after_its_lease_while_nobody_else_took_the_message()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = await ReceiveOne();
        await Pass(Lease);
        Assert.Equal(204, (await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)).Status);
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
    }

    [Fact]
    public async Task A_message_given_back_is_seen_at_once()
    {
        await Queue.SendMessageAsync(Body("old"));
        await Queue.SendMessageAsync(Body("young"));
        var message = await ReceiveOne();
        Assert.Equal(204, (await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, TimeSpan.Zero)).Status);
        var again = await Queue.ReceiveMessagesAsync(2, Lease);
        Assert.Equal([("old", 2), ("young", 1)], again.Select(m => (Texts([m])[0], m.DequeueCount)).Order());
    }

    [Fact]
    public async Task A_lease_can_be_made_longer()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = await ReceiveOne();
        await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, 2 * Lease);
        await Pass(Lease);
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
        await Pass(Lease);
        var again = await ReceiveOne();
        Assert.Equal((2, "a"), (again.DequeueCount, Texts([again])[0]));
    }

    [Fact]
    public async Task A_receipt_stays_good_when_its_lease_is_made_longer()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = await ReceiveOne();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(204, (await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, Lease)).Status);
            await Pass(Lease / 2);
        }
        Assert.Equal(204, (await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)).Status);
        await Pass(Lease);
        Assert.Empty(await Queue.ReceiveMessagesAsync(1, Lease));
    }

    [Fact]
    public async Task A_receipt_is_void_when_its_longer_lease_ran_out_and_another_took_the_message()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = await ReceiveOne();
        await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, Lease);
        await Pass(Lease);
        await ReceiveOne();
        Assert.Equal(404, (await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)).Status);
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_before_its_time()
    {
        await Queue.SendMessageAsync(Body("later"), Lease);
        await Queue.SendMessageAsync(Body("now"));
        Assert.Equal(["now"], Texts(await Queue.ReceiveMessagesAsync(32, 4 * Lease)));
        await Pass(Lease);
        Assert.Equal(["later"], Texts(await Queue.ReceiveMessagesAsync(32, Lease)));
    }

    [Fact]
    public async Task Many_takers_get_each_message_once()
    {
        for (var i = 0; i < 100; i++) await Queue.SendMessageAsync(Body($"{i}"));
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Queue.ReceiveMessagesAsync(5, Lease))));
        Assert.Equal(100, taken.SelectMany(Texts).Distinct().Count());
        var deleted = await Task.WhenAll(taken.SelectMany(m => m).Select(m => Queue.DeleteMessageAsync(m.MessageId, m.PopReceipt)));
        Assert.All(deleted, answer => Assert.Equal(204, answer.Status));
        Assert.Equal(0, await Queue.GetApproximateMessagesCountAsync());
    }

    [Fact]
    public async Task A_body_has_at_most_48_KiB()
    {
        await Queue.SendMessageAsync(new byte[QueueClient.LargestBody]);
        Assert.Equal(QueueClient.LargestBody, (await ReceiveOne()).Body.Length);
        await Assert.ThrowsAsync<ArgumentException>(() => Queue.SendMessageAsync(new byte[QueueClient.LargestBody + 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public Task No_or_too_many_messages_at_a_time_are_refused(int count) =>
        Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.ReceiveMessagesAsync(count, Lease));

    [Fact]
    public async Task Waiting_ends_at_once_while_there_is_something()
    {
        await Queue.SendMessageAsync(Body("a"));
        var waiting = Queue.WaitAsync(TimeSpan.FromDays(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
