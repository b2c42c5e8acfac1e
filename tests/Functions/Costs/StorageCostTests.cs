using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Costs;

/// <summary>What our own storage operations are, counted at Azurite; docs/costs.md says the same numbers.</summary>
[Trait("Needs", "Azurite")]
public sealed class StorageCostTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    /// <summary>For one order that starts one journey that sends one mail.</summary>
    private const int Budget = 12;

    [Fact]
    public async Task An_order_that_starts_a_journey_and_sends_a_mail_stays_within_the_budget_of_the_page()
    {
        using var shop = await CountedShop.Open(azurite.ConnectionString);
        var customer = Random.Shared.Next(1_000_000, 1_000_000_000);
        await Order(1, consent: true);   // what a process learns once is not an order's cost
        customer++;
        var (_, stranger, _, _) = await Order(2, consent: true);
        await shop.Index();
        var (door, intake, queue, thanks) = await Order(3);
        var index = await shop.Index();
        var paid = await Hook(3, "orders/paid", order => order["financial_status"] = "paid");
        var sweep = await shop.Sweep();   // before the others' waits end too, whom nobody walks on here
        shop.Pass(TimeSpan.FromDays(1.5));
        var (wait, later) = (await shop.Advance(1), await shop.Advance(1));
        var whole = door + intake + thanks;

        await shop.Sense();
        var (settle, sense) = (await shop.Settle(), await shop.Sense());
        Assert.True(whole.Total <= Budget, $"{whole} is more than {Budget}");
        CostPage.Says(output,
            CostPage.Row("webhook taken in (`OrderWebhook`)", door),
            CostPage.Row("order understood (`OrderIntake`)", intake),
            CostPage.Row("journey begun, one mail sent (`AdvanceJourney`)", thanks),
            CostPage.Row("**one order, one journey, one mail**", whole),
            CostPage.Row("the queue's own: message fetched and deleted", queue),
            CostPage.Row("more where the customer is new", stranger - intake),
            CostPage.Row("another webhook of the same order that changes it", paid),
            CostPage.Row("a customer with a new order indexed (`IndexCustomers`, the run itself included)", index),
            CostPage.Row("a wait's end, one mail sent", wait),
            CostPage.Row("a round said again", later),
            CostPage.Row("one run of `SweepEnrollments`, nothing to do", sweep),
            CostPage.Row("one run of `SettleSends`, nothing to do", settle),
            CostPage.Row("one run of `SenseCustomers`, nothing new", sense));

        async Task<(Operations Door, Operations Intake, Operations Queue, Operations Round)> Order(
            int n, bool consent = false)
        {
            var door = await shop.Post(Created(
                n, "orders/create", consent, order => order["financial_status"] = "pending"));
            var (intake, queue) = await shop.Understand();
            return (door, intake, queue, await shop.Advance());
        }

        async Task<Operations> Hook(int n, string topic, Action<System.Text.Json.Nodes.JsonObject> change)
        {
            var door = await shop.Post(Created(n, topic, false, change));
            return door + (await shop.Understand()).Intake;
        }

        HttpRequestMessage Created(
            int n, string topic, bool consent, Action<System.Text.Json.Nodes.JsonObject> change) =>
            ShopifyOrder.Created(customer, DateTimeOffset.UtcNow, consent, topic, order =>
            {
                (order["id"], order["customer"]!["id"]) = (customer * 10L + n, customer);
                change(order);
            });
    }
}
