using System.Text.Json;
using Automation.Functions.Tests.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Line;

/// <summary>Journeys that write by LINE, against a double of LINE's.</summary>
public sealed class LineSendingTests
{
    private const string Aoi = "U206d25c2ea6bd87c17655609a1c37cb8", Mika = "U306d25c2ea6bd87c17655609a1c37cb8";

    private static readonly (string, string)[] Texts =
    [
        ("mails/hello.md", "---\nsubject: こんにちは\n---\nこんにちは。\n"),
        ("lines/hello.md", "---\nalt: こんにちは\n---\n{{default customer.familyName \"お客様\"}}、こんにちは。\n"),
        ("shop.json", WalkedShop.Settings(
            """, "events": ["review.posted"], "plan": { "caps": [ { "messages": 1, "per": "1 week" } ] }""")),
    ];

    private static (string, string) Journey(string send, string purpose = "marketing") => ("journeys/hello.json", $$"""
        { "name": "こんにちは", "purpose": "{{purpose}}", "trigger": { "event": "review.posted" }, "reentry": "always",
          "steps": [ {{send}} ] }
        """);

    private sealed record House(WalkedShop Shop, LineSink Sink, LineTransport Line) : IAsyncDisposable
    {
        public async Task<Customer> Follower(string email, string user)
        {
            var customer = await Shop.Customer(email, $"line:{user}");
            return (await Shop.Can.Get<Marketing.Consent.ConsentService>().Record(
                customer.Id, "line", new(ConsentState.Given, Shop.Clock.GetUtcNow(), "line follow")))!;
        }

        public async Task Walk(params Customer[] customers)
        {
            foreach (var customer in customers) await Shop.Happens("review.posted", customer);
            await Shop.Walk();
        }

        public async Task<Send> Only(Customer customer) => Assert.Single(await Shop.Sends(customer));

        public async ValueTask DisposeAsync()
        {
            Assert.Empty(Sink.Wrong);
            await Shop.DisposeAsync();
            Line.Dispose();
            await Sink.DisposeAsync();
        }
    }

    private static async Task<House> Open(string send, string purpose = "marketing")
    {
        var sink = await LineSink.Start();
        var line = new LineTransport(
            new(LineSink.Token, sink.Url), TimeProvider.System, NullLogger.Instance);
        return new(await WalkedShop.Open(line, [.. Texts, Journey(send, purpose)]), sink, line);
    }

    private const string Preferred = """{ "do": "send", "mail": "hello", "line": "hello" }""";
    private const string Both = """{ "do": "send", "mail": "hello", "line": "hello", "by": "both" }""";
    private const string OnlyLine = """{ "do": "send", "line": "hello" }""";

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

    private static async Task<Customer> Fresh(House house, Customer customer) =>
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
