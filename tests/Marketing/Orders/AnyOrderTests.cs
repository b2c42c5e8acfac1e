using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.Marketing.Tests.Orders;

/// <summary>Webhooks come twice, late and in any order, and the process may die at any write: what is known in the end
/// is the same.</summary>
public sealed class AnyOrderTests
{
    [Fact]
    public async Task However_the_webhooks_of_an_order_arrive_the_end_is_the_same()
    {
        await using var house = await House.Open();
        var expected = await End(house, "1000", Webhooks.Life("1000"));
        Assert.Equal("cancelled customer fulfilled paid placed refunded:900", expected.Events);
        var run = 1000;
        Prop.ForAll(Deliveries(Webhooks.Life("1").Length).ToArbitrary(), order =>
        {
            var id = (++run).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var life = Webhooks.Life(id);
            var end = End(house, id, [.. order.Select(at => life[at])]).GetAwaiter().GetResult();
            // Whose first sight is that it was called off is never thanked; what is known of it is the same.
            var over = order.First(at => life[at].Topic.StartsWith("orders/", StringComparison.Ordinal)) is var first
                && life[first].Topic == "orders/cancelled";
            var wanted = over ? expected with { Events = "cancelled" } : expected;
            return (end == wanted).Label($"[{string.Join(' ', order)}]\nwas    {end}\nwanted {wanted}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_write_and_delivered_again_nothing_is_lost_and_nothing_is_another_event(bool after)
    {
        await using var house = await House.Open();
        var expected = await End(house, "1000", Webhooks.Life("1000"));
        house.Storage.Reset();
        await End(house, "1001", Webhooks.Life("1001"));
        var writes = house.Storage.Writes;
        Assert.InRange(writes, 12, 60);
        for (var kill = 0; kill < writes; kill++)
        {
            var id = (kill + 1100).ToString(System.Globalization.CultureInfo.InvariantCulture);
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (kill, after);
            Assert.Equal(expected, await End(house, id, Webhooks.Life(id)));
        }
    }

    [Fact]
    public async Task Four_webhooks_of_one_checkout_at_the_same_time_make_one_customer_and_one_placed()
    {
        await using var house = await House.Open();
        for (var n = 1; n <= 40; n++)
        {
            var id = n.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Task.WhenAll(
                Mine(id)[..4].Select(webhook => Task.Run(() => house.Deliver(webhook.Topic, webhook.Body))));
            var order = (await house.Orders.Find("shopify", id))!.Value;
            Assert.Equal(order.Customer, (await house.Customer($"shopify:9{id}")).Id);
            Assert.Equal(1, Facts.Count((await house.Customer($"email:c{id}@example.jp")).Orders));
        }
        Assert.Equal(40, await House.Count(house.Tables.Customers));
    }

    private static Gen<int[]> Deliveries(int count) =>
        from twice in Gen.Choose(0, count - 1).ArrayOf()
        from shuffled in Gen.Shuffle(Enumerable.Range(0, count).Concat(twice).ToArray())
        select shuffled.ToArray();

    private static (string Topic, string Body)[] Mine(string id) =>
        [.. Webhooks.Life(id).Select(
            webhook => (webhook.Topic, webhook.Body.Replace("\"id\":7001", $"\"id\":9{id}", StringComparison.Ordinal)
                .Replace("hanako@example.jp", $"c{id}@example.jp", StringComparison.OrdinalIgnoreCase)))];

    private sealed record Ending(string Order, string Facts, string Events);

    /// <summary>Delivers until each is taken (a kill is followed by a redelivery), then looks at everything.</summary>
    private static async Task<Ending> End(House house, string id, (string Topic, string Body)[] webhooks)
    {
        var mine = Mine(id).Zip(Webhooks.Life(id)).ToDictionary(pair => pair.Second, pair => pair.First);
        house.Heard.Clear();
        foreach (var webhook in webhooks)
            while (true)
            {
                try
                {
                    await house.Deliver(mine[webhook].Topic, mine[webhook].Body);
                    break;
                }
                catch (KilledException) { /* the queue delivers it again */ }
            }
        var order = (await house.Orders.Find("shopify", id))!.Value;
        var customer = await house.Customer($"email:c{id}@example.jp");
        Assert.Equal(customer.Id, (await house.Customer($"shopify:9{id}")).Id);
        Assert.Equal(customer.Id, order.Customer);
        // Edits and half shipments that were overtaken are not told any more; everything else is, whatever came first.
        var events = house.Heard
            .Where(e => e.Type is not (EventTypes.OrderUpdated or EventTypes.OrderPartiallyFulfilled))
            .Select(e => e.Type == EventTypes.CustomerCreated ? "customer" : e.Id[(e.Id.IndexOf(':', 8) + 1)..])
            .Distinct().Order(StringComparer.Ordinal);
        return new Ending(
            Anonymous(JsonSerializer.Serialize(order with { Customer = null }, CustomerJson.Order), id),
            Anonymous(JsonSerializer.Serialize(
                customer.Orders.Latest.Single(), CustomerJson.Customer.Options.GetTypeInfo(typeof(OrderSummary))), id),
            string.Join(' ', events));
    }

    private static string Anonymous(string text, string id) =>
        text.Replace($"\"id\":\"{id}\"", "\"id\":\"1\"", StringComparison.Ordinal)
            .Replace($"#{id}\"", "#1\"", StringComparison.Ordinal).Replace(
                $"\"shopify:{id}\"", "\"shopify:1\"", StringComparison.Ordinal);
}
