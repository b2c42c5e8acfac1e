using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;

namespace Automation.Marketing.Tests.Customers;

public sealed class ErasureTests
{
    private const string Redact = """{"shop_id":1,"customer":{"id":7001,"email":"hanako@example.jp","phone":null},"orders_to_redact":[1001,1002]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redact_webhook_killed_anywhere_and_delivered_again_leaves_nothing_of_the_person(bool after)
    {
        for (var kill = 0; ; kill++)
        {
            await using var house = await House.Open();
            await house.Deliver("orders/create", Webhooks.Order("1001", 0, accepts: true));
            var id = (await house.Customer("shopify:7001")).Id;
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (kill, after);
            var killed = false;
            try { await house.Deliver("customers/redact", Redact); }
            catch (KilledException)
            {
                killed = true;
                await house.Deliver("customers/redact", Redact);
            }
            foreach (var table in (TableClient[])[house.Tables.Customers, house.Tables.Identities, house.Tables.Orders, house.Tables.Timeline])
                await foreach (var row in table.QueryAsync(new TableQuery()))
                    foreach (var personal in (string[])["hanako", "佐藤", "花子", "1234567", "checkout\",\"evidence"])
                        Assert.DoesNotContain(personal, $"{row.RowKey} {row.GetString("Doc")}", StringComparison.OrdinalIgnoreCase);
            Assert.Equal("erased", await new Suppressions(house.Tables).Find(new("email", "hanako@example.jp")));
            Assert.Single(house.Heard.Where(e => e.Type == "customer.erased").Select(e => e.Id).Distinct());
            Assert.NotNull((await house.Customers.Find(id))!.Value.ErasedAt);
            if (!killed) return;
        }
    }

    [Fact]
    public async Task Late_webhooks_of_a_redacted_order_find_nobody_and_a_new_order_begins_anew_but_stays_suppressed()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var old = (await house.Customer("shopify:7001")).Id;
        await house.Deliver("customers/redact", Redact);
        house.Heard.Clear();
        await house.Deliver("orders/updated", Webhooks.Order("1001", 5, "paid"));
        await house.Deliver("orders/updated", Webhooks.Order("1002", 5, "paid"));
        Assert.Empty(house.Heard);
        await house.Deliver("orders/create", Webhooks.Order("1003", 9));
        var again = await house.Customer("shopify:7001");
        Assert.NotEqual(old, again.Id);
        Assert.Equal((1, "erased"), (Facts.Count(again.Orders), again.Suppressed["email"]));
    }
}
