using static Automation.Storage.RowActionKind;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What every table engine must do: pages, ranges and entity group transactions. The whole contract: subclass
/// this one.</summary>
public abstract class TableQueryContract : TableLimitsContract
{
    private static RowAction Add(string rowKey, string? value = null) => new(RowActionKind.Add, Row(rowKey, value));

    private async Task<string[]> Keys(TableQuery query)
    {
        var keys = new List<string>();
        await foreach (var row in Table.Query(query)) keys.Add($"{row.PartitionKey}:{row.RowKey}");
        return [.. keys];
    }

    private async Task Fill(params (string PartitionKey, string RowKey)[] rows)
    {
        foreach (var (partitionKey, rowKey) in rows) await Table.Upsert(new(partitionKey, rowKey) { { "is", rowKey } });
    }

    [Fact]
    public async Task A_partition_is_read_in_ordinal_order()
    {
        await Fill(("p", "b"), ("p", "B"), ("p", "10"), ("p", "9"), ("p", ""), ("o", "x"), ("q", "x"));
        Assert.Equal(["p:", "p:10", "p:9", "p:B", "p:b"], await Keys(new() { PartitionKey = "p" }));
    }

    [Fact]
    public async Task A_range_has_its_first_key_and_not_its_last()
    {
        await Fill(("p", "a"), ("p", "b"), ("p", "c"), ("p", "d"), ("r", "b"));
        Assert.Equal(["p:b", "p:c"], await Keys(new() { PartitionKey = "p", RowKeyFrom = "b", RowKeyBelow = "d" }));
        Assert.Equal(["p:c", "p:d"], await Keys(new() { PartitionKey = "p", RowKeyFrom = "bb" }));
        Assert.Equal(["p:a"], await Keys(new() { PartitionKey = "p", RowKeyBelow = "b" }));
    }

