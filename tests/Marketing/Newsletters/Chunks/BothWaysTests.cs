using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Chat;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Newsletters.Chunks.LineFriends;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>An issue that goes by LINE to who follows the shop there, beside the mail.</summary>
public class BothWaysTests
{
    /// <summary>Every other customer follows the shop; the fifth of them agreed to nothing but that.</summary>
    private static Customer Some(int n, Customer customer) => n % 2 != 0 ? customer
        : Follows(n, n == 4 ? customer with { Consent = new Dictionary<string, ConsentRecord>() } : customer);

    private static async Task<(Mailing Mailing, TalkedLine Line, ToldTransport Mails)> Open(
        int customers = 7, int size = 3, Func<int, Customer, Customer>? but = null, string text = "お茶の季節です。")
    {
        var (mails, line) = (new ToldTransport(), (TalkedLine?)null);
        var mailing = await Mailing.Open(
            mails, customers, size, but: but ?? Some, line: clock => line = new(clock), lineText: text,
            by: SendBy.Both);
        return (mailing, line!, mails);
    }

    private static async Task<List<Send>> Sends(Mailing mailing, int n) => await mailing.Ledger
        .All(Mailing.Id, isBothWays: true, Mailing.Of(n))
        .Select(one => ChunkLedger.Send(Mailing.Id, one.Chunk, one.Place)).ToListAsync();

    [Fact]
    public async Task Who_follows_the_shop_gets_both_each_under_an_id_of_its_own_and_the_issue_adds_up()
    {
        var (mailing, line, mails) = await Open();
        await using var open = mailing;
        Assert.Equal(10, (await mailing.Run()).Sent);
        Assert.Equal([User(0), User(2), User(4), User(6)], line.Cast.Select(cast => cast.To).Order());
        Assert.Equal(
            ((int[])[0, 1, 2, 3, 5, 6]).Select(Mailing.SendId), mails.Sent.Select(message => message.Id).Order());
        Assert.True((await mailing.Tally()) is { Open: 0, Counts: { Audience: 10, Sent: 10, Complete: true } });

        var both = await Sends(mailing, 2);
        Assert.Equal(["email", "line"], both.Select(send => send.Channel));
        Assert.Equal(2, both.DistinctBy(send => send.Id).Count());
        Assert.Equal("newsletter:weekly/2026-11-25#line", both[1].For);
        Assert.Equal("line", Assert.Single(await Sends(mailing, 4)).Channel);
        Assert.Equal("email", Assert.Single(await Sends(mailing, 5)).Channel);
        // Ids of both lead back to the issue, for whoever opts out by their link.
        await mailing.Ledger.Announce(Mailing.Id, true, default);
        foreach (var send in both) Assert.Equal(Mailing.Id, await mailing.Ledger.IssueOf(send.Id));
        // A customer's history names both, too.
        Assert.Equal(
            both.Select(send => send.Id),
            await new Mailings(mailing.House.Tables, mailing.Ledger).Of(Mailing.Of(2)).Select(send => send.Id)
                .ToListAsync());
    }

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public Task Killed_at_any_write_nobody_gets_either_twice_and_none_is_lost(bool after, bool personal) =>
        CrashMatrix.Run(after, async crash =>
        {
            var (mailing, line, mails) = await Open(text: personal ? "{{customer.salutation}}" : "お茶の季節です。");
            await using var open = mailing;
            // LINE takes each second request and cuts the connection.
            var asked = 0;
            line.Next = () => asked++ % 2 == 0 ? Manner.AcceptAndCut : Manner.Accept;
            await crash.During(mailing.Storage, () => mailing.Run());
            mailing.Restart();
            await mailing.Run();
            var tally = await mailing.Tally();
            Assert.True(tally is { Open: 0, Counts: { Audience: 10, Complete: true } });
            Assert.Equal(4, line.Delivered.Count(one => one.How == "push") + line.Cast.Count);
            Assert.Equal(line.Cast.Count, line.Cast.DistinctBy(cast => cast.To).Count());
            Assert.All(mails.Sent.CountBy(message => message.Id), mail => Assert.Equal(1, mail.Value));
            for (var n = 0; n < 7; n++)
                foreach (var send in await Sends(mailing, n))
                    Assert.True(
                        send.State == SendState.Accepted
                        || (send is { Channel: "email", State: SendState.Uncertain } && crash.Killed),
                        $"customer {n}, {send.Channel}: {send.State}");
        });

