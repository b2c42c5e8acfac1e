using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Plan;
using Automation.Marketing.Privacy;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Plan;

/// <summary>What would hold a journey's mail back is said beforehand, as it is decided.</summary>
public class SendForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    private static readonly ShopSettings Shop = Mail.Shop with
    {
        TimeZone = "Asia/Tokyo",
        QuietHours = new(new(21, 0), new(8, 0)),
        Plan = new ShopPlan
        {
            Caps = [new(2, new(7, PeriodUnit.Day))],
            NewsletterDayKeepsBack = true,
            Expires = new(3, PeriodUnit.Day)
        },
    };

    private static readonly Dictionary<string, Func<Customer, Customer>> Customers = new()
    {
        ["as they are"] = customer => customer,
        ["has unsubscribed"] = customer => customer with
        {
            Consent =
                new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Withdrawn, Now, "one-click") }
        },
        ["address bounced"] =
            customer => customer with { Suppressed = new Dictionary<string, string> { ["email"] = "bounced" } },
        ["was written to twice"] =
            customer => customer with { Recent = [new("a", Now.AddDays(-6)), new("b", Now.AddDays(-2))] },
        ["was written to twice lately"] =
            customer => customer with { Recent = [new("a", Now.AddDays(-1)), new("b", Now.AddDays(-1))] },
        ["pauses until midnight"] =
            customer => customer with { Preferences = new() { PausedUntil = Now.AddHours(14) } },
        ["pauses a month"] = customer => customer with { Preferences = new() { PausedUntil = Now.AddDays(30) } },
    };

    [Theory]
    [InlineData("as they are", "2026-11-24T10:00+09:00", "yes")]
    [InlineData("as they are", "2026-11-24T22:00+09:00", "later: quiet hours until 2026-11-25 08:00")]
    [InlineData("was written to twice", "2026-11-24T10:00+09:00", "later: cap: 2 per 7 days until 2026-11-25 08:00")]
    [InlineData("was written to twice lately", "2026-11-24T10:00+09:00", "no: expired after 3 days: cap: 2 per 7 days")]
    [InlineData(
        "pauses until midnight", "2026-11-24T10:00+09:00", "later: paused by the customer until 2026-11-25 08:00")]
    [InlineData("pauses a month", "2026-11-24T10:00+09:00", "no: expired after 3 days: paused by the customer")]
    [InlineData("has unsubscribed", "2026-11-24T10:00+09:00", "no: consent: withdrawn")]
    [InlineData("address bounced", "2026-11-24T22:00+09:00", "no: suppressed: bounced")]
    public async Task What_holds_a_mail_back_is_said_with_its_end_and_nothing_is_counted(
        string who, string at, string said)
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        var customer = Customers[who](post.Customer);
        await post.Tables.Customers.Add(CustomerJson.Row(customer));
        post.House.Storage.Reset();
        var situation = post.Situation with
        {
            Customer = customer,
            Shop = Shop,
            Now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)
        };
        Assert.Equal(said, InWords(await new SendForecast(
            new PlanGuard(post.House.Customers, new Planned()), post.House.Get<LineChannel>()).Of(
            Purpose.Marketing, situation)));
        Assert.Equal(0, post.House.Storage.Writes);
        Assert.Empty(transport.Sent);

        // And that is how it is sent.
        (post.Clock.Now, post.Customer) = (situation.Now, customer);
        var outcome = await post.Sending.Send(post.Request(Purpose.Marketing) with { Situation = situation }, default);
        if (said == "yes") Assert.Equal(SendState.Accepted, Assert.IsType<SendOutcome.Settled>(outcome).Send.State);
        else Assert.Equal(said.Split(": ", 2)[1].Split(" until ")[0], outcome is SendOutcome.Later later
            ? later.Reason : Assert.IsType<SendOutcome.Settled>(outcome).Send.Reason);
    }

    [Theory]
    [InlineData("yes", "yes", "yes")]
    [InlineData("yes", "later: cap until 2026-11-25 10:00", "later: cap until 2026-11-25 10:00")]
    [InlineData("later: pause until 2026-11-25 08:00", "yes", "later: pause until 2026-11-25 08:00")]
    [InlineData("later: pause until 2026-11-25 08:00", "later: cap until 2026-11-26 10:00",
        "later: pause until 2026-11-26 10:00")]
    [InlineData(
        "later: pause until 2026-11-25 08:00", "later: cap until 2026-11-28 10:00", "no: expired after 3 days: pause")]
    [InlineData("no: erased", "later: cap until 2026-11-26 10:00", "no: erased")]
    public void Gate_and_plan_say_one_thing_together(string gate, string plan, string together) =>
        Assert.Equal(together,
            InWords(PlanRules.Together(Mail.Situation with { Shop = Shop }, Read(gate), Read(plan), null, Now)));

    private static Verdict Read(string said) => said.Split(": ", 2) switch
    {
        ["no", var reason] => Verdict.No(reason),
        ["later", var rest] => Verdict.Later(DateTimeOffset.Parse($"{rest.Split(" until ")[1]}+09:00",
            System.Globalization.CultureInfo.InvariantCulture), rest.Split(" until ")[0]),
        _ => Verdict.Yes,
    };

    [Fact]
    public async Task On_the_day_of_the_newsletter_the_first_moment_that_suits_every_rule_is_named()
    {
        await using var post = await Post.Open(new ToldTransport());
        var wednesday = Now.AddDays(1);
        var forecast = new SendForecast(new PlanGuard(
            post.House.Customers, new Planned(new PlanMoment(wednesday, new(2026, 11, 25)))),
            post.House.Get<LineChannel>());
        var situation = post.Situation with { Shop = Shop, Now = wednesday.AddHours(-1) };
        Assert.Equal(
            "later: newsletter day until 2026-11-26 08:00", InWords(await forecast.Of(Purpose.Marketing, situation)));
        Assert.Equal("yes", InWords(await forecast.Of(Purpose.Transactional, situation)));
    }

    private sealed class Planned(params IReadOnlyList<PlanMoment> moments) : IPlannedMailings
    {
        public ValueTask<IReadOnlyList<PlanMoment>> Of(Situation situation, bool exactly) => new(moments);
    }

    private static string InWords(Verdict verdict) => verdict switch
    {
        Verdict.Refused no => $"no: {no.Reason}",
        Verdict.Deferred later =>
            $"later: {later.Reason} until {later.Until.ToOffset(TimeSpan.FromHours(9)):yyyy-MM-dd HH:mm}",
        _ => "yes",
    };
}
