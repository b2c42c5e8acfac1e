using System.Text.Json;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

/// <summary>An event of the shop's own may name the order it is about.</summary>
public sealed class OwnEventTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    private static Buyer Of(string who) => new()
    {
        Identities = [new(Identity.Email, $"{who}@example.jp")],
        Email = $"{who}@example.jp",
        SeenAt = At,
    };

    private static Task Bought(House house, string who, string id) => house.Desk.Handle(
        "till", new SourceEvent.OrderUpserted(
            new Order
            {
                Source = "till",
                Id = id,
                Number = $"#{id}",
                PlacedAt = At,
                UpdatedAt = At,
                Currency = "JPY",
                Total = 1200,
                Lines = [],
            }, Of(who)));

    private static async Task<ShopEvent> Repaired(House house, string who, string? order)
    {
        house.Heard.Clear();
        var data = new Dictionary<string, JsonElement> { ["what"] = JsonSerializer.SerializeToElement("kettle") };
        if (order is not null) data["order"] = JsonSerializer.SerializeToElement(order);
        await house.Desk.Handle("till", new SourceEvent.Happened
        {
            Id = "e1",
            Type = "repair.finished",
            At = At,
            Buyer = Of(who),
            Data = data,
        });
        return Assert.Single(house.Heard, one => one.Type == "repair.finished");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1001", "till:1001")]
    [InlineData("till:1001", "till:1001")]
    [InlineData("other:7", "other:7")]
    [InlineData("9999", "till:9999")]
    public async Task It_is_news_of_the_order_it_names_by_id_alone_or_with_its_source_also_before_that_is_known(
        string? named, string? order)
    {
        await using var house = await House.Open();
        await Bought(house, "aoi", "1001");
        Assert.Equal(order, (await Repaired(house, "aoi", named)).Order);
    }

    [Fact]
    public async Task It_is_no_news_of_somebody_elses_order()
    {
        await using var house = await House.Open();
        await Bought(house, "aoi", "1001");
        var told = await Repaired(house, "ren", "1001");
        Assert.Null(told.Order);
        Assert.Equal("kettle", told.Data!["what"].GetString());
    }
}
