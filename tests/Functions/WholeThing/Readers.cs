using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Storage;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Customers who consented to mails, written straight into the tables.</summary>
internal static class Readers
{
    public static async Task<IReadOnlyList<Customer>> Put(Tables tables, int count, string? tag = null)
    {
        var now = DateTimeOffset.UtcNow;
        Customer[] customers = [.. Enumerable.Range(0, count).Select(n => new Customer
        {
            Id = CustomerId.New(),
            CreatedAt = now,
            FamilyName = $"佐藤{n}",
            Email = $"{tag ?? "reader"}{n}@example.jp",
            Tags = tag is null ? [] : [tag],
            Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, now, "import") },
        })];
        foreach (var shard in customers.GroupBy(customer => customer.Id.Shard))
            foreach (var some in shard.Chunk(100))
                Assert.True((await tables.Customers.SubmitTransactionAsync([.. some.Select(customer => new TableTransactionAction(TableTransactionActionType.Add, CustomerJson.Row(customer)))])).Done);
        return customers;
    }
}
