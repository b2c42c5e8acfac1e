using Automation.Marketing.Chat;
using Automation.Marketing.Lines;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Chat;

public sealed class ChatServiceTests
{
    private const string Shipping = "送料は全国一律550円です。";

    [Fact]
    public async Task A_question_is_answered_at_once_and_the_same_delivered_again_is_not()
    {
        await using var house = await ChatHouse.Open();
        var asked = house.Text("送料はいくらですか");
        for (var n = 0; n < 3; n++) await house.Tell(asked);
        Assert.StartsWith(Shipping, house.Latest, StringComparison.Ordinal);
        Assert.Equal("reply", Assert.Single(house.Line.Delivered).How);
        var said = Assert.Single(await house.Talk());
        Assert.Equal(("送料はいくらですか", ReplyKind.Answer, ReplyFate.Done), (said.Says, said.Reply.Kind, said.Fate));
        Assert.Null(said.ReplyToken);
        Assert.Contains("\"data\":\"chat:yes\"", house.Line.Delivered[0].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_chat_asks_back_can_be_tapped()
    {
        await using var house = await ChatHouse.Open();
        await house.Tell(house.Tapped("chat:answer:shipping-fee"));
        Assert.StartsWith(Shipping, house.Latest, StringComparison.Ordinal);
        await house.Tell(house.Tapped("chat:no"));
        await house.Tell(house.Tapped("chat:no"));
        Assert.Contains("担当者におつなぎします", house.Latest, StringComparison.Ordinal);
        Assert.Single(await house.Waiting());
    }

    [Theory]
    [InlineData(70, 1, "push")]
    [InlineData(20, 1, "reply")]
    public async Task After_its_minute_the_token_is_left_and_the_reply_is_pushed(int seconds, int requests, string how)
    {
        await using var house = await ChatHouse.Open();
        var asked = house.Text("送料はいくらですか");
        house.House.Clock.Now += TimeSpan.FromSeconds(seconds);
        await house.Tell(asked);
        Assert.Equal((how, requests), (Assert.Single(house.Line.Delivered).How, house.Line.Asked));
    }

    [Fact]
    public async Task A_token_that_LINE_does_not_take_at_the_first_try_was_used_for_nothing_and_the_reply_is_pushed()
    {
        await using var house = await ChatHouse.Open();
        var asked = house.Text("送料はいくらですか").Replace("\"token-0\"", "\"another\"", StringComparison.Ordinal);
        await house.Tell(asked);
        Assert.Equal("push", Assert.Single(house.Line.Delivered).How);
    }

    [Theory]
    [InlineData(nameof(Manner.AcceptAndCut), 2, 1)]
    [InlineData(nameof(Manner.CutUnread), 2, 1)]
    public async Task What_LINE_does_not_answer_is_asked_again_and_goes_once(string manner, int requests, int delivered)
    {
        await using var house = await ChatHouse.Open();
        var first = true;
        house.Line.Next = () => first && !(first = false) ? Enum.Parse<Manner>(manner) : Manner.Accept;
        await house.Say("送料はいくらですか");
        Assert.Equal((requests, delivered), (house.Line.Asked, house.Line.Delivered.Count));
        Assert.Equal(ReplyFate.Done, Assert.Single(await house.Talk()).Fate);
        Assert.Empty(await house.Waiting());
    }

    [Fact]
    public async Task What_LINE_has_no_time_for_comes_again_by_its_key()
    {
        await using var house = await ChatHouse.Open();
        house.Line.Next = () => Manner.TooMany;
        var asked = house.Text("送料はいくらですか");
        await Assert.ThrowsAsync<IOException>(() => house.Tell(asked));
        house.Line.Next = () => Manner.Accept;
        house.House.Clock.Now += TimeSpan.FromHours(2);
        await house.Tell(asked);
        Assert.Equal("push", Assert.Single(house.Line.Delivered).How);
        Assert.Equal(ReplyFate.Done, Assert.Single(await house.Talk()).Fate);
    }

    [Fact]
    public async Task Delivered_twice_at_the_same_moment_and_not_answered_by_LINE_it_is_one_reply()
    {
        await using var house = await ChatHouse.Open();
        var asked = house.Text("送料はいくらですか");
        house.Line.Meanwhile = async () =>
        {
            house.Line.Next = () => Manner.AcceptAndCut;
            await Assert.ThrowsAsync<IOException>(() => house.Tell(asked));
            house.Line.Next = () => Manner.Accept;
        };
        await Assert.ThrowsAsync<IOException>(() => house.Tell(asked));
        await house.Tell(asked);
        Assert.Equal("reply", Assert.Single(house.Line.Delivered).How);
        Assert.Equal(ReplyFate.Done, Assert.Single(await house.Talk()).Fate);
    }

    [Theory]
    [InlineData(nameof(Manner.UsedUp), "the month's messages are used up")]
    [InlineData(nameof(Manner.Refuse), "The request body")]
    public async Task What_LINE_refuses_is_named_where_people_look(string manner, string reason)
    {
        await using var house = await ChatHouse.Open();
        house.Line.Next = () => Enum.Parse<Manner>(manner);
        var asked = house.Text("送料はいくらですか");
        house.House.Clock.Now += TimeSpan.FromMinutes(5);
        await house.Tell(asked);
        Assert.Equal(ReplyFate.Lost, Assert.Single(await house.Talk()).Fate);
        Assert.Contains(reason, Assert.Single(await house.Waiting()).GetString("Reason"), StringComparison.Ordinal);
    }

    /// <summary>Of every kind of message: an answer, a hand-over, an opt-out.</summary>
    [Theory]
    [InlineData("送料はいくらですか", false), InlineData("送料はいくらですか", true)]
    [InlineData("担当者と話したい", false), InlineData("担当者と話したい", true)]
    [InlineData("配信停止", false), InlineData("配信停止", true)]
    public Task Killed_at_any_write_no_question_is_lost_and_none_answered_twice(string text, bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await ChatHouse.Open();
            await house.Tell(house.Event("follow", ""));
            var asked = house.Text(text);
            await crash.During(house.House.Storage, () => house.Tell(asked));
            await house.Again();
            house.House.Clock.Now += TimeSpan.FromSeconds(10);
            await house.Tell(asked);
            await house.Tell(asked);
            Assert.Single(house.Line.Delivered);
            Assert.Equal(ReplyFate.Done, Assert.Single(await house.Talk()).Fate);
            if (text == "配信停止")
                Assert.Equal(
                    ConsentState.Withdrawn,
                    (await house.House.Customer($"line:{ChatHouse.User}")).Consent["line"].State);
            Assert.Equal(text == "担当者と話したい" ? 1 : 0, (await house.Waiting()).Count);
        });

    [Theory]
    [InlineData(false), InlineData(true)]
    public Task Killed_and_back_after_the_tokens_time_it_goes_once_or_is_named(bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await ChatHouse.Open();
            var asked = house.Text("送料はいくらですか");
            await crash.During(house.House.Storage, () => house.Tell(asked));
            await house.Again();
            house.House.Clock.Now += TimeSpan.FromMinutes(9);
            await house.Tell(asked);
            var said = Assert.Single(await house.Talk());
            Assert.True(house.Line.Delivered.Count <= 1);
            Assert.NotEqual(ReplyFate.Decided, said.Fate);
            if (said.Fate == ReplyFate.Uncertain) Assert.Single(await house.Waiting());
            else Assert.Single(house.Line.Delivered);
        });

