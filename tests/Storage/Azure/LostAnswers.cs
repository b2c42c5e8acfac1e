using Automation.Storage.Azure;
using static Automation.Storage.TableTransactionActionType;

namespace Automation.Storage.Tests.Azure;

/// <summary>A write whose answer got lost is repeated by the pipeline; what was done must be told as done, and nothing else.</summary>
[Collection(AzuriteTests.Name)]
public sealed class LostAnswers(Azurite azurite) : IAsyncLifetime, IDisposable
{
    private readonly Faults network = new(new SocketsHttpHandler());
    private TableClient ours = null!, others = null!;

    public async Task InitializeAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        ours = new AzureTableServiceClient(azurite.ConnectionString, network.Options()).GetTableClient(name);
        others = new AzureTableServiceClient(azurite.ConnectionString).GetTableClient(name);
        await ours.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => network.Dispose();

    private static TableEntity Row(string rowKey, string value = "claimed") => new("shop", rowKey) { { "value", value } };

    private async Task<TableEntity> Stored(string rowKey) => (await others.GetEntityIfExistsAsync("shop", rowKey))!;

    [Theory]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.DoneButError)]
    public async Task An_add_that_was_done_before_its_answer_got_lost_is_done(Fault fault)
    {
        network.Next(fault);
        var added = await ours.AddEntityAsync(Row("a"));
        Assert.Equal((204, (await Stored("a")).ETag), (added.Status, added.ETag));
        Assert.Equal(1, (await Stored("a")).Count);
    }

    [Theory]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Busy)]
    public async Task An_add_that_comes_second_is_a_409_also_when_it_is_repeated_and_the_rows_are_alike(Fault fault)
    {
        await others.AddEntityAsync(Row("a"));
        network.Next(fault);
        Assert.Equal(409, (await ours.AddEntityAsync(Row("a"))).Status);
    }

    [Fact]
    public async Task An_add_that_was_done_and_then_changed_by_another_is_told_as_409_and_not_as_ours()
    {
        network.Next(Fault.AnswerLost);
        network.Meanwhile = () => others.UpsertEntityAsync(Row("a", "theirs"));
        Assert.Equal(409, (await ours.AddEntityAsync(Row("a"))).Status);
        Assert.Equal("theirs", (await Stored("a")).GetString("value"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_that_was_done_before_its_answer_got_lost_is_done_with_its_new_version(TableUpdateMode mode)
    {
        var version = (await ours.AddEntityAsync(Row("a"))).ETag;
        network.Next(Fault.AnswerLost);
        var updated = await ours.UpdateEntityAsync(Row("a", "sent"), version, mode);
        Assert.Equal((204, (await Stored("a")).ETag), (updated.Status, updated.ETag));
        Assert.True((await ours.UpdateEntityAsync(Row("a", "delivered"), updated.ETag, mode)).Done);
    }

    [Fact]
    public async Task An_update_that_comes_second_is_a_412_also_when_it_is_repeated()
    {
        var version = (await ours.AddEntityAsync(Row("a"))).ETag;
        await others.UpdateEntityAsync(Row("a", "sent"), version);
        network.Next(Fault.RequestLost);
        Assert.Equal(412, (await ours.UpdateEntityAsync(Row("a", "sent"), version)).Status);
    }

    [Fact]
    public async Task A_transaction_that_was_done_before_its_answer_got_lost_is_done_with_its_versions()
    {
        await ours.AddEntityAsync(Row("gone"));
        network.Next(Fault.AnswerLost);
        var answer = await ours.SubmitTransactionAsync([new(Delete, Row("gone")), new(Add, Row("a")), new(UpsertReplace, Row("b"))]);
        Assert.True(answer.Done);
        Assert.Equal([default, (await Stored("a")).ETag, (await Stored("b")).ETag], answer.ETags);
    }

    [Fact]
    public async Task A_row_of_such_a_transaction_that_another_has_changed_since_cannot_be_overwritten_unseen()
    {
        network.Next(Fault.AnswerLost);
        network.Meanwhile = () => others.UpsertEntityAsync(Row("b", "theirs"));
        var answer = await ours.SubmitTransactionAsync([new(Add, Row("a")), new(Add, Row("b"))]);
        Assert.True(answer.Done);
        Assert.Equal(412, (await ours.UpdateEntityAsync(Row("b", "ours"), answer.ETags[1])).Status);
    }

    [Fact]
    public async Task A_transaction_that_comes_second_is_refused_also_when_it_is_repeated()
    {
        await others.SubmitTransactionAsync([new(UpsertMerge, Row("x")), new(Add, Row("a"))]);
        network.Next(Fault.RequestLost);
        var answer = await ours.SubmitTransactionAsync([new(UpsertMerge, Row("b")), new(Add, Row("a"))]);
        Assert.Equal((409, 1), (answer.Status, answer.FailedAction));
        Assert.Null(await others.GetEntityIfExistsAsync("shop", "b"));
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        network.Next(Fault.Busy, Fault.Throttled, Fault.RequestLost, Fault.Busy);
        Assert.Equal(204, (await ours.AddEntityAsync(Row("a"))).Status);
        network.Next(Fault.BusyInside, Fault.BusyInside);
        Assert.True((await ours.SubmitTransactionAsync([new(Add, Row("b"))])).Done);
    }

    [Fact]
    public async Task What_fails_again_and_again_throws_and_can_be_tried_later()
    {
        network.Next([.. Enumerable.Repeat(Fault.Busy, 6)]);
        Assert.Equal(503, (await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() => ours.AddEntityAsync(Row("a")))).Status);
        Assert.Equal(204, (await ours.AddEntityAsync(Row("a"))).Status);
    }
}
