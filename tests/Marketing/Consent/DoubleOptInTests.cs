using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Consent;

public class DoubleOptInTests
{
    private static readonly LinkTokens Links = LinkTokens.Of(new byte[32]);
    private static readonly UnsubscribeTokens Tokens = Links.Confirmations;
    private static readonly string Token = Tokens.Make(new(Mail.Sato.Id, "email", $"{Mail.Sato.Id}-0123456789abcdef"));

    private static string Told(string state, int minute, string level = "single_opt_in") =>
        $$$"""{"customer_id":7001,"email_address":"hanako@example.jp","email_marketing_consent":"""
        + $$$"""{"state":"{{{state}}}","opt_in_level":"{{{level}}}","""
        + $$$""" "consent_updated_at":"{{{Webhooks.At(minute)}}}"}}""";

    [Theory]
    [InlineData(true, "single_opt_in", ConsentState.Pending, EventTypes.ConsentPending)]
    [InlineData(true, "confirmed_opt_in", ConsentState.Given, EventTypes.ConsentGiven)]
    [InlineData(false, "single_opt_in", ConsentState.Given, EventTypes.ConsentGiven)]
    public async Task What_a_platform_tells_is_asked_for_where_the_shop_wants_it(
        bool wanted, string level, ConsentState state, string happened)
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { DoubleOptIn = wanted };
        await house.Deliver("customers_email_marketing_consent/update", Told("subscribed", 0, level));
        Assert.Equal(state, (await house.Customer("shopify:7001")).Consent["email"].State);
        Assert.Equal([happened], house.Heard.Select(heard => heard.Type));
    }

    [Fact]
    public async Task Whoever_confirmed_is_not_asked_again_and_whoever_left_is()
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { DoubleOptIn = true };
        const string topic = "customers_email_marketing_consent/update";
        await house.Deliver(topic, Told("subscribed", 0));
        var desk = new ConfirmationService(Links, house.Consents, house.Customers, house.Current, house.Clock);
        var id = (await house.Customer("shopify:7001")).Id;
        var token = Tokens.Make(new(id, "email", $"{id}-0123456789abcdef"));

        house.Storage.Reset();
        Assert.Equal(ConsentState.Pending, (await desk.Look(token))!.State);
        Assert.Equal(0, house.Storage.Writes);
        house.Clock.Now = DateTimeOffset.Parse(Webhooks.At(10), null);
        for (var n = 0; n < 2; n++) Assert.Equal(ConsentState.Given, (await desk.Confirm(token, "203.0.113.7"))!.State);
        var said = (await house.Consents.History(id))[^1].Said;
        Assert.Equal("double opt-in", said.How);
        Assert.Equal(ConfirmationService.Page, said.Page);
        Assert.Equal("203.0.113.7", said.Ip);
        Assert.Equal("ご案内メールを受け取る", said.Wording);

        await house.Deliver(topic, Told("subscribed", 20));
        Assert.Equal(ConsentState.Given, (await house.Customer("shopify:7001")).Consent["email"].State);
        await house.Deliver(topic, Told("unsubscribed", 30));
        Assert.Equal(ConsentState.Withdrawn, (await desk.Confirm(token, null))!.State);
        await house.Deliver(topic, Told("subscribed", 40));
        Assert.Equal(ConsentState.Pending, (await house.Customer("shopify:7001")).Consent["email"].State);
        Assert.Equal([EventTypes.ConsentPending, EventTypes.ConsentGiven, EventTypes.ConsentWithdrawn,
            EventTypes.ConsentPending], house.Heard.Select(heard => heard.Type));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_box_ticked_at_the_checkout_asks_whoever_has_left_however_often_it_is_ticked_and_told(
        bool webhook)
    {
        await using var house = await House.Open();
        var desk = new ConfirmationService(Links, house.Consents, house.Customers, house.Current, house.Clock);
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, accepts: true));
        var id = (await house.Customer("shopify:7001")).Id;
        await house.Consents.Record(
            id,
            "email",
            new(ConsentState.Withdrawn, DateTimeOffset.Parse(Webhooks.At(10)), "one-click"));
        foreach (var (order, minute) in ((string, int)[])[("1002", 20), ("1002", 20), ("1003", 30)])
        {
            if (webhook) await house.Deliver("customers_email_marketing_consent/update", Told("subscribed", minute));
            else await house.Deliver(
                "orders/create", Webhooks.Order(order, minute, accepts: true, placed: Webhooks.At(minute)));
            Assert.Equal(ConsentState.Pending, (await house.Customer("shopify:7001")).Consent["email"].State);
        }
        string[] asked = [EventTypes.ConsentGiven, EventTypes.ConsentWithdrawn, EventTypes.ConsentPending];
        Assert.Equal(asked, house.Heard.Select(heard => heard.Type).Where(type => type.StartsWith(
            "consent.", StringComparison.Ordinal)));
        Assert.Equal(
            ["given", "withdrawn", "pending", "pending"],
            (await house.Consents.History(id)).Select(entry => entry.Said.State.ToString().ToLowerInvariant()));

        house.Clock.Now = DateTimeOffset.Parse(Webhooks.At(40), null);
        Assert.Equal(
            ConsentState.Given,
            (await desk.Confirm(Tokens.Make(new(id, "email", $"{id}-0123456789abcdef")), null))!.State);
    }

    [Theory]
    [InlineData("single_opt_in", ConsentState.Pending)]
    [InlineData("confirmed_opt_in", ConsentState.Given)]
    public async Task Who_left_and_confirmed_at_the_platform_is_back(string level, ConsentState state)
    {
        await using var house = await House.Open();
        const string topic = "customers_email_marketing_consent/update";
        await house.Deliver(topic, Told("subscribed", 0));
        await house.Deliver(topic, Told("unsubscribed", 10));
        await house.Deliver(topic, Told("subscribed", 20, level));
        Assert.Equal(state, (await house.Customer("shopify:7001")).Consent["email"].State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_opt_out_of_the_same_moment_wins_whichever_is_written_first(bool confirmedFirst)
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { DoubleOptIn = true };
        await house.Deliver("customers_email_marketing_consent/update", Told("subscribed", 0));
        var id = (await house.Customer("shopify:7001")).Id;
        var token = Tokens.Make(new(id, "email", $"{id}-0123456789abcdef"));
        var left = new ConsentRecord(ConsentState.Withdrawn, DateTimeOffset.Parse(Webhooks.At(10), null), "one-click");
        house.Clock.Now = left.At.AddMilliseconds(5);
        // The time is asked for between the look and the write: that is when the other one comes.
        var clock = new AskedClock(house.Clock, () => { if (!confirmedFirst) Leave().GetAwaiter().GetResult(); });
        var desk = new ConfirmationService(Links, house.Consents, house.Customers, house.Current, clock);
        var view = await desk.Confirm(token, null);
        if (confirmedFirst) await Leave();
        Assert.Equal(confirmedFirst ? ConsentState.Given : ConsentState.Withdrawn, view!.State);
        Assert.Equal(left, (await house.Customer("shopify:7001")).Consent["email"]);
        Assert.Equal(EventTypes.ConsentWithdrawn, house.Heard[^1].Type);
        Assert.Equal(ConsentState.Withdrawn, (await desk.Confirm(token, null))!.State);

        Task Leave() => house.Consents.Record(id, "email", left);
    }

    /// <summary>Something happens whenever the time is asked for.</summary>
    private sealed class AskedClock(TimeProvider clock, Action asked) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            asked();
            return clock.GetUtcNow();
        }
    }

    [Fact]
    public void Whoever_was_asked_again_after_leaving_may_confirm_and_sayings_come_to_the_same_in_any_order()
    {
        ConsentRecord[] said =
        [
            new(ConsentState.Pending, Mail.Now, "source"),
            new(ConsentState.Given, Mail.Now.AddHours(3), "double opt-in") { AskedAt = Mail.Now },
            new(ConsentState.Withdrawn, Mail.Now.AddHours(2), "one-click"),
        ];
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            Assert.Equal(said[2], order.Aggregate((IReadOnlyDictionary<string, ConsentRecord>)new Dictionary<string,
                ConsentRecord>(), (consent, n) => Profiles.Say(consent, "email", said[n]))["email"]);
        var again = new ConsentRecord(
            ConsentState.Given, Mail.Now.AddHours(5), "double opt-in")
        { AskedAt = Mail.Now.AddHours(4) };
        Assert.Equal(again,
            Profiles.Say(new Dictionary<string, ConsentRecord> { ["email"] = said[2] }, "email", again)["email"]);
    }

    [Fact]
    public void The_mail_that_asks_carries_the_link_and_nobody_else_gets_one()
    {
        var writers = Senders.Nobody with { PublicUrl = "https://shop.example" };
        var template = Mail.Template("[はい]({{confirmUrl}})");
        Message Write(ConsentState state) => writers.Write($"{Mail.Sato.Id}-0123456789abcdef", template,
            Mail.Situation with
            {
                Customer = Mail.Sato with
                {
                    Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(state, Mail.Now, "checkout") }
                }
            }, Purpose.Transactional, Mail.Now);
        Assert.Contains($"https://shop.example/c/{Token}", Write(ConsentState.Pending).Html, StringComparison.Ordinal);
        Assert.Throws<MissingValueException>(() => Write(ConsentState.Withdrawn));
        // A link to unsubscribe confirms nothing, and the other way round.
        Assert.Null(new UnsubscribeTokens(new byte[32]).Read(Token));
    }

    [Fact]
    public void The_page_asks_thanks_or_says_that_it_is_too_late()
    {
        string Heading(ConsentState? state) =>
            new AngleSharp.Html.Parser.HtmlParser().ParseDocument(PreferencePage.Html(
                state is { } known ? new ConfirmView(Mail.Sato, known) : (ConfirmView?)null, Mail.Shop)) is var page
                ? $"{page.QuerySelector("h1")!.TextContent} {page.QuerySelectorAll("form[method=post] button").Length}"
                : "";
        Assert.Equal("ご登録の確認 1", Heading(ConsentState.Pending));
        Assert.Equal("ご登録ありがとうございます 0", Heading(ConsentState.Given));
        Assert.Equal("リンクを確認できませんでした 0", Heading(ConsentState.Withdrawn));
        Assert.Equal("リンクを確認できませんでした 0", Heading(null));
    }
}
