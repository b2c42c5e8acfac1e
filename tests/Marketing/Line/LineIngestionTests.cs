using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Line;

public sealed class LineIngestionTests
{
    private const string Somebody = "U206d25c2ea6bd87c17655609a1c37cb8";

    private static readonly DateTimeOffset Now = Fixtures.Now;

    private static Envelope Envelope(ReadOnlyMemory<byte> body) =>
        new() { Source = "line:shop", Topic = LineDoor.Topic, ReceivedAt = Now, Body = body };

    private static Task Tell(House house, string events) => house.Get<LineIngestion>().Handle(
        Envelope(Encoding.UTF8.GetBytes($$"""{"destination":"U1","events":[{{events}}]}""")));

    /// <param name="ago">Seconds before now.</param>
    private static string Event(string type, string id, int ago, string more = "", string mode = "active") =>
        $$"""
        {"type":"{{type}}","mode":"{{mode}}","timestamp":{{Now.AddSeconds(-ago).ToUnixTimeMilliseconds()}},
         "source":{"type":"user","userId":"{{Somebody}}" },"webhookEventId":"{{id}}",
         "deliveryContext":{"isRedelivery":false} {{more}} }
        """;

    private static string[] Heard(House house) => [.. house.Heard.Select(heard => heard.Type)];

    [Fact]
    public async Task Who_follows_is_a_customer_who_agreed_and_the_same_follow_again_is_nothing_new()
    {
        await using var house = await House.Open();
        for (var n = 0; n < 3; n++)
        {
            await Tell(house, Event("follow", "01A", 60, ""","follow":{"isUnblocked":false}"""));
            var customer = await house.Customer($"line:{Somebody}");
            Assert.Equal(ConsentState.Given, customer.Consent["line"].State);
            Assert.Equal(Now.AddSeconds(-60), customer.Consent["line"].At);
            Assert.Equal("line follow", customer.Consent["line"].How);
            Assert.Equal("01A:follow", customer.Consent["line"].Evidence);
            Assert.DoesNotContain("email", customer.Consent.Keys);
        }
        Assert.Equal(["consent.given", "line.followed"], Heard(house));
        Assert.Equal("line:01A:follow", house.Heard[1].Id);
        Assert.Single(await house.Consents.History((await house.Customer($"line:{Somebody}")).Id));
    }

    [Theory]
    [InlineData(60, 30, ConsentState.Withdrawn)]
    [InlineData(30, 60, ConsentState.Given)]
    public async Task What_was_said_last_holds_in_whichever_order_it_comes(
        int follow, int unfollow, ConsentState expected)
    {
        foreach (var together in (bool[])[true, false])
            foreach (var first in (bool[])[true, false])
            {
                await using var house = await House.Open();
                string[] told = [Event("follow", "01A", follow), Event("unfollow", "01B", unfollow)];
                if (!first) Array.Reverse(told);
                if (together) await Tell(house, string.Join(',', told));
                else foreach (var one in told) await Tell(house, one);
                Assert.Equal(expected, (await house.Customer($"line:{Somebody}")).Consent["line"].State);
                Assert.Contains("line.followed", Heard(house));
                Assert.Contains("line.unfollowed", Heard(house));
            }
    }

    [Fact]
    public async Task LINEs_own_batch_becomes_events_in_the_order_in_which_it_happened()
    {
        await using var house = await House.Open();
        await house.Get<LineIngestion>().Handle(
            Envelope(Fixtures.Bytes("line/follow_unfollow_link_postback_current.json")));
        Assert.Equal(
            ["consent.given", "line.followed", "consent.withdrawn", "line.unfollowed", "line.tapped"],
            Heard(house));
        Assert.True(house.Heard[1].Data!["again"].GetBoolean());
        Assert.Equal("action=buyItem&itemId=123123&color=red", house.Heard[4].Data!["data"].GetString());
        Assert.Equal("2017-12-25T01:00", house.Heard[4].Data!["chosen"].GetString());
        // At the same moment the no wins.
        Assert.Equal(ConsentState.Withdrawn, (await house.Customer($"line:{Somebody}")).Consent["line"].State);
    }

