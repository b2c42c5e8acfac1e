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

/// <summary>Journeys that write by LINE, against a double of LINE's.</summary>
public sealed class LineSendingTests
{
    [Fact]
    public async Task Who_follows_gets_it_by_LINE_and_all_others_by_mail_and_each_once()
    {
        await using var house = await Open(Preferred);
        var (aoi, ben) = (await house.Follower("aoi@example.jp", Aoi), await house.Shop.Customer("ben@example.jp"));
        await house.Walk(aoi, ben);
        var (byLine, byMail) = (await house.Only(aoi), await house.Only(ben));
        Assert.Equal("line", byLine.Channel);
        Assert.Equal("hello", byLine.Mail);
        Assert.Equal(SendState.Accepted, byLine.State);
        Assert.Equal("email", byMail.Channel);
        Assert.Equal(SendState.Accepted, byMail.State);
        var push = Assert.Single(house.Sink.Delivered);
        Assert.Equal(Aoi, push.To);
        Assert.Equal(LineMessage.KeyOf(byLine.Id), push.Key);
        Assert.Equal(push.RequestId, byLine.ProviderId);
        Assert.Equal("お客様、こんにちは。", JsonElement.Parse(push.Message).GetProperty("text").GetString());
        Assert.Equal(["ben@example.jp"], house.Shop.Sent.Select(mail => mail.To));
        Assert.Single((await Fresh(house, aoi)).Recent);
    }

    private static async Task<Customer> Fresh(LineHouse house, Customer customer) =>
        (await house.Shop.Can.Get<CustomerStore>().Find(customer.Id))!.Value;

