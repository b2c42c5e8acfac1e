using Automation.Marketing.Customers;
using Automation.Marketing.Files;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Events;

public sealed class EventDeskTests
{
    private static async Task<bool> Tell(House house, string json)
    {
        var told = false;
        foreach (var happened in CloudEvent.Parse(System.Text.Encoding.UTF8.GetBytes(json)))
            told |= await house.Get<EventIngestion>().Handle(CloudEvent.Parse(happened.Write())[0]);
        return told;
    }

    private const string Placed = """
        {"specversion":"1.0","id":"e1","source":"https://till.example.jp/1","type":"order.placed",
         "time":"2026-11-20T10:00:00+09:00","subject":"email:Taro@example.jp",
         "data":{"id":"90071992547409931234","total":"12800","currency":"JPY",
                 "lines":[{"id":"1","productId":"p1","title":"急須","quantity":1,"price":12800}],
                 "customer":{"familyName":"山田","phone":"090-1111-2222","country":"JP","acceptsMarketing":true}}}
        """;

    [Fact]
    public async Task An_order_told_as_an_event_is_an_order_and_the_same_event_twice_is_one()
    {
        await using var house = await House.Open();
        Assert.True(await Tell(house, Placed));
        Assert.False(await Tell(house, Placed));
        var customer = await house.Customer("email:taro@example.jp");
        Assert.Equal("山田", customer.FamilyName);
        Assert.Equal("+819011112222", customer.Phone);
        Assert.Equal(12800m, Facts.Total(customer.Orders));
        Assert.Equal(ConsentState.Given, customer.Consent["email"].State);
        Assert.Equal(["order.placed", "customer.created", "consent.given"], house.Heard.Select(e => e.Type));
        Assert.Equal("90071992547409931234", house.Seen[0].Order!.Id);
        Assert.NotNull(await house.Orders.Find(house.Heard[0].Order!));
    }

    [Fact]
    public async Task A_fact_without_the_order_adds_to_the_order_also_when_it_comes_first()
    {
        foreach (var shippedFirst in (bool[])[true, false])
        {
            await using var house = await House.Open();
            const string shipped =
                """{"id":"e2","source":"https://till.example.jp/1","type":"order.fulfilled","time":"2026-11-21T10:"""
                + """00:00+09:00","data":{"id":"90071992547409931234"}}""";
            foreach (var told in shippedFirst ? [shipped, Placed] : (string[])[Placed, shipped])
                await Tell(house, told);
            Assert.Equal(["customer.created", "order.fulfilled", "order.placed"],
                house.Heard.Select(e => e.Type).Where(type => type != "consent.given").Order(StringComparer.Ordinal));
            var order = (await house.Orders.Find(house.Heard[0].Order!))!.Value;
            Assert.Equal(12800m, order.Total);
            Assert.Equal(new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.Zero), order.FulfilledAt);
        }
    }

    [Fact]
    public async Task The_shops_own_events_reach_their_customer_with_their_data()
    {
        await using var house = await House.Open();
        await Tell(house,
            """[{"id":"r1","source":"reviews","type":"review.posted","subject":"email:taro@example.jp","data":"""
            + """{"id":"77","stars":5}},"""
            + """{"id":"r2","source":"reviews","type":"review.posted","subject":"member:12"}]""");
        var happened = Assert.Single(house.Heard);
        Assert.Equal("review.posted", happened.Type);
        Assert.Equal(5, happened.Data!["stars"].GetInt32());
        Assert.Equal(["email:taro@example.jp"], (await house.Customer("email:taro@example.jp")).Identities);
        Assert.Null(await house.Customers.FindByIdentity(new("member", "12")));
    }

    [Fact]
    public async Task Consent_and_erasure_can_be_told_as_events()
    {
        await using var house = await House.Open();
        await Tell(house, Placed);
        await Tell(house,
            """{"id":"c1","source":"x","type":"consent.withdrawn","time":"2026-11-21T10:00:00Z","subject":"email:"""
            + """taro@example.jp","data":{"channel":"email"}}""");
        Assert.Equal(ConsentState.Withdrawn, (await house.Customer("email:taro@example.jp")).Consent["email"].State);
        await Tell(house, """{"id":"c2","source":"x","type":"customer.erased","subject":"email:taro@example.jp"}""");
        Assert.Null(await house.Customers.FindByIdentity(new("email", "taro@example.jp")));
    }

    [Theory]
    [InlineData("""{"source":"s","type":"t"}""", "no id")]
    [InlineData("""[{"id":"1","type":"t"}]""", "no source")]
    [InlineData("""{"id":"1","source":"s"}""", "no type")]
    [InlineData("12", "an object")]
    [InlineData("{", "line 1")]
    public void What_is_no_event_says_why(string json, string why) =>
        Assert.Contains(why, Assert.Throws<UnreadableException>(() => CloudEvent.Parse(
            System.Text.Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
}