    [Theory]
    [InlineData("line/text-user.json", "line.said")]
    [InlineData("line/webhook-redelivery.json", "line.said")]
    [InlineData("line/postback.json", "line.tapped")]
    [InlineData("line/unsend.json", "line.unsent")]
    [InlineData("line/account_link.json", null)]
    [InlineData("line/follow.json", "line.followed")]
    [InlineData("line/unfollow.json", "line.unfollowed")]
    [InlineData("line/verify_ping_empty_events.json", null)]
    public async Task Each_of_LINEs_samples_is_understood_once(string fixture, string? type)
    {
        await using var house = await House.Open();
        for (var n = 0; n < 2; n++) await house.Get<LineIngestion>().Handle(Envelope(Fixtures.Bytes(fixture)));
        Assert.Equal(type is null ? [] : [type],
            Heard(house).Where(heard => !heard.StartsWith("consent.", StringComparison.Ordinal)));
        foreach (var (name, value) in house.Heard.SelectMany(heard => heard.Data ?? EmptyData))
            Assert.True(EventFields.Find(name, null, null) is not null, $"{name}: {value}");
    }

    private static readonly IReadOnlyDictionary<string, System.Text.Json.JsonElement> EmptyData =
        new Dictionary<string, System.Text.Json.JsonElement>();

    [Fact]
    public async Task Unknown_kinds_groups_and_nobody_are_skipped_and_the_rest_is_heard()
    {
        await using var house = await House.Open();
        await Tell(house, string.Join(',',
            Event("messageEdited", "01A", 9), Event("fireworks", "01B", 8),
            """{"type":"follow","mode":"active","timestamp":1,"webhookEventId":"01C"}""",
            """{"type":"follow","timestamp":1,"source":{"type":"user","userId":"nobody"},"webhookEventId":"01D"}""",
            $$"""
            {"type":"message","timestamp":1,"source":{"type":"group","groupId":"C1","userId":"{{Somebody}}" },
             "webhookEventId":"01E","message":{"id":"1","type":"text","text":"hi"} }
            """,
            "7", """{"mode":"active"}""",
            Event("message", "01F", 1, ""","message":{"id":"1","type":"sticker"}""")));
        Assert.Equal(["line.said"], Heard(house));
        Assert.Equal("sticker", house.Heard[0].Data!["kind"].GetString());
        foreach (var body in (string[])["{}", "{"])
            await Assert.ThrowsAsync<UnreadableException>(
                () => house.Get<LineIngestion>().Handle(Envelope(Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public async Task In_standby_what_was_said_of_consent_holds_and_nothing_else_follows()
    {
        await using var house = await House.Open();
        await Tell(house, Event("follow", "01A", 60, mode: "standby"));
        await Tell(
            house, Event("message", "01B", 50, ""","message":{"id":"1","type":"text","text":"hi"}""", "standby"));
        Assert.Equal(["consent.given"], Heard(house));
    }

    [Fact]
    public async Task A_customer_whose_LINE_the_shop_told_is_the_one_who_follows()
    {
        await using var house = await House.Open();
        await house.Desk.Handle("till", new SourceEvent.CustomerUpserted(
            new Buyer
            {
                Identities = [new("till", "7"), new(Identity.Email, "aoi@example.jp"), new(Identity.Line, Somebody)],
                Email = "aoi@example.jp",
                SeenAt = Now.AddDays(-1),
            }, Created: true));
        await Tell(house, Event("follow", "01A", 60));
        var customer = await house.Customer("email:aoi@example.jp");
        Assert.Equal(customer.Id, (await house.Customer($"line:{Somebody}")).Id);
        Assert.Equal(ConsentState.Given, customer.Consent["line"].State);
    }
}