    [Fact]
    public async Task Both_are_two_messages_and_one_in_the_plan()
    {
        await using var house = await Open(Both);
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        var sends = await house.Shop.Sends(aoi);
        Assert.Equal(["email accepted", "line accepted"], sends.Select(send =>
            $"{send.Channel} {send.State.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
        Assert.Single(house.Sink.Delivered);
        Assert.Single(house.Shop.Sent);
        Assert.Single((await Fresh(house, aoi)).Recent);
        Assert.Equal(Outcome.Completed, Assert.Single(await house.Shop.Walks(aoi)).Outcome);
    }

    [Fact]
    public async Task Who_has_blocked_the_shop_gets_mails_again_and_nothing_where_there_is_only_LINE()
    {
        foreach (var (send, expected) in ((string, string)[])[
            (Preferred, "email accepted"), (OnlyLine, "line refused consent: withdrawn")])
        {
            await using var house = await Open(send);
            var aoi = await house.Follower("aoi@example.jp", Aoi);
            house.Shop.Clock.Now += TimeSpan.FromMinutes(1);
            aoi = (await house.Shop.Can.Get<Marketing.Consent.ConsentService>().Record(
                aoi.Id, "line", new(ConsentState.Withdrawn, house.Shop.Clock.GetUtcNow(), "line unfollow")))!;
            await house.Walk(aoi);
            var only = await house.Only(aoi);
            Assert.Equal(expected,
                $"{only.Channel} {only.State.ToString().ToLowerInvariant()} {only.Reason}".TrimEnd());
            Assert.Empty(house.Sink.Delivered);
        }
    }

    [Theory]
    [InlineData(LineManner.AcceptAndCut, 1)]
    [InlineData(LineManner.AcceptAndFail, 1)]
    [InlineData(LineManner.CutUnread, 0)]
    [InlineData(LineManner.Fail, 0)]
    public async Task What_is_not_answered_is_uncertain_and_settled_with_the_same_key(LineManner manner, int taken)
    {
        await using var house = await Open(OnlyLine);
        house.Sink.Next = () => manner;
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        Assert.Equal(SendState.Uncertain, (await house.Only(aoi)).State);
        Assert.Equal(taken, house.Sink.Delivered.Count);
        Assert.Equal(3, house.Sink.Asked);
        Assert.Single(await house.Shop.Attention("uncertain"));

        house.Sink.Next = () => LineManner.Accept;
        house.Shop.Clock.Now += TimeSpan.FromMinutes(2);
        for (var n = 0; n < 3; n++) await house.Shop.Reconciliation().Run(default);
        var send = await house.Only(aoi);
        Assert.Equal(SendState.Accepted, send.State);
        Assert.Equal(house.Sink.Delivered.Single().RequestId, send.ProviderId);
        Assert.Equal(4, house.Sink.Asked);
        Assert.Empty(await house.Shop.Attention("uncertain"));
    }

    [Fact]
    public async Task After_a_day_LINE_has_forgotten_the_key_and_the_send_stays_named()
    {
        await using var house = await Open(OnlyLine);
        house.Sink.Next = () => LineManner.AcceptAndCut;
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        await house.Walk(aoi);
        house.Sink.Next = () => LineManner.Accept;
        house.Shop.Clock.Now += TimeSpan.FromHours(24);
        for (var n = 0; n < 3; n++) await house.Shop.Reconciliation().Run(default);
        var send = await house.Only(aoi);
        Assert.Equal(SendState.Uncertain, send.State);
        Assert.True(send.GivenUp);
        Assert.Equal(3, house.Sink.Asked);
        Assert.Contains("LINE remembers it for a day", send.Reason, StringComparison.Ordinal);
        Assert.Single(await house.Shop.Attention("uncertain"));
        Assert.Single(house.Sink.Delivered);
    }

    [Fact]
    public async Task A_process_that_dies_with_the_push_under_way_asks_again_with_its_key()
    {
        await using var house = await Open(OnlyLine);
        var aoi = await house.Follower("aoi@example.jp", Aoi);
        // What a kill after LINE's answer and before its record leaves behind: the claim, and LINE's memory.
        await house.Walk(aoi);
        var accepted = await house.Only(aoi);
        var row = (await house.Shop.Tables.Timeline.Find(aoi.Id.Value, $"s|{accepted.Id}"))!;
        var found = Ledger.Read(row);
        var claimed = accepted with { State = SendState.Claimed, ProviderId = null };
        Assert.True(await new Ledger(house.Shop.Tables).Update(claimed, "0123456789ab:1", found, default));
        foreach (var (after, state, asked) in ((TimeSpan, SendState, int)[])[
            (TimeSpan.FromHours(1), SendState.Accepted, 2), (TimeSpan.FromHours(24), SendState.Uncertain, 2)])
        {
            var request = new SendRequest
            {
                Channel = "line",
                Mail = "hello",
                Purpose = Purpose.Marketing,
                For = accepted.For,
                Timeline = new(house.Shop.Tables, aoi.Id),
                Situation = new()
                {
                    Customer = await Fresh(house, aoi),
                    Shop = house.Shop.Can.Get<Marketing.Shop.CurrentShop>().Settings,
                    Now = house.Shop.Clock.GetUtcNow(),
                },
            };
            house.Shop.Clock.Now = accepted.At + after;
            var settled = Assert.IsType<SendOutcome.Settled>(
                await house.Shop.Can.Get<Marketing.Sending.Sending>().Send(request, default));
            Assert.Equal(state, settled.Send.State);
            Assert.Equal(asked, house.Sink.Asked);
            if (state == SendState.Uncertain)
            {
                Assert.True(house.Shop.Clock.Now - settled.Send.UncertainSince >= LineMessage.KeyHolds);
                break;
            }
            Assert.Equal(house.Sink.Delivered.Single().RequestId, settled.Send.ProviderId);
            var now = (await house.Shop.Tables.Timeline.Find(aoi.Id.Value, $"s|{accepted.Id}"))!;
            Assert.True(await new Ledger(house.Shop.Tables).Update(
                claimed, "0123456789ab:1", Ledger.Read(now), default));
        }
        Assert.Single(house.Sink.Delivered);
    }
}
