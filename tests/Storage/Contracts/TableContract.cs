namespace Automation.Storage.Tests.Contracts;

/// <summary>What every table engine must do: rows one by one.</summary>
public abstract class TableContract : IAsyncLifetime
{
    private readonly string name = "t" + Guid.NewGuid().ToString("N");

    protected Table Table { get; private set; } = null!;

    /// <summary>The engine's tables.</summary>
    protected abstract TableService Service { get; }

    protected Table Open(string tableName) => Service.GetTable(tableName);

    public async Task InitializeAsync()
    {
        Table = Open(name);
        await Table.CreateIfMissing();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected static Row Row(string rowKey, string? value = null) => new("shop", rowKey) { { "value", value } };

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var date = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.FromHours(9));
        var guid = Guid.NewGuid();
        await Table.Add(new Row("佐藤", "二回目のお買い物")
        {
            { "text", "ありがとうございます 🍵" }, { "empty", "" }, { "bytes", new byte[] { 0, 1, 255 } }, { "yes", true },
        { "no", false },
            { "int", int.MinValue }, { "long", (1L << 53) + 1 }, { "low", long.MinValue }, { "double", 0.1 },
        { "whole", 2.0 }, { "date", date }, { "guid", guid }, { "none", null },
        });

        var row = await Table.Find("佐藤", "二回目のお買い物");

        Assert.NotNull(row);
        Assert.Equal("佐藤", row.PartitionKey);
        Assert.Equal("二回目のお買い物", row.RowKey);
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
    public async Task A_row_that_is_not_there_is_null() => Assert.Null(await Table.Find("shop", "nobody"));

    [Fact]
    public async Task Creating_the_table_twice_changes_nothing()
    {
        await Table.Add(Row("a", "1"));
        await Table.CreateIfMissing();
        await Open(name).CreateIfMissing();
        Assert.Equal("1", (await Table.Find("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task Adding_a_row_twice_is_a_409_and_keeps_the_first()
    {
        var first = await Table.Add(Row("a", "first"));
        Assert.Equal(204, first.Status);
        Assert.Equal(409, (await Table.Add(Row("a", "second"))).Status);
        var row = await Table.Find("shop", "a");
        Assert.Equal("first", row!.GetString("value"));
        Assert.Equal(first.ETag, row.ETag);
    }

    [Fact]
    public async Task Every_write_gives_the_row_a_new_version()
    {
        var seen = new HashSet<ETag>
        {
            (await Table.Add(Row("a"))).ETag,
            (await Table.Upsert(Row("a"))).ETag,
            (await Table.Update(Row("a"), ETag.All)).ETag,
        };
        await Table.Delete("shop", "a");
        seen.Add((await Table.Add(Row("a"))).ETag);
        Assert.Equal(4, seen.Count);
        Assert.Equal(seen.Last(), (await Table.Find("shop", "a"))!.ETag);
    }

    [Fact]
    public async Task An_update_with_an_old_version_is_a_412_and_changes_nothing()
    {
        var old = (await Table.Add(Row("a", "1"))).ETag;
        Assert.Equal(204, (await Table.Update(Row("a", "2"), old)).Status);
        Assert.Equal(412, (await Table.Update(Row("a", "3"), old)).Status);
        Assert.Equal(412, (await Table.Update(Row("a", "3"), old, UpdateMode.Replace)).Status);
        Assert.Equal(412, (await Table.Delete("shop", "a", old)).Status);
        Assert.Equal("2", (await Table.Find("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task An_update_of_a_missing_row_is_a_404()
    {
        Assert.Equal(404, (await Table.Update(Row("a", "1"), ETag.All)).Status);
        Assert.Equal(404, (await Table.Update(Row("a", "1"), ETag.All, UpdateMode.Replace)).Status);
        Assert.Null(await Table.Find("shop", "a"));
    }

    [Fact]
    public async Task Deleting_twice_is_a_404()
    {
        await Table.Add(Row("a"));
        Assert.Equal(204, (await Table.Delete("shop", "a")).Status);
        Assert.Equal(404, (await Table.Delete("shop", "a")).Status);
        Assert.Null(await Table.Find("shop", "a"));
    }

    [Fact]
    public async Task The_version_of_a_deleted_row_does_not_match_the_row_added_after_it()
    {
        var old = (await Table.Add(Row("a", "1"))).ETag;
        await Table.Delete("shop", "a", old);
        await Table.Add(Row("a", "2"));
        Assert.Equal(412, (await Table.Update(Row("a", "3"), old)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_keeps_what_is_not_named_and_may_change_its_type(bool upsert)
    {
        await Table.Add(new("shop", "a") { { "kept", "yes" }, { "changed", "text" } });
        var change = new Row("shop", "a") { { "changed", 7 }, { "added", true } };
        Assert.Equal(204, (upsert ? await Table.Upsert(change) : await Table.Update(change, ETag.All)).Status);
        var row = await Table.Find("shop", "a");
        Assert.Equal("yes", row!.GetString("kept"));
        Assert.Equal(7, row.GetInt32("changed"));
        Assert.True(row.GetBoolean("added"));
        Assert.Equal(3, row.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replace_drops_what_is_not_named(bool upsert)
    {
        await Table.Add(new("shop", "a") { { "dropped", "yes" }, { "changed", "text" } });
        var change = new Row("shop", "a") { { "changed", 7 } };
        Assert.Equal(204, (upsert ? await Table.Upsert(change, UpdateMode.Replace)
            : await Table.Update(change, ETag.All, UpdateMode.Replace)).Status);
        var row = await Table.Find("shop", "a");
        Assert.Equal(7, row!.GetInt32("changed"));
        Assert.Single(row);
    }

    [Theory]
    [InlineData(UpdateMode.Merge)]
    [InlineData(UpdateMode.Replace)]
    public async Task An_upsert_of_a_missing_row_adds_it(UpdateMode mode)
    {
        Assert.Equal(204, (await Table.Upsert(Row("a", "1"), mode)).Status);
        Assert.Equal("1", (await Table.Find("shop", "a"))!.GetString("value"));
    }

    [Fact]
    public async Task Many_writers_with_versions_never_lose_an_update()
    {
        await Table.Add(new("shop", "counter") { { "count", 0 } });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var row = await Table.Find("shop", "counter");
                var next = new Row("shop", "counter") { { "count", row!.GetInt32("count") + 1 } };
                if ((await Table.Update(next, row.ETag)).Done) done++;
            }
        })));
        Assert.Equal(80, (await Table.Find("shop", "counter"))!.GetInt32("count"));
    }

    [Fact]
    public async Task Of_many_who_claim_the_same_row_one_wins()
    {
        var claims = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => Table.Add(Row("claim", $"{i}")))));
        Assert.Single(claims, claim => claim.Done);
        Assert.Equal(19, claims.Count(claim => claim.Status == 409));
    }
}
