using Automation.Storage.Azure;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Azure;

/// <summary>The queue contract on Azurite, whose clock is moved instead of waited for.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureQueues(Azurite azurite) : QueueContract
{
    private readonly StorageRequests requests = new();
    private AzureQueueServiceClient? service;

    protected override QueueClient Open(string queueName) =>
        (service ??= new AzureQueueServiceClient(azurite.ConnectionString, new AzureStorageOptions { Requests = requests })).GetQueueClient(queueName);

    protected override Task Pass(TimeSpan time) => azurite.Pass(time);

    [Fact]
    public async Task A_message_is_there_after_a_year()
    {
        await Queue.SendMessageAsync(Body("a"));
        await Pass(TimeSpan.FromDays(366));
        Assert.Equal(["a"], Texts(await Queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_an_error_and_not_an_empty_one() =>
        await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() => Open("nosuchqueue").ReceiveMessagesAsync(1, TimeSpan.FromSeconds(30)));

    [Fact]
    public async Task Each_request_is_counted_by_its_kind()
    {
        await Queue.SendMessageAsync(Body("a"));
        var message = Assert.Single(await Queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(30)));
        await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        Assert.Equal((1, 1, 1, 1, 4), (requests["queue.create"], requests["queue.send"], requests["queue.receive"], requests["queue.delete"], requests.Total));
    }
}
