using Automation.Storage.Azure;
using static Automation.Storage.RowActionKind;

namespace Automation.Storage.Tests.Azure;

/// <summary>A write whose answer got lost is repeated by the pipeline; what was done must be told as done, and nothing
/// else.</summary>
[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class LostAnswers(Azurite azurite) : IAsyncLifetime, IDisposable
{
    private readonly Faults network = new(new SocketsHttpHandler());
    private Table ours = null!, others = null!;

    public async Task InitializeAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        ours = new AzureStorage(azurite.ConnectionString, network.Options()).Tables.GetTable(name);
        others = new AzureStorage(azurite.ConnectionString).Tables.GetTable(name);
        await ours.CreateIfMissing();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => network.Dispose();

    private static Row Row(string rowKey, string value = "claimed") => new("shop", rowKey) { { "value", value } };

    private async Task<Row> Stored(string rowKey) => (await others.Find("shop", rowKey))!;

    [Theory]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.DoneButError)]
    public async Task An_add_that_was_done_before_its_answer_got_lost_is_done(Fault fault)
    {
        network.Next(fault);
        var added = await ours.Add(Row("a"));
        Assert.Equal(204, added.Status);
        Assert.Equal((await Stored("a")).ETag, added.ETag);
        Assert.Equal(1, (await Stored("a")).Count);
    }

    [Theory]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Busy)]
    public async Task An_add_that_comes_second_is_a_409_also_when_it_is_repeated_and_the_rows_are_alike(Fault fault)
    {
        await others.Add(Row("a"));
        network.Next(fault);
        Assert.Equal(409, (await ours.Add(Row("a"))).Status);
    }

    [Fact]
    public async Task An_add_that_was_done_and_then_changed_by_another_is_told_as_409_and_not_as_ours()
    {
        network.Next(Fault.AnswerLost);
        network.Meanwhile = () => others.Upsert(Row("a", "theirs"));
        Assert.Equal(409, (await ours.Add(Row("a"))).Status);
        Assert.Equal("theirs", (await Stored("a")).GetString("value"));
    }

    [Theory]
    [InlineData(UpdateMode.Merge)]
    [InlineData(UpdateMode.Replace)]
    public async Task An_update_that_was_done_before_its_answer_got_lost_is_done_with_its_new_version(UpdateMode mode)
    {
        var version = (await ours.Add(Row("a"))).ETag;
        network.Next(Fault.AnswerLost);
        var updated = await ours.Update(Row("a", "sent"), version, mode);
        Assert.Equal(204, updated.Status);
        Assert.Equal((await Stored("a")).ETag, updated.ETag);
        Assert.True((await ours.Update(Row("a", "delivered"), updated.ETag, mode)).Done);
    }

    [Fact]
    public async Task An_update_that_comes_second_is_a_412_also_when_it_is_repeated()
    {
        var version = (await ours.Add(Row("a"))).ETag;
        await others.Update(Row("a", "sent"), version);
        network.Next(Fault.RequestLost);
        Assert.Equal(412, (await ours.Update(Row("a", "sent"), version)).Status);
    }

    [Fact]
    public async Task A_transaction_that_was_done_before_its_answer_got_lost_is_done_with_its_versions()
    {
        await ours.Add(Row("gone"));
        network.Next(Fault.AnswerLost);
        var answer = await ours.Submit([new(Delete, Row("gone")), new(Add, Row("a")), new(UpsertReplace, Row("b"))]);
        Assert.True(answer.Done);
        Assert.Equal([default, (await Stored("a")).ETag, (await Stored("b")).ETag], answer.ETags);
    }

    [Fact]
    public async Task A_row_of_such_a_transaction_that_another_has_changed_since_cannot_be_overwritten_unseen()
    {
        network.Next(Fault.AnswerLost);
        network.Meanwhile = () => others.Upsert(Row("b", "theirs"));
        var answer = await ours.Submit([new(Add, Row("a")), new(Add, Row("b"))]);
        Assert.True(answer.Done);
        Assert.Equal(412, (await ours.Update(Row("b", "ours"), answer.ETags[1])).Status);
    }

    [Fact]
    public async Task A_transaction_that_comes_second_is_refused_also_when_it_is_repeated()
    {
        await others.Submit([new(UpsertMerge, Row("x")), new(Add, Row("a"))]);
        network.Next(Fault.RequestLost);
        var answer = await ours.Submit([new(UpsertMerge, Row("b")), new(Add, Row("a"))]);
        Assert.Equal(409, answer.Status);
        Assert.Equal(1, answer.FailedAction);
        Assert.Null(await others.Find("shop", "b"));
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        network.Next(Fault.Busy, Fault.Throttled, Fault.RequestLost, Fault.Busy);
        Assert.Equal(204, (await ours.Add(Row("a"))).Status);
        network.Next(Fault.BusyInside, Fault.BusyInside);
        Assert.True((await ours.Submit([new(Add, Row("b"))])).Done);
    }

    [Fact]
    public async Task What_fails_again_and_again_throws_and_can_be_tried_later()
    {
        network.Next([.. Enumerable.Repeat(Fault.Busy, 6)]);
        Assert.Equal(
            503, (await Assert.ThrowsAsync<global::Azure.RequestFailedException>(() => ours.Add(Row("a")))).Status);
        Assert.Equal(204, (await ours.Add(Row("a"))).Status);
    }
}
