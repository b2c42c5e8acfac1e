using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>The table contract on SQLite, and what only SQLite has: restarts.</summary>
public sealed class SqliteTables : TableQueryContract, IDisposable
{
    private readonly TemporaryDatabase file = new();
    private SqliteTableService? service;

    protected override TableService Service => service ??= new SqliteTableService(file.Database);

    public void Dispose() => file.Dispose();

    private Table Restart() => new SqliteTableService(file.Reopen()).GetTable(Table.Name);

    [Fact]
    public async Task After_a_restart_rows_and_their_versions_are_there()
    {
        var version = (await Table.Add(Row("a", "1"))).ETag;
        var table = Restart();
        var row = await table.Find("shop", "a");
        Assert.Equal("1", row!.GetString("value"));
        Assert.Equal(version, row.ETag);
        Assert.True((await table.Update(Row("a", "2"), version)).Done);
    }

    [Fact]
    public async Task After_a_restart_no_old_version_is_given_again()
    {
        var seen = new HashSet<ETag>();
        var table = Table;
        for (var restart = 0; restart < 3; restart++)
        {
            for (var i = 0; i < 5; i++) Assert.True(seen.Add((await table.Upsert(Row("a", $"{i}"))).ETag));
            table = Restart();
        }
    }

    [Fact]
    public async Task A_continuation_token_outlives_a_restart()
    {
        await Table.Submit([.. "abcd".Select(key => new RowAction(RowActionKind.Add, Row($"{key}")))]);
        var query = new TableQuery { PageSize = 3 };
        var first = await Table.QueryPage(query);
        var second = await Restart().QueryPage(query, first.ContinuationToken);
        Assert.Equal("d", Assert.Single(second.Values).RowKey);
    }

    [Fact]
    public Task A_token_from_elsewhere_is_refused() =>
        Assert.ThrowsAsync<FormatException>(async () => await Table.QueryPage(new(), "ab!"));

    [Fact]
    public async Task A_merge_that_grows_too_wide_is_refused_and_keeps_the_row()
    {
        var wide = Row("a");
        for (var i = 0; i < 252; i++) wide.Add($"p{i}", i);
        await Table.Add(wide);
        await Assert.ThrowsAsync<ArgumentException>(() => Table.Upsert(Row("a", "one more")));
        Assert.Null((await Table.Find("shop", "a"))!["value"]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a_b_c")]
    [InlineData("Robert\"; DROP TABLE t_x; --")]
    public void A_table_name_the_cloud_would_refuse_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Open(name));

    [Fact]
    public void The_same_name_is_the_same_table_in_any_case() => Assert.Same(Open("Customers"), Open("customers"));
}
