using Automation.Marketing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Customers who consented to mails, written straight into the tables: as many in each shard.</summary>
internal static class Readers
{
    /// <param name="shards">In the first so many.</param>
    public static async Task<IReadOnlyList<Customer>> Put(
        Tables tables, int count, string? tag = null, int shards = 256)
    {
        var now = DateTimeOffset.UtcNow;
        Customer[] customers = [.. Enumerable.Range(0, count).Select(n => new Customer
        {
            Id = new(CustomerId.Shards[n % shards] + CustomerId.New(now).Value[2..]),
            CreatedAt = now,
            FamilyName = $"佐藤{n}",
            Email = $"{tag ?? "reader"}{n}@example.jp",
            Tags = tag is null ? [] : [tag],
            Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, now, "import") },
        })];
        await Change(tables, customers, RowActionKind.Add);
        return customers;
    }

    /// <summary>For tests that share an account with others.</summary>
    public static Task TakeAway(Tables tables, IReadOnlyList<Customer> customers) =>
        Change(tables, customers, RowActionKind.Delete);

    private static async Task Change(Tables tables, IReadOnlyList<Customer> customers, RowActionKind change)
    {
        foreach (var some in customers.GroupBy(customer => customer.Id.Shard).SelectMany(shard => shard.Chunk(100)))
            Assert.True((await tables.Customers.Submit(
                [.. some.Select(customer => new RowAction(change, CustomerJson.Row(customer), ETag.All))])).Done);
    }
}
