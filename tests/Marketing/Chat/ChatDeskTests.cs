using Automation.Marketing.Chat;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Chat;

public sealed class ChatDeskTests
{
    private static readonly string Id = Conversation.IdOf("line", ChatHouse.User);

    private static Task<DeskOutcome?> Answer(ChatHouse house, string text = "ふたをお送りします。", string form = "f1") =>
        house.Can.GetRequiredService<ChatDesk>().Answer(Id, form, text, "mika", CancellationToken.None);

    private static async Task<ChatHouse> Waiting()
    {
        var house = await ChatHouse.Open();
        await house.Order("1001", "aoi@example.jp", "煎茶", ChatHouse.User);
        await house.Tell(house.Event("follow", ""));
        house.House.Clock.Now += TimeSpan.FromSeconds(1);
        await house.Say("担当者と話したいです");
        house.House.Clock.Now += TimeSpan.FromMinutes(2);
        return house;
    }

    [Fact]
    public async Task A_persons_answer_reaches_the_customer_where_they_asked_once_and_nobody_waits_any_more()
    {
        await using var house = await Waiting();
        Assert.Equal(DeskOutcome.Sent, await Answer(house));
        Assert.Equal(DeskOutcome.Sent, await Answer(house));
        Assert.Equal(
            (2, "push", "ふたをお送りします。"), (house.Line.Delivered.Count, house.Line.Delivered[1].How, house.Latest));
        Assert.Empty(await house.Waiting());
        Assert.Equal("mika", (await house.Talk())[^1].By);
        // The chat answers again.
        await house.Say("ぽぽぽ星人の靴下");
        Assert.Contains("うまく読み取れませんでした", house.Latest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_blocked_the_shop_gets_it_by_mail()
    {
        await using var house = await Waiting();
        house.House.Clock.Now += TimeSpan.FromMinutes(1);
        await house.Tell(house.Event("unfollow", ""));
        Assert.Equal(DeskOutcome.Mailed, await Answer(house));
        Assert.Single(house.Line.Delivered);
        Assert.Contains(house.Mails.Sent, mail => mail.To == "aoi@example.jp"
            && mail.Text.StartsWith("ふたをお送りします。", StringComparison.Ordinal));
        Assert.Empty(await house.Waiting());
    }

    [Fact]
    public async Task What_LINE_does_not_take_just_now_is_handed_in_again_and_is_one_answer()
    {
        await using var house = await Waiting();
        house.Line.Next = () => Manner.AcceptAndCut;
        Assert.Equal(DeskOutcome.Later, await Answer(house));
        Assert.Single(await house.Waiting());
        house.Line.Next = () => Manner.Accept;
        Assert.Equal(DeskOutcome.Sent, await Answer(house));
        Assert.Equal(2, house.Line.Delivered.Count);
        Assert.Empty(await house.Waiting());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public Task Killed_at_any_write_it_is_never_two_mails(bool after) => CrashMatrix.Run(after, async crash =>
    {
        await using var house = await Waiting();
        await house.Tell(house.Event("unfollow", ""));
        await crash.During(house.House.Storage, () => Answer(house));
        await house.Again();
        var outcome = await Answer(house);
        var mails = house.Mails.Sent.Count(mail => mail.To == "aoi@example.jp");
        Assert.Equal(outcome == DeskOutcome.Mailed ? 1 : mails, mails);
        Assert.True(mails <= 1 && (outcome is DeskOutcome.Mailed or DeskOutcome.Unclear), $"{outcome}, {mails} mails");
        Assert.Equal(outcome == DeskOutcome.Mailed ? 0 : 1, (await house.Waiting()).Count);
    });

    [Theory]
    [InlineData(false), InlineData(true)]
    public Task Killed_at_any_write_the_same_form_handed_in_again_is_one_answer(bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await Waiting();
            await crash.During(house.House.Storage, () => Answer(house));
            await house.Again();
            Assert.Equal(DeskOutcome.Sent, await Answer(house));
            Assert.Equal(2, house.Line.Delivered.Count);
            Assert.Empty(await house.Waiting());
        });

    [Fact]
    public async Task Who_cannot_be_reached_at_all_is_said()
    {
        await using var house = await ChatHouse.Open();
        await house.Say("担当者と話したいです");
        house.Line.Next = () => Manner.Refuse;
        Assert.Equal(DeskOutcome.Nowhere, await Answer(house));
        Assert.Single(await house.Waiting());
        Assert.True(await house.Can.GetRequiredService<ChatDesk>().Settle(Id, CancellationToken.None));
        Assert.Empty(await house.Waiting());
        Assert.Null(await house.Can.GetRequiredService<ChatDesk>().Answer(
            "line-0000", "f", "x", "mika", CancellationToken.None));
    }

    [Fact]
    public async Task What_can_be_learnt_is_added_up_and_open_questions_of_one_meaning_stand_together()
    {
        await using var house = await ChatHouse.Open();
        foreach (var (text, user) in ((string, string)[])
        [
            ("金継ぎの修理はお願いできますか", ChatHouse.User), ("金継ぎ修理をしたい", ChatHouse.Other),
            ("送料はいくらですか", ChatHouse.Other), ("ぽぽぽ星人の靴下", ChatHouse.Other),
        ]) await house.Say(text, user);
        await house.Tell(house.Tapped("chat:yes"));
        await house.Say("担当者と話したいです");
        house.House.Clock.Now += TimeSpan.FromMinutes(20);
        await Answer(house);
        var report = await house.Can.GetRequiredService<ChatDesk>().Learn(
            house.House.Clock.Now.AddDays(-30), CancellationToken.None);
        Assert.Equal((1, 3, 1, 1, 0), (report.Answered, report.NotUnderstood, report.HandedOver, report.Helped,
            report.NotHelped));
        Assert.Equal(TimeSpan.FromMinutes(20), report.ToPerson);
        Assert.Equal((2, 1), (report.Open[0].Count, report.Open[1].Count));
        Assert.Contains("金継ぎ修理をしたい", report.Open[0].Ways);
    }

    [Fact]
    public async Task Orders_within_three_days_after_a_conversation_are_counted_once_each()
    {
        await using var house = await ChatHouse.Open();
        // Before it.
        await house.Order("1001", "aoi@example.jp", "煎茶", ChatHouse.User);
        await house.Say("送料はいくらですか");
        await house.Say("送料はいくらですか", ChatHouse.Other);
        var report = await Learned(house);
        Assert.Equal((2, 0), (report.Known, report.OrdersAfter));
        house.House.Clock.Now += TimeSpan.FromDays(1);
        await house.Say("ギフト包装はできますか");
        house.House.Clock.Now += TimeSpan.FromDays(1);
        await house.Order("1002", "aoi@example.jp", "煎茶", ChatHouse.User, daysAgo: 0);
        house.House.Clock.Now += TimeSpan.FromDays(3);
        await house.Order("1003", "aoi@example.jp", "煎茶", ChatHouse.User, daysAgo: 0);
        await house.Order("3001", "mika@example.jp", "煎茶", daysAgo: 0);
        Assert.Equal(1, (await Learned(house)).OrdersAfter);
    }

    private static Task<ChatReport> Learned(ChatHouse house) => house.Can.GetRequiredService<ChatDesk>().Learn(
        house.House.Clock.Now.AddDays(-30), CancellationToken.None);
}
