namespace Automation.Marketing.Tests.Orders;

public sealed class OrderCostTests
{
    [Fact]
    public async Task What_each_case_costs_in_storage_operations()
    {
        await using var house = await House.Open();
        await house.Deliver(
            "orders/create", Webhooks.Order("1000", 0, customer: """{"id":6999,"email":"first@example.jp"}"""));
        Assert.Equal(
            "read Orders, read Identities ×2, read Suppression, write Identities ×2, write Customers, write Orders",
            await Costs(house, "orders/create", Webhooks.Order("1001", 0)));
        Assert.Equal("read Orders, read Identities, read Customers, write Customers, write Orders",
            await Costs(house, "orders/create", Webhooks.Order("1002", 0)));
        Assert.Equal("read Orders, read Customers, write Customers, write Orders",
            await Costs(house, "orders/paid", Webhooks.Order("1002", 1, "paid")));
        Assert.Equal("read Orders", await Costs(house, "orders/updated", Webhooks.Order("1002", 1, "paid")));
    }

    private static async Task<string> Costs(House house, string topic, string body)
    {
        house.Storage.Reset();
        await house.Deliver(topic, body);
        var runs = new List<(string What, int Times)>();
        foreach (var operation in house.Storage.Operations)
            if (runs.Count > 0 && runs[^1].What == operation) runs[^1] = (operation, runs[^1].Times + 1);
            else runs.Add((operation, 1));
        return string.Join(", ", runs.Select(run => run.Times == 1 ? run.What : $"{run.What} ×{run.Times}"));
    }
}
