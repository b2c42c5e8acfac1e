namespace Automation.Storage.Tests.Contracts;

/// <summary>What every table engine must do: rows one by one.</summary>
public abstract class TableContract : IAsyncLifetime
{
    private readonly string name = "t" + Guid.NewGuid().ToString("N");

    protected TableClient Table { get; private set; } = null!;

    /// <summary>The engine's tables.</summary>
    protected abstract TableServiceClient Service { get; }

    protected TableClient Open(string tableName) => Service.GetTableClient(tableName);

    public async Task InitializeAsync()
    {
        Table = Open(name);
        await Table.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected static TableEntity Row(string rowKey, string? value = null) => new("shop", rowKey) { { "value", value } };

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var date = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.FromHours(9));
        var guid = Guid.NewGuid();
        await Table.AddEntityAsync(new TableEntity("佐藤", "二回目のお買い物")
        {
            { "text", "ありがとうございます 🍵" }, { "empty", "" }, { "bytes", new byte[] { 0, 1, 255 } }, { "yes", true }, { "no", false },
            { "int", int.MinValue }, { "long", (1L << 53) + 1 }, { "low", long.MinValue }, { "double", 0.1 }, { "whole", 2.0 }, { "date", date }, { "guid", guid }, { "none", null },
        });

        var row = await Table.GetEntityIfExistsAsync("佐藤", "二回目のお買い物");

