using Automation.Storage.Azure;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Azure;

/// <summary>The table contract on Azurite, and what only the wire can break.</summary>
[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureTables(Azurite azurite) : TableQueryContract
{
    private readonly StorageRequests requests = new();
    private TableService? service;

    protected override TableService Service =>
        service ??= new AzureStorage(azurite.ConnectionString, new() { Requests = requests }).Tables;

    [Theory]
    [InlineData("it's", "'quoted'")]
    [InlineData("a b", "100%")]
    [InlineData("a+b", "a&b=c")]
    [InlineData("%2F", "a,b')")]
    [InlineData("", "")]
    [InlineData("..", "~!*$@:;{}[]|^`\"<>")]
    [InlineData("🍵", "お茶 (抹茶)")]
    public async Task Keys_with_characters_that_addresses_treat_specially_come_back(string partitionKey, string rowKey)
    {
        Assert.Equal(204, (await Table.Add(new(partitionKey, rowKey) { { "value", 1 } })).Status);
        Assert.Equal(204, (await Table.Update(new(partitionKey, rowKey) { { "value", 2 } }, ETag.All)).Status);
        var row = await Table.Find(partitionKey, rowKey);
        Assert.Equal(partitionKey, row?.PartitionKey);
        Assert.Equal(rowKey, row?.RowKey);
        Assert.Equal(2, row?.GetInt32("value"));
        var page = await Table.QueryPage(
            new() { PartitionKey = partitionKey, RowKeyFrom = rowKey, RowKeyBelow = rowKey + "!" });
        Assert.Equal(rowKey, Assert.Single(page.Values).RowKey);
        Assert.Equal(204, (await Table.Delete(partitionKey, rowKey)).Status);
    }

    [Fact]
    public async Task Numbers_that_JSON_has_no_word_or_little_room_for_come_back()
    {
        await Table.Add(new("shop", "a") { { "nan", double.NaN }, { "large", 1e300 }, { "small", -4.9e-324 } });
        var row = await Table.Find("shop", "a");
        Assert.Equal([double.NaN, 1e300, -4.9e-324], row!.Select(property => property.Value));
    }

    [Fact]
    public async Task A_transaction_carries_Japanese_text_quotes_and_line_ends_unharmed()
    {
        var text = "「二回目」\r\n--changeset_x--\r\nHTTP/1.1 500 \"{}\" 🍵\u2028";
        await Table.Submit([new(RowActionKind.Add, Row("山田's", text)), new(RowActionKind.Add, Row("b"))]);
        Assert.Equal(text, (await Table.Find("shop", "山田's"))!.GetString("value"));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_an_error_and_not_a_missing_row()
    {
        var missing = Open("nosuchtable");
        foreach (var call in (Func<Task>[])
        [
            async () => await missing.Find("shop", "a"),
            () => missing.Add(Row("a")),
            () => missing.Update(Row("a"), ETag.All),
            () => missing.QueryPage(new()),
            () => missing.Submit([new(RowActionKind.Add, Row("a"))]),
        ])
        {
            var failed = await Assert.ThrowsAnyAsync<global::Azure.RequestFailedException>(call);
            Assert.DoesNotContain("shop", failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task A_token_from_elsewhere_is_refused() =>
        Assert.ThrowsAsync<FormatException>(async () => await Table.QueryPage(new(), "ab!"));

    [Fact]
    public async Task Each_request_is_counted_by_its_kind()
    {
        await Table.Add(Row("a"));
        await Table.Add(Row("a"));
        await Table.Find("shop", "a");
        await Table.Submit([new(RowActionKind.Add, Row("b")), new(RowActionKind.Add, Row("c"))]);
        await foreach (var _ in Table.Query(new() { PageSize = 2 })) { }
        Assert.Equal(
            [("table.add", 2), ("table.create", 1), ("table.get", 1), ("table.query", 2), ("table.transaction", 1)],
            requests.Snapshot().Select(kind => (kind.Key, kind.Value)).Order());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a/../b")]
    public void A_table_name_the_service_would_refuse_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Open(name));
}