    [Fact]
    public async Task A_prefix_finds_what_starts_with_it()
    {
        await Fill(("p", "send|1"), ("p", "send|2"), ("p", "send}"), ("p", "sen"), ("p", "walk|1"));
        Assert.Equal(["p:send|1", "p:send|2"], await Keys(TableQuery.Prefix("p", "send|")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task What_changed_since_a_moment_of_the_tables_clock_is_found_wherever_it_is(int pageSize)
    {
        await Fill(("p", "a"), ("p", "b"), ("q", "a"), ("q", "b"), ("r", "a"));
        // Azurite compares milliseconds
        var moment = (await Table.Find("r", "a"))!.Timestamp!.Value.AddMilliseconds(1);
        while ((await Touch("q", "b")).Timestamp < moment) { }
        var touched = await Touch("p", "a");
        Assert.Equal(["p:a", "q:b"], await Keys(new() { ChangedSince = moment, PageSize = pageSize }));
        Assert.Equal(["p:a"], await Keys(new() { PartitionKey = "p", ChangedSince = moment, PageSize = pageSize }));
        Assert.Equal(["q:b"],
            await Keys(new() { RowKeyFrom = "b", RowKeyBelow = "c", ChangedSince = moment, PageSize = pageSize }));
        Assert.Contains("p:a", await Keys(new() { ChangedSince = touched.Timestamp, PageSize = pageSize }));
        Assert.Empty(await Keys(new() { ChangedSince = touched.Timestamp!.Value.AddSeconds(1), PageSize = pageSize }));

        async Task<Row> Touch(string partitionKey, string rowKey)
        {
            await Table.Upsert(new(partitionKey, rowKey) { { "is", "touched" } });
            return (await Table.Find(partitionKey, rowKey))!;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_give_each_row_once_and_in_order(int pageSize)
    {
        var rows = (from p in Enumerable.Range(0, 3)
                    from r in Enumerable.Range(0, 5)
                    select ($"p{p}", $"r{r}")).ToArray();
        await Fill(rows);
        Assert.Equal(rows.Select(row => $"{row.Item1}:{row.Item2}"), await Keys(new() { PageSize = pageSize }));
        Assert.Equal(["p1:r1", "p1:r2", "p1:r3"],
            await Keys(new() { PartitionKey = "p1", RowKeyFrom = "r1", RowKeyBelow = "r4", PageSize = pageSize }));
        Assert.Equal(["p0:r1", "p0:r2", "p1:r1", "p1:r2", "p2:r1", "p2:r2"],
            await Keys(new() { RowKeyFrom = "r1", RowKeyBelow = "r3", PageSize = pageSize }));
        Assert.Equal(["p0:r4", "p1:r4", "p2:r4"], await Keys(new() { RowKeyFrom = "r4", PageSize = pageSize }));
    }

    [Fact]
    public async Task A_page_is_full_and_says_where_the_next_one_starts()
    {
        await Fill(("p", "a"), ("p", "b"), ("p", "c"));
        var first = await Table.QueryPage(new() { PartitionKey = "p", PageSize = 2 });
        Assert.Equal(2, first.Values.Count);
        Assert.NotNull(first.ContinuationToken);
        await Table.Delete("p", "c");
        await Fill(("p", "d"));
        var second = await Table.QueryPage(new() { PartitionKey = "p", PageSize = 2 }, first.ContinuationToken);
        Assert.Equal("d", Assert.Single(second.Values).RowKey);
        Assert.Null(second.ContinuationToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public Task A_page_of_no_or_too_many_rows_is_refused(int pageSize) =>
        Assert.ThrowsAsync<ArgumentException>(async () => await Table.QueryPage(new() { PageSize = pageSize }));

    [Fact]
    public async Task A_transaction_does_all_its_actions()
    {
        var replaced = (await Table.Add(new("shop", "replaced") { { "old", 1 } })).ETag;
        await Table.Add(new("shop", "merged") { { "old", 1 } });
        await Table.Add(Row("deleted"));
        var answer = await Table.Submit(
        [
            Add("added", "1"),
            new(UpdateReplace, new("shop", "replaced") { { "new", 2 } }, replaced),
            new(UpdateMerge, new("shop", "merged") { { "new", 2 } }, ETag.All),
            new(Delete, new("shop", "deleted")),
            new(UpsertMerge, new("shop", "upserted") { { "new", 2 } }),
            new(UpsertReplace, new("shop", "put") { { "new", 2 } }),
        ]);

        Assert.True(answer.Done);
        Assert.Equal(6, answer.ETags.Count);
        Assert.Equal(default, answer.ETags[3]);
        Assert.Equal(["shop:added", "shop:merged", "shop:put", "shop:replaced", "shop:upserted"],
            await Keys(new() { PartitionKey = "shop" }));
        Assert.Equal(1, (await Table.Find("shop", "replaced"))!.Count);
        var merged = await Table.Find("shop", "merged");
        Assert.Equal(2, merged!.Count);
        Assert.Equal(answer.ETags[2], merged.ETag);
    }

    [Fact]
    public async Task A_transaction_with_one_impossible_action_does_nothing_and_names_it()
    {
        var old = (await Table.Add(Row("there", "1"))).ETag;
        await Table.Upsert(Row("there", "2"));
        (RowAction Action, int Status)[] impossible =
        [
            (Add("there"), 409),
            (new(UpdateMerge, Row("there", "3"), old), 412),
            (new(UpdateReplace, Row("there", "3"), old), 412),
            (new(Delete, Row("there"), old), 412),
            (new(UpdateMerge, Row("missing"), ETag.All), 404),
            (new(Delete, Row("missing")), 404),
        ];
        foreach (var (action, status) in impossible)
        {
            var answer = await Table.Submit([Add("new"), new(UpsertReplace, Row("other")), action, Add("last")]);
            Assert.False(answer.Done);
            Assert.Equal(status, answer.Status);
            Assert.Equal(2, answer.FailedAction);
            Assert.Equal(["shop:there"], await Keys(new() { PartitionKey = "shop" }));
        }
        Assert.Equal("2", (await Table.Find("shop", "there"))!.GetString("value"));
    }

    [Fact]
    public async Task A_transaction_repeated_is_a_409_at_its_first_action()
    {
        RowAction[] actions = [Add("a"), Add("b")];
        Assert.True((await Table.SubmitUnhurried(actions)).Done);
        Assert.Equal(["shop:a", "shop:b"], await Keys(new()));
        foreach (var again in (TransactionResult[])[await Table.Submit(actions), await Table.SubmitUnhurried(actions)])
        {
            Assert.Equal(409, again.Status);
            Assert.Equal(0, again.FailedAction);
        }
    }

    [Fact]
    public async Task A_transaction_has_1_to_100_actions()
    {
        var actions = Enumerable.Range(0, 101).Select(i => Add($"{i:000}")).ToArray();
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Submit([]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Submit(actions));
        Assert.Empty(await Keys(new() { PartitionKey = "shop" }));
        var etags = (await Table.Submit(actions[..100])).ETags;
        Assert.Equal(100, etags.Count);
        Assert.DoesNotContain(default, etags);
        Assert.Equal(100, (await Keys(new() { PartitionKey = "shop" })).Length);
    }

    [Fact]
    public async Task A_transaction_stays_in_one_partition_and_touches_a_row_once()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Table.Submit([Add("a"), new(UpsertMerge, new("elsewhere", "b"))]));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Table.Submit([Add("a"), new(UpsertMerge, Row("a"))]));
        Assert.Empty(await Keys(new()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_in_order_go_to_several_tables_and_stop_at_the_first_that_is_refused(bool unhurried)
    {
        var other = Open("other" + Guid.NewGuid().ToString("N"));
        await other.CreateIfMissing();
        var version = (await Table.Add(Row("a", "1"))).ETag;

        var done = await WriteInOrder([new(other, Add("a")),
            new(Table, new(UpdateReplace, Row("a", "2"), version)), new(other, new(Delete, Row("a")))]);
        Assert.Equal([true, true, true], done.Select(answer => answer.Done));
        Assert.Equal("2", (await Table.Find("shop", "a"))!.GetString("value"));
        Assert.Equal(done[1].ETag, (await Table.Find("shop", "a"))!.ETag);
        Assert.Null(await other.Find("shop", "a"));

        var stopped = await WriteInOrder([new(other, Add("first")),
            new(Table, new(UpdateReplace, Row("a", "3"), version)), new(other, Add("never"))]);
        Assert.Equal([204, 412], stopped.Select(answer => answer.Status));
        Assert.NotNull(await other.Find("shop", "first"));
        Assert.Null(await other.Find("shop", "never"));

        Task<IReadOnlyList<WriteResult>> WriteInOrder(TableWrite[] writes) =>
            unhurried ? Service.WriteInOrderUnhurried(writes) : Service.WriteInOrder(writes);
    }
}