        Assert.NotNull(row);
        Assert.Equal(("佐藤", "二回目のお買い物"), (row.PartitionKey, row.RowKey));
        Assert.Equal("ありがとうございます 🍵", row["text"]);
        Assert.Equal("", row["empty"]);
        Assert.Equal(new byte[] { 0, 1, 255 }, row.GetBinary("bytes"));
        Assert.Equal(true, row["yes"]);
        Assert.Equal(false, row["no"]);
        Assert.Equal(int.MinValue, Assert.IsType<int>(row["int"]));
        Assert.Equal((1L << 53) + 1, row["long"]);
        Assert.Equal(long.MinValue, row["low"]);
        Assert.Equal(0.1, row["double"]);
        Assert.Equal(2.0, row["whole"]);
        Assert.Equal(date.ToUniversalTime(), row.GetDateTimeOffset("date"));
        Assert.Equal(guid, row["guid"]);
        Assert.Equal(12, row.Count);
        Assert.True(row.Timestamp > new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.NotEqual(default, row.ETag);
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_null() => Assert.Null(await Table.GetEntityIfExistsAsync("shop", "nobody"));

    [Fact]
    public async Task Creating_the_table_twice_changes_nothing()
    {
        await Table.AddEntityAsync(Row("a", "1"));
        await Table.CreateIfNotExistsAsync();
        await Open(name).CreateIfNotExistsAsync();
        Assert.Equal("1", (await Table.GetEntityIfExistsAsync("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task Adding_a_row_twice_is_a_409_and_keeps_the_first()
    {
        var first = await Table.AddEntityAsync(Row("a", "first"));
        Assert.Equal(204, first.Status);
        Assert.Equal(409, (await Table.AddEntityAsync(Row("a", "second"))).Status);
        var row = await Table.GetEntityIfExistsAsync("shop", "a");
        Assert.Equal(("first", first.ETag), (row!.GetString("value"), row.ETag));
    }

    [Fact]
    public async Task Every_write_gives_the_row_a_new_version()
    {
        var seen = new HashSet<ETag>
        {
            (await Table.AddEntityAsync(Row("a"))).ETag,
            (await Table.UpsertEntityAsync(Row("a"))).ETag,
            (await Table.UpdateEntityAsync(Row("a"), ETag.All)).ETag,
        };
        await Table.DeleteEntityAsync("shop", "a");
        seen.Add((await Table.AddEntityAsync(Row("a"))).ETag);
        Assert.Equal(4, seen.Count);
        Assert.Equal(seen.Last(), (await Table.GetEntityIfExistsAsync("shop", "a"))!.ETag);
    }

    [Fact]
    public async Task An_update_with_an_old_version_is_a_412_and_changes_nothing()
    {
        var old = (await Table.AddEntityAsync(Row("a", "1"))).ETag;
        Assert.Equal(204, (await Table.UpdateEntityAsync(Row("a", "2"), old)).Status);
        Assert.Equal(412, (await Table.UpdateEntityAsync(Row("a", "3"), old)).Status);
        Assert.Equal(412, (await Table.UpdateEntityAsync(Row("a", "3"), old, TableUpdateMode.Replace)).Status);
        Assert.Equal(412, (await Table.DeleteEntityAsync("shop", "a", old)).Status);
        Assert.Equal("2", (await Table.GetEntityIfExistsAsync("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task An_update_of_a_missing_row_is_a_404()
    {
        Assert.Equal(404, (await Table.UpdateEntityAsync(Row("a", "1"), ETag.All)).Status);
        Assert.Equal(404, (await Table.UpdateEntityAsync(Row("a", "1"), ETag.All, TableUpdateMode.Replace)).Status);
        Assert.Null(await Table.GetEntityIfExistsAsync("shop", "a"));
    }

    [Fact]
    public async Task Deleting_twice_is_a_404()
    {
        await Table.AddEntityAsync(Row("a"));
        Assert.Equal(204, (await Table.DeleteEntityAsync("shop", "a")).Status);
        Assert.Equal(404, (await Table.DeleteEntityAsync("shop", "a")).Status);
        Assert.Null(await Table.GetEntityIfExistsAsync("shop", "a"));
    }

    [Fact]
    public async Task The_version_of_a_deleted_row_does_not_match_the_row_added_after_it()
    {
        var old = (await Table.AddEntityAsync(Row("a", "1"))).ETag;
        await Table.DeleteEntityAsync("shop", "a", old);
        await Table.AddEntityAsync(Row("a", "2"));
        Assert.Equal(412, (await Table.UpdateEntityAsync(Row("a", "3"), old)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_keeps_what_is_not_named_and_may_change_its_type(bool upsert)
    {
        await Table.AddEntityAsync(new("shop", "a") { { "kept", "yes" }, { "changed", "text" } });
        var change = new TableEntity("shop", "a") { { "changed", 7 }, { "added", true } };
        Assert.Equal(204, (upsert ? await Table.UpsertEntityAsync(change) : await Table.UpdateEntityAsync(change, ETag.All)).Status);
        var row = await Table.GetEntityIfExistsAsync("shop", "a");
        Assert.Equal(("yes", 7, true, 3), (row!.GetString("kept"), row.GetInt32("changed"), row.GetBoolean("added"), row.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replace_drops_what_is_not_named(bool upsert)
    {
        await Table.AddEntityAsync(new("shop", "a") { { "dropped", "yes" }, { "changed", "text" } });
        var change = new TableEntity("shop", "a") { { "changed", 7 } };
        Assert.Equal(204, (upsert ? await Table.UpsertEntityAsync(change, TableUpdateMode.Replace) : await Table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Replace)).Status);
        var row = await Table.GetEntityIfExistsAsync("shop", "a");
        Assert.Equal((7, 1), (row!.GetInt32("changed"), row.Count));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_upsert_of_a_missing_row_adds_it(TableUpdateMode mode)
    {
        Assert.Equal(204, (await Table.UpsertEntityAsync(Row("a", "1"), mode)).Status);
        Assert.Equal("1", (await Table.GetEntityIfExistsAsync("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task Many_writers_with_versions_never_lose_an_update()
    {
        await Table.AddEntityAsync(new("shop", "counter") { { "count", 0 } });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var row = await Table.GetEntityIfExistsAsync("shop", "counter");
                var next = new TableEntity("shop", "counter") { { "count", row!.GetInt32("count") + 1 } };
                if ((await Table.UpdateEntityAsync(next, row.ETag)).Done) done++;
            }
        })));
        Assert.Equal(80, (await Table.GetEntityIfExistsAsync("shop", "counter"))!.GetInt32("count"));
    }

    [Fact]
    public async Task Of_many_who_claim_the_same_row_one_wins()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Table.AddEntityAsync(Row("claim", $"{i}")))));
        Assert.Single(claims, claim => claim.Done);
        Assert.Equal(19, claims.Count(claim => claim.Status == 409));
    }
}
