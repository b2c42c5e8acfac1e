using Automation.Functions.Http;
using Automation.Marketing.Inbox;
using Automation.Storage.Azure;
using Automation.Storage.Tests.Azure;

namespace Automation.Functions.Tests.AzureHost;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class BodiesTests(Azurite azurite)
{
    [Fact]
    public async Task The_largest_webhook_fits_into_the_account_and_leaves_nothing_behind()
    {
        var table = new AzureStorage(azurite.ConnectionString).Tables.GetTable("Bodies");
        await table.CreateIfMissing();
        var body = new byte[HttpRoutes.LargestBody];
        new Random(7).NextBytes(body);
        await Bodies.Write(table, "large", "one", body);
        Assert.Equal(body, await Bodies.Read(table, "large", "one"));
        await Bodies.Delete(table, "large", "one");
        await foreach (var row in table.Query(new() { PartitionKey = "large" })) Assert.Fail($"{row.RowKey} is left");
    }
}
