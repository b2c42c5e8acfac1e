using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>The table contract on SQLite, and what only SQLite has: restarts.</summary>
public sealed class SqliteTables : TableQueryContract, IDisposable
{
    private readonly TemporaryDatabase file = new();
    private SqliteTableServiceClient? service;

    protected override TableServiceClient Service => service ??= new SqliteTableServiceClient(file.Database);

    public void Dispose() => file.Dispose();

    private TableClient Restart() => new SqliteTableServiceClient(file.Reopen()).GetTableClient(Table.Name);

    [Fact]
    public async Task After_a_restart_rows_and_their_versions_are_there()
    {
        var version = (await Table.AddEntityAsync(Row("a", "1"))).ETag;
        var table = Restart();
        var row = await table.GetEntityIfExistsAsync("shop", "a");
        Assert.Equal(("1", version), (row!.GetString("value"), row.ETag));
        Assert.True((await table.UpdateEntityAsync(Row("a", "2"), version)).Done);
    }

    [Fact]
    public async Task After_a_restart_no_old_version_is_given_again()
    {
        var seen = new HashSet<ETag>();
        var table = Table;
        for (var restart = 0; restart < 3; restart++)
        {
            for (var i = 0; i < 5; i++) Assert.True(seen.Add((await table.UpsertEntityAsync(Row("a", $"{i}"))).ETag));
            table = Restart();
        }
    }

    [Fact]
    public async Task A_continuation_token_outlives_a_restart()
    {
        await Table.SubmitTransactionAsync([.. "abcd".Select(key => new TableTransactionAction(TableTransactionActionType.Add, Row($"{key}")))]);
        var query = new TableQuery { PageSize = 3 };
        var first = await Table.QueryPageAsync(query);
        var second = await Restart().QueryPageAsync(query, first.ContinuationToken);
        Assert.Equal("d", Assert.Single(second.Values).RowKey);
    }

    [Fact]
    public Task A_token_from_elsewhere_is_refused() =>
        Assert.ThrowsAsync<FormatException>(async () => await Table.QueryPageAsync(new(), "ab!"));

    [Fact]
    public async Task A_merge_that_grows_too_wide_is_refused_and_keeps_the_row()
    {
        var wide = Row("a");
        for (var i = 0; i < 252; i++) wide.Add($"p{i}", i);
        await Table.AddEntityAsync(wide);
        await Assert.ThrowsAsync<ArgumentException>(() => Table.UpsertEntityAsync(Row("a", "one more")));
        Assert.Null((await Table.GetEntityIfExistsAsync("shop", "a"))!["value"]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a_b_c")]
    [InlineData("Robert\"; DROP TABLE t_x; --")]
    public void A_table_name_the_cloud_would_refuse_is_refused(string name) => Assert.Throws<ArgumentException>(() => Open(name));

    [Fact]
    public void The_same_name_is_the_same_table_in_any_case() => Assert.Same(Open("Customers"), Open("customers"));
}
