using System.Text;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What every queue engine must do.</summary>
public abstract class QueueContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected Queue Queue { get; private set; } = null!;

    /// <summary>A client of the engine's queue of this name.</summary>
    protected abstract Queue Open(string queueName);

    /// <summary>Lets this much of the engine's time go by.</summary>
    protected abstract Task Pass(TimeSpan time);

    public async Task InitializeAsync()
    {
        Queue = Open("q-" + Guid.NewGuid().ToString("N"));
        await Queue.CreateIfMissing();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    protected static string[] Texts(IEnumerable<QueuedMessage> messages) =>
        [.. messages.Select(message => Encoding.UTF8.GetString(message.Body.Span))];

    private async Task<QueuedMessage> ReceiveOne() => Assert.Single(await Queue.Receive(1, Lease));

    [Fact]
    public async Task A_message_comes_out_as_it_went_in()
    {
        await Queue.Send(Body("ご注文 {\"id\":1}"));
        var message = await ReceiveOne();
        Assert.Equal(["ご注文 {\"id\":1}"], Texts([message]));
        Assert.Equal(1, message.DequeueCount);
        Assert.True(message.InsertedOn > new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_message_may_be_empty()
    {
        await Queue.Send(default);
        Assert.Equal(0, (await ReceiveOne()).Body.Length);
    }

    [Fact]
    public async Task The_oldest_come_first()
    {
        for (var i = 0; i < 50; i++) await Queue.Send(Body($"{i}"));
        Assert.Equal(50, await Queue.ApproximateCount());
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), Texts(await Queue.Receive(32, Lease)));
        Assert.Equal(Enumerable.Range(32, 18).Select(i => $"{i}"), Texts(await Queue.Receive(32, Lease)));
        Assert.Empty(await Queue.Receive(32, Lease));
        Assert.Equal(50, await Queue.ApproximateCount());
    }

    [Fact]
    public async Task A_message_that_is_held_is_seen_again_when_its_lease_runs_out()
    {
        await Queue.Send(Body("a"));
        var first = await ReceiveOne();
        Assert.Empty(await Queue.Receive(1, Lease));
        await Pass(Lease);
        var second = await ReceiveOne();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, second.DequeueCount);
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_deleting_it_twice_is_a_404()
    {
        await Queue.Send(Body("a"));
        var message = await ReceiveOne();
        Assert.Equal(204, (await Queue.Delete(message.Id, message.Receipt)).Status);
        Assert.Equal(404, (await Queue.Delete(message.Id, message.Receipt)).Status);
        Assert.Equal(404, (await Queue.ChangeVisibility(message.Id, message.Receipt, TimeSpan.Zero)).Status);
        await Pass(Lease);
        Assert.Empty(await Queue.Receive(1, Lease));
        Assert.Equal(0, await Queue.ApproximateCount());
    }

    [Fact]
    public async Task An_old_receipt_is_a_404_and_does_not_disturb_the_new_holder()
    {
        await Queue.Send(Body("a"));
        var old = await ReceiveOne();
        await Pass(Lease);
        var held = await ReceiveOne();
        Assert.Equal(404, (await Queue.Delete(old.Id, old.Receipt)).Status);
        Assert.Equal(404, (await Queue.ChangeVisibility(old.Id, old.Receipt, TimeSpan.Zero)).Status);
        Assert.Empty(await Queue.Receive(1, Lease));
        Assert.Equal(204, (await Queue.Delete(held.Id, held.Receipt)).Status);
    }

    [Fact]
    public async Task A_receipt_is_good_after_its_lease_while_nobody_else_took_the_message()
    {
        await Queue.Send(Body("a"));
        var message = await ReceiveOne();
        await Pass(Lease);
        Assert.Equal(204, (await Queue.Delete(message.Id, message.Receipt)).Status);
        Assert.Empty(await Queue.Receive(1, Lease));
    }

    [Fact]
    public async Task A_message_given_back_is_seen_at_once()
    {
        await Queue.Send(Body("old"));
        await Queue.Send(Body("young"));
        var message = await ReceiveOne();
        Assert.Equal(204, (await Queue.ChangeVisibility(message.Id, message.Receipt, TimeSpan.Zero)).Status);
        var again = await Queue.Receive(2, Lease);
        Assert.Equal([("old", 2), ("young", 1)], again.Select(m => (Texts([m])[0], m.DequeueCount)).Order());
    }

    [Fact]
    public async Task A_lease_can_be_made_longer()
    {
        await Queue.Send(Body("a"));
        var message = await ReceiveOne();
        await Queue.ChangeVisibility(message.Id, message.Receipt, 2 * Lease);
        await Pass(Lease);
        Assert.Empty(await Queue.Receive(1, Lease));
        await Pass(Lease);
        var again = await ReceiveOne();
        Assert.Equal(2, again.DequeueCount);
        Assert.Equal("a", Texts([again])[0]);
    }

    [Fact]
    public async Task A_receipt_stays_good_when_its_lease_is_made_longer()
    {
        await Queue.Send(Body("a"));
        var message = await ReceiveOne();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(204, (await Queue.ChangeVisibility(message.Id, message.Receipt, Lease)).Status);
            await Pass(Lease / 2);
        }
        Assert.Equal(204, (await Queue.Delete(message.Id, message.Receipt)).Status);
        await Pass(Lease);
        Assert.Empty(await Queue.Receive(1, Lease));
    }

    [Fact]
    public async Task A_receipt_is_void_when_its_longer_lease_ran_out_and_another_took_the_message()
    {
        await Queue.Send(Body("a"));
        var message = await ReceiveOne();
        await Queue.ChangeVisibility(message.Id, message.Receipt, Lease);
        await Pass(Lease);
        await ReceiveOne();
        Assert.Equal(404, (await Queue.Delete(message.Id, message.Receipt)).Status);
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_before_its_time()
    {
        await Queue.Send(Body("later"), Lease);
        await Queue.Send(Body("now"));
        Assert.Equal(["now"], Texts(await Queue.Receive(32, 4 * Lease)));
        await Pass(Lease);
        Assert.Equal(["later"], Texts(await Queue.Receive(32, Lease)));
    }

    [Fact]
    public async Task Many_takers_get_each_message_once()
    {
        for (var i = 0; i < 100; i++) await Queue.Send(Body($"{i}"));
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Queue.Receive(5, Lease))));
        Assert.Equal(100, taken.SelectMany(Texts).Distinct().Count());
        var deleted = await Task.WhenAll(taken.SelectMany(m => m).Select(m => Queue.Delete(m.Id, m.Receipt)));
        Assert.All(deleted, answer => Assert.Equal(204, answer.Status));
        Assert.Equal(0, await Queue.ApproximateCount());
    }

    [Fact]
    public async Task A_body_has_at_most_48_KiB()
    {
        await Queue.Send(new byte[QueuedMessage.LargestBody]);
        Assert.Equal(QueuedMessage.LargestBody, (await ReceiveOne()).Body.Length);
        await Assert.ThrowsAsync<ArgumentException>(() => Queue.Send(new byte[QueuedMessage.LargestBody + 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public Task No_or_too_many_messages_at_a_time_are_refused(int count) =>
        Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.Receive(count, Lease));

    [Fact]
    public async Task Waiting_ends_at_once_while_there_is_something()
    {
        await Queue.Send(Body("a"));
        var waiting = Queue.Wait(TimeSpan.FromDays(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
