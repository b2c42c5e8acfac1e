using Automation.Storage.Azure;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Azure;

/// <summary>The queue contract on Azurite, whose clock is moved instead of waited for.</summary>
[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureQueues(Azurite azurite) : QueueContract
{
    private readonly StorageRequests requests = new();
    private QueueService? service;

    protected override Queue Open(string queueName) =>
        (service ??= new AzureStorage(
            azurite.ConnectionString, new() { Requests = requests }).Queues).GetQueue(queueName);

    protected override Task Pass(TimeSpan time) => azurite.Pass(time);

    [Fact]
    public async Task A_message_is_there_after_a_year()
    {
        await Queue.Send(Body("a"));
        await Pass(TimeSpan.FromDays(366));
        Assert.Equal(["a"], Texts(await Queue.Receive(1, TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_an_error_and_not_an_empty_one() =>
        await Assert.ThrowsAsync<global::Azure.RequestFailedException>(
            () => Open("nosuchqueue").Receive(1, TimeSpan.FromSeconds(30)));

    [Fact]
    public async Task Each_request_is_counted_by_its_kind()
    {
        await Queue.Send(Body("a"));
        var message = Assert.Single(await Queue.Receive(32, TimeSpan.FromSeconds(30)));
        await Queue.Delete(message.Id, message.Receipt);
        Assert.Equal(
            [("queue.create", 1), ("queue.delete", 1), ("queue.receive", 1), ("queue.send", 1)],
            requests.Snapshot().Select(kind => (kind.Key, kind.Value)).Order());
    }
}
