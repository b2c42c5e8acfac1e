using Automation.Marketing.Chat;
using Automation.Marketing.Privacy;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Chat;

/// <summary>What is kept of a conversation, for whom and how long.</summary>
public sealed class ChatKeepingTests
{
    [Fact]
    public async Task What_was_said_is_shown_to_whose_it_is_and_goes_with_them()
    {
        await using var house = await ChatHouse.Open();
        await house.Order("1001", "aoi@example.jp", "煎茶", ChatHouse.User);
        await house.Say("担当者と話したいです");
        var customer = await house.House.Customer("email:aoi@example.jp");
        var disclosed = await house.Can.GetRequiredService<Disclosure>().Of(customer.Id);
        Assert.Equal("担当者と話したいです", Assert.Single(disclosed!.Chats).Says);
        await house.Can.GetRequiredService<Erasure>().Erase(customer.Id);
        Assert.Equal(0, await House.Count(house.House.Tables.Chats));
        Assert.Empty(await house.Waiting());
    }

    [Fact]
    public async Task A_text_that_was_taken_back_is_not_kept()
    {
        await using var house = await ChatHouse.Open();
        await house.Tell(house.Event("message", ""","message":{"type":"text","id":"m77","text":"送料はいくらですか"}"""));
        await house.Tell(house.Event("unsend", ""","unsend":{"messageId":"m77"}"""));
        var said = Assert.Single(await house.Talk());
        Assert.Null(said.Says);
        Assert.Equal(ReplyKind.Answer, said.Reply.Kind);
    }

    [Fact]
    public async Task What_was_said_long_ago_is_let_go()
    {
        await using var house = await ChatHouse.Open();
        await house.Say("送料はいくらですか");
        house.House.Clock.Now += TimeSpan.FromDays(200);
        await house.Say("賞味期限はどのくらいですか");
        house.House.Clock.Now += TimeSpan.FromDays(200);
        await house.Can.GetRequiredService<RetentionSweep>().Run();
        Assert.Equal("賞味期限はどのくらいですか", Assert.Single(await house.Talk()).Says);
        house.House.Clock.Now += TimeSpan.FromDays(200);
        await house.Can.GetRequiredService<RetentionSweep>().Run();
        Assert.Equal(0, await House.Count(house.House.Tables.Chats));
    }
}
