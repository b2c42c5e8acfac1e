using System.Text;
using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Journeys;

/// <summary>A night that is killed anywhere is begun again, and nobody begins a journey twice.</summary>
public sealed class NightTests
{
    private static async Task<House> Open()
    {
        var house = await House.Open();
        house.Clock.Now = new DateTimeOffset(2026, 11, 24, 18, 40, 0, TimeSpan.Zero);
        house.Shop = house.Shop with { Attributes = new Dictionary<string, string> { ["birthday"] = "date" } };
        await house.Get<PublishedJourneys>().Publish(house.Shop, "settings",
        [
            File("birthday", """{ "date": "customer.attributes.birthday", "yearly": true, "at": "10:00" }"""),
            File("vip", """{ "becomes": { "customer.tags": "vip" } }"""),
        ], []);
        return house;

        static JourneyFile File(string id, string trigger)
        {
            var text = $$"""
                { "name": "x", "purpose": "marketing", "reentry": "always", "trigger": {{trigger}},
                  "steps": [ { "do": "wait", "for": "1 day" } ] }
                """;
            var (journey, problems) = JourneyReader.Read(
                $"{id}.json", Encoding.UTF8.GetBytes(text), Files.Names.Unchecked);
            Assert.Empty(problems);
            return new()
            {
                Id = id,
                File = $"{id}.json",
                Source = text,
                Hash = "",
                Journey = journey!,
            };
        }
    }

    private static async Task<Customer> Somebody(House house, string email)
    {
        var met = await house.Customers.Recognise(new Buyer
        {
            Identities = [new("email", email)],
            Email = email,
            SeenAt = house.Clock.Now,
        }, "test", customer => customer with
        {
            Attributes = new Dictionary<string, JsonElement> { ["birthday"] = JsonElement.Parse("\"1990-11-25\"") }
        });
        return met!.Customer;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_anywhere_in_a_night_everybody_begins_once(bool after)
    {
        await using var house = await Open();
        await house.Get<LatenessScan>().Scan();
        var people = new List<Customer>();
        for (var n = 0; n < 3; n++) people.Add(await Somebody(house, $"c{n}@example.jp"));
        foreach (var one in people) await house.Customers.Change(one.Id, has => has with { Tags = ["vip"] });
        for (var kill = 0; kill < 12; kill++)
        {
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (kill, after);
            await Record.ExceptionAsync(() => house.Get<LatenessScan>().Scan());
        }
        house.Storage.Reset();
        await house.Get<LatenessScan>().Scan();
        foreach (var one in people)
            Assert.Equal(
                ["became:vip:1", "date:birthday:2026-11-25"],
                (await house.Get<EnrollmentStore>().Of(one.Id)).Select(walk => walk.Value.Trigger.Id)
                    .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_night_in_which_nothing_comes_writes_nothing()
    {
        await using var house = await Open();
        await Somebody(house, "aoi@example.jp");
        for (var night = 0; night < 2; night++) await house.Get<LatenessScan>().Scan();
        house.Storage.Reset();
        await house.Get<LatenessScan>().Scan();
        Assert.Equal(0, house.Storage.Writes);
    }

    [Fact]
    public async Task How_often_a_product_is_bought_again_is_the_customers_own_from_three_times_on_else_the_shops()
    {
        await using var house = await House.Open();
        async Task Buy(int customer, params int[] days)
        {
            foreach (var day in days)
                await house.Get<ToldOrders>().Import(new Order
                {
                    Source = "shopify",
                    Id = $"{customer}-{day}",
                    Number = "#1",
                    PlacedAt = DateTimeOffset.UnixEpoch.AddDays(day),
                    UpdatedAt = DateTimeOffset.UnixEpoch.AddDays(day),
                    Currency = "JPY",
                    Total = 1,
                    Lines = [new() { ProductId = "tea", Title = "茶", Quantity = 1, Price = 1 }],
                }, new Buyer
                {
                    Identities = [new("email", $"c{customer}@example.jp")],
                    Email = $"c{customer}@example.jp",
                    SeenAt = DateTimeOffset.UnixEpoch,
                });
        }
        await Buy(1, 0, 10, 20);
        await Buy(2, 0, 40, 80, 120);
        await Buy(3, 0);
        await house.Get<LatenessScan>().Scan();
        var shop = await house.Get<Products>().Intervals();
        Assert.Equal(40, shop.Products["shopify:tea"]);
        async Task<double?> Usual(int customer) => Facts.UsualIntervalDays(
            (await house.Customer($"email:c{customer}@example.jp")).Orders, ["shopify:cup", "shopify:tea"],
            shop.Products);
        Assert.Equal([10.0, 40, 40], [await Usual(1), await Usual(2), await Usual(3)]);
        Assert.Null(Facts.UsualIntervalDays(
            (await house.Customer("email:c1@example.jp")).Orders, ["shopify:cup"], shop.Products));
    }
}