    [Fact]
    public async Task Opting_out_acts_at_once_on_the_channel_it_was_said_on()
    {
        await using var house = await ChatHouse.Open();
        await house.Order("1001", "aoi@example.jp", "煎茶", ChatHouse.User);
        await house.Tell(house.Event("follow", ""));
        house.House.Clock.Now += TimeSpan.FromMinutes(1);
        await house.Say("もうお知らせはいりません");
        var customer = await house.House.Customer($"line:{ChatHouse.User}");
        Assert.Equal((ConsentState.Withdrawn, "chat"), (customer.Consent["line"].State, customer.Consent["line"].How));
        Assert.DoesNotContain("email", customer.Consent.Keys);
        Assert.Contains("https://shop.example/u/", house.Latest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_night_the_message_is_taken_the_promise_is_an_appointment_and_the_shop_gets_a_mail()
    {
        await using var house = await ChatHouse.Open(hoursLater: 12);
        await house.Say("担当者と話したいです");
        Assert.Contains("6月2日(火)10:00以降", house.Latest, StringComparison.Ordinal);
        var waiting = Assert.Single(await house.Waiting());
        Assert.Equal(new DateTimeOffset(2026, 6, 2, 1, 0, 0, TimeSpan.Zero), waiting.GetDateTimeOffset("At"));
        Assert.Contains("2026-06-02 10:00", waiting.GetString("Reason"), StringComparison.Ordinal);
        await house.Say("急須のふたが合いません");
        Assert.Contains("承りました", house.Latest, StringComparison.Ordinal);
        await house.Say("お願いします");
        Assert.Equal(2, house.Line.Delivered.Count);
        Assert.Single(await house.Waiting());
        Assert.All(house.Mails.Sent, mail => Assert.Equal("tegami@tsukinagi.example.jp", mail.To));
        Assert.Contains(house.Mails.Sent, mail => mail.Text.Contains("急須のふた", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_linked_is_told_of_their_own_orders_and_of_nobody_elses()
    {
        await using var house = await ChatHouse.Open();
        await house.Order("1001", "aoi@example.jp", "秘密の煎茶", ChatHouse.User);
        await house.Order("2002", "mika@example.jp", "よその湯のみ");
        await house.Say("注文の内容を確認したい");
        Assert.Contains("#1001", house.Latest, StringComparison.Ordinal);
        Assert.Contains("秘密の煎茶", house.Latest, StringComparison.Ordinal);
        await house.Say("注文番号 #2002 はいつ届きますか");
        Assert.Contains("見つかりませんでした", house.Latest, StringComparison.Ordinal);

        // Who follows and is nobody else's account is told how to say who they are.
        await house.Say("注文の内容を確認したい", ChatHouse.Other);
        Assert.Contains("https://shop.example/line/link/", house.Latest, StringComparison.Ordinal);
        Assert.DoesNotContain("#", house.Latest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_answered_in_standby_to_others_buttons_to_stickers_or_where_there_is_no_chat()
    {
        await using var house = await ChatHouse.Open();
        const string text = ""","message":{"type":"text","id":"m1","text":"送料はいくらですか"}""";
        await house.Tell(house.Event("message", text, mode: "standby"));
        await house.Tell(house.Tapped("not-now"));
        await house.Tell(house.Event("message", ""","message":{"type":"sticker","id":"m2"}"""));
        house.House.Shop = house.House.Shop with { Chat = null };
        await house.Tell(house.Event("message", text));
        Assert.Empty(house.Line.Delivered);
        Assert.Equal(ReplyKind.Nothing, Assert.Single(await house.Talk()).Reply.Kind);
    }

    [Fact]
    public async Task The_words_of_the_shops_own_buttons_are_answered_only_where_an_answer_surely_fits()
    {
        await using var house = await ChatHouse.Open();
        var (source, _) = LineSource.Parse("hello", "---\nalt: こんにちは\nquick: 黄金の茶がいい | 送料は？\n---\nこんにちは。\n");
        await house.Can.GetRequiredService<PublishedLines>().Publish([LineTemplate.Compile(source!).Template!]);
        await house.Say("黄金の茶がいい");
        Assert.Empty(house.Line.Delivered);
        await house.Say("送料は？");
        Assert.StartsWith(Shipping, house.Latest, StringComparison.Ordinal);
    }

    /// <summary>As docs/costs.md says it.</summary>
    [Theory]
    [InlineData(false, 4, 2)]
    [InlineData(true, 6, 2)]
    public async Task A_question_costs_so_many_operations(bool isLinked, int reads, int writes)
    {
        await using var house = await ChatHouse.Open();
        foreach (var number in (string[])["1001", "1002"])
            await house.Order(number, "aoi@example.jp", "煎茶", isLinked ? ChatHouse.User : null);
        await house.Say("こんにちは");
        var storage = house.House.Storage;
        storage.Reset();
        await house.Can.GetRequiredService<ChatService>().Handle(new()
        {
            Id = "q",
            Channel = "line",
            Address = ChatHouse.User,
            At = house.House.Clock.Now,
            Says = new Utterance.Words("送料はいくらですか"),
            ReplyToken = house.Line.Token(),
        });
        Assert.Equal((reads, writes), (
            storage.Operations.Count(one => one.StartsWith("read", StringComparison.Ordinal)),
            storage.Operations.Count(one => one.StartsWith("write", StringComparison.Ordinal))));
    }
}
