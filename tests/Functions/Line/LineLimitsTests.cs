using System.Text.Json;
using Automation.Functions.Tests.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Automation.Functions.Tests.Line.LineHouse;

namespace Automation.Functions.Tests.Line;

/// <summary>What LINE holds back: its rates, the month's messages, and what it refuses.</summary>
public sealed class LineLimitsTests
{
    [Fact]
    public async Task Too_many_requests_wait_a_little_and_go()
    {
        await using var house = await Open(OnlyLine);
        house.Sink.Next = () => LineManner.TooMany;
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        Assert.Equal(SendState.Released, (await house.Only(aoi)).State);
        Assert.Equal(1, house.Sink.Asked);
        house.Sink.Next = () => LineManner.Accept;
        await house.Shop.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(SendState.Accepted, (await house.Only(aoi)).State);
        Assert.Single(house.Sink.Delivered);
    }

    [Fact]
    public async Task Where_the_months_messages_are_used_up_marketing_waits_and_says_so()
    {
        await using var house = await Open(Preferred);
        house.Sink.Limit = 1;
        var (aoi, mika) = (await house.Follower("aoi@example.jp", Aoi), await house.Follower("mika@example.jp", Mika));
        await house.Walk(aoi);
        await house.Walk(mika);
        var held = await house.Only(mika);
        Assert.Equal(SendState.Released, held.State);
        Assert.Equal("LINE 429: the month's messages are used up", held.Reason);
        Assert.Empty(house.Shop.Sent);
        Assert.Contains("used up", Assert.Single(await house.Shop.Attention("stuck")).GetString("Reason"),
            StringComparison.Ordinal);

        house.Sink.Limit = 100;   // a larger plan
        await house.Shop.Pass(TimeSpan.FromHours(1));
        Assert.Equal(SendState.Accepted, (await house.Only(mika)).State);
        Assert.Equal(2, house.Sink.Delivered.Count);
    }

    [Fact]
    public async Task An_orders_message_does_not_wait_for_next_month_where_there_is_a_mail()
    {
        await using var house = await Open(Preferred, "transactional");
        house.Sink.Limit = 0;
        var (aoi, mika) = (await house.Follower("aoi@example.jp", Aoi), await house.Follower("mika@example.jp", Mika));
        await house.Walk(aoi);
        await house.Walk(mika);
        foreach (var customer in (Customer[])[aoi, mika])
            Assert.Equal(("email", SendState.Accepted), (
                (await house.Only(customer)).Channel, (await house.Only(customer)).State));
        Assert.Equal(["aoi@example.jp", "mika@example.jp"], house.Shop.Sent.Select(mail => mail.To));
        Assert.Equal(1, house.Sink.Asked);
    }

    [Fact]
    public async Task An_orders_message_that_can_only_go_by_LINE_is_asked_for_again_every_hour()
    {
        await using var house = await Open(OnlyLine, "transactional");
        house.Sink.Limit = 0;
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        Assert.Equal(SendState.Released, (await house.Only(aoi)).State);
        Assert.Equal(1, house.Sink.Asked);
        await house.Shop.Pass(TimeSpan.FromMinutes(61));
        Assert.Equal(SendState.Released, (await house.Only(aoi)).State);
        Assert.Equal(2, house.Sink.Asked);
        house.Sink.Limit = 1;
        await house.Shop.Pass(TimeSpan.FromMinutes(61));
        Assert.Equal(SendState.Accepted, (await house.Only(aoi)).State);
    }

    [Fact]
    public async Task The_quota_is_asked_at_most_once_an_hour_and_warned_of_from_four_fifths_on()
    {
        await using var house = await Open(OnlyLine);
        (house.Sink.Limit, house.Sink.UsedBefore) = (1000, 799);
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        Assert.Equal(1, house.Sink.QuotaAsked);
        Assert.Empty((await house.Shop.Attention("quota")));
        Assert.Equal(new LineQuota(1000, 799), house.Shop.Can.Get<LineQuotas>().Latest);
        house.Shop.Clock.Now += TimeSpan.FromDays(8);
        await house.Walk(aoi);
        Assert.Equal("LINE: 800 of 1000 messages of this month are used",
            Assert.Single(await house.Shop.Attention("quota")).GetString("Reason"));
        (house.Sink.UsedBefore, house.Shop.Clock.Now) = (0, house.Shop.Clock.Now + TimeSpan.FromDays(8));
        await house.Walk(aoi);
        Assert.Empty(await house.Shop.Attention("quota"));
    }

    [Fact]
    public async Task What_LINE_refuses_is_refused_with_its_words()
    {
        await using var house = await Open(OnlyLine);
        house.Sink.Next = () => LineManner.Refuse;
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        var send = await house.Only(aoi);
        Assert.Equal(SendState.Refused, send.State);
        Assert.StartsWith("LINE 400: The property, 'to'", send.Reason, StringComparison.Ordinal);
    }
}
