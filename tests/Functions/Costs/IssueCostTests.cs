using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Costs;

/// <summary>What an issue and its events cost in our own storage operations, counted at an Azurite without other
/// newsletters; docs/costs.md says the same numbers.</summary>
[Trait("Needs", "Azurite")]
public sealed class IssueCostTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Customers = 3_072, Batch = 20;

    [Fact]
    public async Task An_issue_costs_by_shard_and_chunk_and_an_event_about_three_as_the_page_says()
    {
        using var shop = await CountedShop.Open(azurite.ConnectionString);
        Customer[] readers = [.. await shop.Readers(Customers)];
        await shop.Confirm();
        var opened = await shop.Open();
        var (shard, further) = (new Operations(3, 2, 0), new Operations(2, 2, 0));
        var sent = shard + shard;
        using (var small = await CountedShop.Open(azurite.ConnectionString, chunkSize: 5))
        {
            await small.Send(CustomerId.Shards[0]);   // what a process learns once of an issue
            var (cost, chunks) = await small.Send(CustomerId.Shards[1]);
            Assert.True(chunks > 1, $"{chunks} chunks");
            Assert.Equal(Enumerable.Repeat(further, chunks - 1).Aggregate(shard, (sum, one) => sum + one), cost);
        }
        foreach (var name in CustomerId.Shards.Skip(2))
        {
            var (cost, chunks) = await shop.Send(name);
            Assert.Equal(shard, cost);
            Assert.Equal(1, chunks);
            sent += cost;
        }
        var closed = await shop.Close();
        var minute = await shop.Tick();
        var next = await shop.Tick();
        output.WriteLine($"the first minute {minute}, the whole issue {opened + sent + closed}");

        await shop.Tell(Told("delivered", readers[Batch..(Batch + 1)]));   // the process has heard of the issue
        var (door, delivered) = await shop.Tell(Told("delivered", readers[..Batch]));
        var (_, opens) = await shop.Tell(Told("open", readers[..Batch]));
        await shop.TakeAway(readers);
        CostPage.Says(output,
            CostPage.Row("an issue opened (`OpenIssue`)", opened),
            CostPage.Row("a shard of it, with its first chunk (`SendShard`)", shard),
            CostPage.Row("each further chunk", further),
            CostPage.Row("the issue added up (`CloseIssue`)", closed),
            CostPage.Row("**an issue to 3,072 customers**", opened + sent + closed),
            CostPage.Row("a batch of events taken in (`SendGridWebhook`)", door),
            CostPage.Row("a batch of 20 understood (`EngagementIntake`), each the first of its mail", delivered),
            CostPage.Row("a batch of 20 later events of the same mails", opens),
            CostPage.Row("one run of `NewsletterTick`, nothing due", next));
    }

    private static byte[] Told(string kind, Customer[] readers) =>
        SendGridPost.Batch(
            readers.Select(reader => SendGridPost.Event(kind, CountedShop.SendOf(reader), DateTimeOffset.UtcNow)));
}