    [Fact]
    public async Task A_mail_provider_that_is_busy_keeps_nothing_from_LINE_and_a_used_up_month_no_mail()
    {
        var (mailing, line, mails) = await Open();
        await using var open = mailing;
        mails.AnswerMany = _ => Task.FromResult<DeliveryResult>(
            new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429"));
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(4, line.Cast.Count);
        Assert.Equal(4, (await mailing.Tally()).Counts.Sent);

        var (other, usedUp, sent) = await Open();
        await using var second = other;
        usedUp.Next = () => Manner.UsedUp;
        await other.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(6, sent.Sent.Count);
        Assert.Equal(
            new Dictionary<string, int> { ["LINE 429: the month's messages are used up"] = 4 },
            (await other.Tally()).Waiting);
        // The plan is raised; somebody has left LINE meanwhile: they had the mail, and get no second one.
        await other.Put(Mailing.Customer(2));
        usedUp.Next = () => Manner.Accept;
        other.Clock.Now += TimeSpan.FromHours(1);
        await other.Run();
        Assert.Equal([User(0), User(4), User(6)], usedUp.Cast.Select(cast => cast.To).Order());
        Assert.Equal(6, sent.Sent.Count);
        var tally = await other.Tally();
        Assert.True(tally is { Open: 0, Counts: { Audience: 10, Sent: 9, Complete: true } });
        Assert.Equal(new Dictionary<string, int> { ["no line address"] = 1 }, tally.Counts.Skipped);
    }

    [Fact]
    public async Task Both_are_one_message_of_the_plan_and_who_has_the_one_gets_the_other()
    {
        var (mailing, line, mails) = await Open(customers: 3, size: 3);
        await using var open = mailing;
        mailing.House.Shop = mailing.House.Shop with { Plan = new() { Caps = [new(2, new(7, PeriodUnit.Day))] } };
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        var earlier = new RecentSend("a", Fixtures.Now.AddDays(-2));
        // Two have one place left this week, the third has none.
        await mailing.Put(Some(0, Mailing.Customer(0)) with { Recent = [earlier] });
        await mailing.Put(Some(2, Mailing.Customer(2)) with
        {
            Recent = [earlier, new("b", Fixtures.Now.AddDays(-1))],
        });
        mails.AnswerMany = _ => Task.FromResult<DeliveryResult>(
            new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429"));
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal([User(0)], line.Cast.Select(cast => cast.To));
        // A journey takes what is left before the mail can go: the issue has its place already.
        await mailing.Put(Some(0, Mailing.Customer(0)) with
        {
            Recent = [earlier, new("c", mailing.Clock.Now)],
        });
        mails.AnswerMany = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        mails.Sent.Clear();
        await mailing.Run();
        Assert.Equal([Mailing.SendId(0), Mailing.SendId(1)], mails.Sent.Select(message => message.Id).Order());
        Assert.Equal(
            new Dictionary<string, int> { ["cap: 2 per 7 days"] = 2 }, (await mailing.Tally()).Counts.Skipped);
        Assert.True(await Counts(mailing, 0));
        Assert.True(await Counts(mailing, 1));
        Assert.False(await Counts(mailing, 2));
    }

    [Fact]
    public async Task What_went_by_LINE_alone_counts_in_the_plan_and_what_may_still_come_by_mail_too()
    {
        var (mailing, _, mails) = await Open(customers: 7);
        await using var open = mailing;
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        mails.AnswerMany = _ => Task.FromResult<DeliveryResult>(
            new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429"));
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        for (var n = 0; n < 7; n++) Assert.True(await Counts(mailing, n));
        // What has not gone yields to whoever has precedence.
        Assert.True(await Counts(mailing, 4, yields: true));
        Assert.False(await Counts(mailing, 5, yields: true));
    }

    private static async Task<bool> Counts(Mailing mailing, int n, bool yields = false)
    {
        var customer = (await mailing.House.Customers.Find(Mailing.Of(n)))!.Value;
        var shop = mailing.House.Shop;
        var issue = (await mailing.Issues.Find(Mailing.Id))!.Value;
        return await new DeliveryHistory(mailing.Ledger).Counts(
            PlannedMailing.Of(SlotTests.Weekly(), shop, issue, isFirstOfMonth: true),
            new() { Customer = customer, Shop = shop, Now = mailing.Clock.Now }, yields);
    }

    [Fact]
    public async Task An_audience_is_people_and_what_a_burst_is_measured_by_is_messages()
    {
        var (mailing, _, _) = await Open();
        await using var open = mailing;
        async Task<int> Reached(SendBy? by, bool messages) => (await AudienceCount.Of(
            mailing.House.Tables, SlotTests.Weekly(), true, new(mailing.House.Shop, mailing.Clock.Now, 100)
            {
                ByLine = by,
                CountsMessages = messages,
            })).Reached;
        Assert.Equal(6, await Reached(null, messages: true));
        Assert.Equal(7, await Reached(SendBy.Preferred, messages: true));
        Assert.Equal(7, await Reached(SendBy.Both, messages: false));
        Assert.Equal(10, await Reached(SendBy.Both, messages: true));
    }

    [Theory]
    [InlineData("line: weekly/tea\nby: both\n", null, SendBy.Both)]
    [InlineData("line: weekly/tea\nby: preferred\n", null, SendBy.Preferred)]
    [InlineData("line: weekly/tea\n", null, SendBy.Preferred)]
    [InlineData("by: both\n",
        "newsletters/weekly/2026-12-02.md:3:5: \"by\" needs \"line\": the LINE text that goes instead of the mail, or "
        + "beside it (did you mean line: …?)", SendBy.Both)]
    [InlineData("line: weekly/tea\nby: boht\n",
        "newsletters/weekly/2026-12-02.md:4:5: by is preferred or both, not \"boht\" (did you mean both?)",
        SendBy.Preferred)]
    public void An_issue_says_whether_its_LINE_text_goes_instead_of_the_mail_or_beside_it(
        string lines, string? problem, SendBy by)
    {
        var (source, problems) = IssueSource.Parse("weekly", "2026-12-02", $"---\nsubject: a\n{lines}---\nx\n");
        Assert.Equal(problem, problems.Count == 0 ? null : problems[0].ToString());
        if (source is not null) Assert.Equal(by, source.By);
    }
}
