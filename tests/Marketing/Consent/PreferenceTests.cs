using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Newsletters.Issues;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Consent;

public class PreferenceTests
{
    private static readonly LinkTokens Links = LinkTokens.Of([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);
    private static readonly UnsubscribeTokens Tokens = Links.Stops;
    private static readonly Unsubscription Link = new(Mail.Sato.Id, "email", $"{Mail.Sato.Id}-0123456789abcdef");
    private static readonly string Token = Tokens.Make(Link);
    private static readonly Topic[] Newsletters = [new("weekly", "週の便り <新>"), new("kettles", "鉄瓶の便り")];

    private static async Task<(PreferenceService Desk, House House)> Open(string? language = null)
    {
        var house = await House.Open();
        var given = new ConsentRecord(ConsentState.Given, house.Clock.Now.AddDays(-1), "checkout");
        var customer = Mail
            .Sato with
        { Language = language, Consent = new Dictionary<string, ConsentRecord> { ["email"] = given } };
        await house.Tables.Customers.Add(CustomerJson.Row(customer));
        return (Desk(house, asks: false), house);
    }

    private static PreferenceService Desk(House house, bool asks)
    {
        var journeys = house.Container().GetRequiredService<PublishedJourneys>();
        var back = new Journey
        {
            Id = "back",
            Name = "back",
            Purpose = Purpose.Transactional,
            Trigger = new Trigger.On(new(EventTypes.ConsentPending)),
            Steps = [],
        };
        journeys.Publish(
            house.Shop, "{}", asks ? [new JourneyFile
            {
                Id = "back",
                File = "back.json",
                Source = "{}",
                Hash = "1",
                Journey = back,
            }] : [],
            []).GetAwaiter().GetResult();
        return new(
            Links, house.Consents, house.Customers,
            new(new FixedNewsletters([.. Newsletters.Select(Weekly)]), journeys), new CurrentShop(Mail.Shop),
            house.Clock);
    }

    private static Newsletter Weekly(Topic topic) =>
        new() { Id = topic.Id, Name = topic.Name, On = [DayOfWeek.Wednesday], At = new(10, 0) };

    private static async Task<Customer> Sato(House house) => (await house.Customers.Find(Mail.Sato.Id))!.Value;

    private static IHtmlDocument Page(PreferenceView? view) =>
        new HtmlParser().ParseDocument(PreferencePage.Html(view, Mail.Shop));

    private static string[] Buttons(IHtmlDocument page) => [.. page.QuerySelectorAll(
        "form[method=post] button[name=choice]:not([value=address])").Select(button => button.GetAttribute("value")!)];

    [Fact]
    public async Task Looking_changes_nothing_and_stopping_stops_everything_once()
    {
        var (desk, house) = await Open();
        await using var _ = house;
        house.Storage.Reset();
        Assert.Equal(["stop", "monthly", "pause", "topics"], Buttons(Page(await desk.Look(Token))));
        Assert.Equal(0, house.Storage.Writes);

        for (var n = 0; n < 2; n++)
        {
            var view = await desk.Choose(Token, new Choice.Stop("one-click"), "203.0.113.7");
            Assert.Equal(n == 0 ? ["again"] : [], Buttons(Page(view)));
            Assert.Empty(Buttons(Page(await desk.Look(Token))));
            house.Clock.Now = house.Clock.Now.AddMinutes(1);
        }
        var said = (await Sato(house)).Consent["email"];
        Assert.Equal(ConsentState.Withdrawn, said.State);
        Assert.Equal("one-click", said.How);
        Assert.Equal(Link.Send, said.Evidence);
        Assert.Equal("203.0.113.7", said.Ip);
        Assert.Single(house.Heard, happened => happened.Type == EventTypes.ConsentWithdrawn);
        Assert.Null(await desk.Choose("nonsense", new Choice.Stop("one-click"), null));
        Assert.Null(await desk.Look("nonsense"));
    }

    [Fact]
    public async Task Who_stopped_by_mistake_agrees_again_with_the_words_on_record()
    {
        var (desk, house) = await Open("en");
        await using var _ = house;
        var stopped = Page(await desk.Choose(Token, new Choice.Stop("unsubscribe link"), null));
        house.Clock.Now = house.Clock.Now.AddMinutes(1);
        var undo = stopped.QuerySelector("input[name=undo]")!.GetAttribute("value");
        var view = await desk.Choose(Token, new Choice.Again(undo), "2001:db8::1");
        Assert.False(view!.Stopped);
        var (channel, said) = (await house.Consents.History(Mail.Sato.Id))[^1];
        Assert.Equal("email", channel);
        Assert.Equal(ConsentState.Given, said.State);
        Assert.Equal("preference page", said.How);
        Assert.Equal("Send me news again", said.Wording);
        Assert.Equal(PreferenceService.Page, said.Page);
        Assert.Equal("2001:db8::1", said.Ip);
        Assert.Equal(
            [EventTypes.ConsentWithdrawn, EventTypes.ConsentGiven], house.Heard.Select(happened => happened.Type));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_holds_a_forwarded_mail_brings_nobody_back_who_has_left(bool asks)
    {
        var (_, house) = await Open();
        await using var _ = house;
        var desk = Desk(house, asks);
        var undo = (await desk.Choose(Token, new Choice.Stop("one-click"), null))!.Undo!;
        var other = Tokens.Make(Link with { Send = $"{Mail.Sato.Id}-fedcba9876543210" });
        string?[] tried = [null, "", "made-up", Token, other];
        foreach (var wrong in tried)
        {
            house.Clock.Now = house.Clock.Now.AddSeconds(1);
            var view = await desk.Choose(Token, new Choice.Again(wrong), "203.0.113.7");
            Assert.True(view!.Stopped);
            Assert.Equal(asks, view.Asked);
            Assert.Equal(
                asks ? ConsentState.Pending : ConsentState.Withdrawn, (await Sato(house)).Consent["email"].State);
            Assert.Empty(Buttons(Page(view)));
        }
        Assert.Equal(
            asks ? [EventTypes.ConsentWithdrawn, EventTypes.ConsentPending] : [EventTypes.ConsentWithdrawn],
            house.Heard.Select(happened => happened.Type));

        // The page that followed the stop is a day old, and the link stops as ever.
        house.Clock.Now = house.Clock.Now.AddDays(400);
        await desk.Choose(Token, new Choice.Again(undo), null);
        Assert.NotEqual(ConsentState.Given, (await Sato(house)).Consent["email"].State);
        await desk.Choose(Token, new Choice.Stop("one-click"), null);
        Assert.Equal(ConsentState.Withdrawn, (await Sato(house)).Consent["email"].State);
    }

    [Fact]
    public async Task Who_never_agreed_or_complained_cannot_be_brought_back_by_stopping_and_taking_it_back()
    {
        var (_, house) = await Open();
        await using var _ = house;
        var desk = Desk(house, asks: true);
        await house.Consents.Record(
            Mail.Sato.Id, "email", new(ConsentState.Withdrawn, house.Clock.Now, "source"));
        house.Clock.Now = house.Clock.Now.AddDays(1);
        var undo = (await desk.Choose(Token, new Choice.Stop("one-click"), null))!.Undo;
        house.Clock.Now = house.Clock.Now.AddSeconds(1);
        Assert.Equal(
            ConsentState.Pending,
            (await desk.Choose(Token, new Choice.Again(undo), null))!.Customer.Consent["email"].State);

        await house.Customers.Change(
            Mail.Sato.Id, has => has with { Suppressed = new Dictionary<string, string> { ["email"] = "complaint" } });
        house.Clock.Now = house.Clock.Now.AddSeconds(1);
        undo = (await desk.Choose(Token, new Choice.Stop("one-click"), null))!.Undo;
        var view = await desk.Choose(Token, new Choice.Again(undo), null);
        Assert.Equal(ConsentState.Withdrawn, view!.Customer.Consent["email"].State);
        Assert.Empty(Buttons(Page(view)));
    }

    private static async Task Follow(House house) => await house.Consents.Record(
        Mail.Sato.Id, "line", new(ConsentState.Given, house.Clock.Now.AddHours(-1), "line follow"));

    private static async Task<(ConsentState Mail, ConsentState Line)> States(House house) =>
        ((await Sato(house)).Consent["email"].State, (await Sato(house)).Consent["line"].State);

    [Fact]
    public async Task The_page_shows_both_channels_and_each_can_be_stopped_alone()
    {
        var (desk, house) = await Open();
        await using var _ = house;
        await Follow(house);
        var page = Page(await desk.Look(Token));
        Assert.Equal(["stop", "monthly", "pause", "topics", "stopOn"], Buttons(page));
        Assert.Equal("line", page.QuerySelector("input[name=channel]")!.GetAttribute("value"));
        Assert.Null(await desk.Choose("nonsense", new Choice.StopOn("line"), null));
        await desk.Choose(Token, new Choice.StopOn("pigeon"), null);
        Assert.Equal((ConsentState.Given, ConsentState.Given), await States(house));

        var view = await desk.Choose(Token, new Choice.StopOn("line"), null);
        Assert.Equal((ConsentState.Given, ConsentState.Withdrawn), await States(house));
        Assert.Contains("LINEでは、ご案内をお届けしていません。", Page(view).Body!.TextContent);
        Assert.DoesNotContain("stopOn", Buttons(Page(view)));
    }

    [Fact]
    public async Task Stopping_everything_stops_both_channels_and_taking_it_back_brings_back_both()
    {
        var (desk, house) = await Open();
        await using var _ = house;
        await Follow(house);
        var view = await desk.Choose(Token, new Choice.Stop(Choice.Stop.ByLink), null);
        Assert.Equal((ConsentState.Withdrawn, ConsentState.Withdrawn), await States(house));
        house.Clock.Now = house.Clock.Now.AddMinutes(1);
        await desk.Choose(Token, new Choice.Again(view!.Undo), null);
        Assert.Equal((ConsentState.Given, ConsentState.Given), await States(house));

        // A mail program's one click is about mails; who blocked on LINE since is not brought back there.
        house.Clock.Now = house.Clock.Now.AddMinutes(1);
        await desk.Choose(Token, new Choice.Stop(Choice.Stop.ByOneClick), null);
        Assert.Equal((ConsentState.Withdrawn, ConsentState.Given), await States(house));
        house.Clock.Now = house.Clock.Now.AddMinutes(1);
        view = await desk.Choose(Token, new Choice.Stop(Choice.Stop.ByLink), null);
        await house.Consents.Record(
            Mail.Sato.Id, "line", new(ConsentState.Withdrawn, house.Clock.Now.AddSeconds(1), "line unfollow"));
        house.Clock.Now = house.Clock.Now.AddMinutes(1);
        await desk.Choose(Token, new Choice.Again(view!.Undo), null);
        Assert.Equal(ConsentState.Withdrawn, (await States(house)).Line);
    }

    [Fact]
    public async Task Less_is_a_choice_too()
    {
        var (desk, house) = await Open();
        await using var _ = house;
        var view = await desk.Choose(Token, new Choice.Monthly(true), null);
        view = await desk.Choose(Token, new Choice.Pause(true), null);
        view = await desk.Choose(Token, new Choice.Topics(["kettles", "made-up"]), null);
        var chosen = (await Sato(house)).Preferences!;
        Assert.True(chosen.Monthly);
        Assert.Equal(house.Clock.Now.AddDays(30), chosen.PausedUntil);
        Assert.Equal("weekly", Assert.Single(chosen.Without));
        Assert.Empty(house.Heard);

        var page = Page(view);
        Assert.Equal(["stop", "all", "resume", "topics"], Buttons(page));
        Assert.Equal([false, true],
            page.QuerySelectorAll("input[name=topic]").OfType<IHtmlInputElement>().Select(box => box.IsChecked));
        Assert.NotNull(page.QuerySelector("[role=status]"));

        await desk.Choose(Token, new Choice.Monthly(false), null);
        await desk.Choose(Token, new Choice.Pause(false), null);
        await desk.Choose(Token, new Choice.Topics(["kettles", "weekly"]), null);
        chosen = (await Sato(house)).Preferences!;
        Assert.False(chosen.Monthly);
        Assert.Null(chosen.PausedUntil);
        Assert.Empty(chosen.Without);
    }

    [Theory]
    [InlineData("ja", "メールの設定")]
    [InlineData("en-GB", "Your mail settings")]
    [InlineData(null, "メールの設定")]
    public async Task The_page_is_plain_and_speaks_the_customers_language(string? language, string title)
    {
        var (desk, house) = await Open(language);
        await using var _ = house;
        var looked = await desk.Look(Token);
        foreach (var (view, heading) in (List<(PreferenceView?, string)>)[(looked, title), (null, "リンクを確認できませんでした")])
        {
            var page = Page(view);
            Assert.Empty(page.QuerySelectorAll("script, img, link, iframe"));
            Assert.Equal(heading, Assert.Single(page.QuerySelectorAll("h1")).TextContent);
            Assert.Contains(Mail.Shop.Name, page.Body!.TextContent);
            Assert.Contains(Mail.Shop.PostalAddress, page.Body.TextContent);
        }
        Assert.Contains("週の便り <新>", Page(looked).Body!.TextContent);
    }
}
