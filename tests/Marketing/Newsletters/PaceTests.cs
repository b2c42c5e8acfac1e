using Automation.Marketing.Engagement;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Tests.Sending;

namespace Automation.Marketing.Tests.Newsletters;

public class PaceTests
{
    [Fact]
    public async Task A_new_sender_domain_sends_a_few_on_its_first_day_and_more_on_the_next()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 12, size: 4);
        mailing.House.Shop = mailing.House.Shop with { Sending = new() { WarmUp = [3, 5] } };
        var days = new List<int>();
        while ((await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)) is { End: Automation.Marketing.Newsletters.ShardEnd.Done, Until: { } tomorrow })
        {
            days.Add(transport.Sent.Count);
            mailing.Clock.Now = tomorrow;
        }
        Assert.Equal([3, 8], days);
        Assert.Equal((12, 0), (transport.Sent.DistinctBy(message => message.Id).Count(), (await mailing.Tally()).Open));
    }

    [Fact]
    public async Task Subjects_are_tried_on_a_part_and_the_rest_gets_the_better_one()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 40, size: 40);
        mailing.Test = new(2, 50, TimeSpan.FromHours(4));
        mailing.Restart();
        var first = await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        var sample = transport.Sent.ToList();
        Assert.Equal(mailing.Clock.Now + TimeSpan.FromHours(4), first.Until);
        Assert.InRange(sample.Count, 5, 35);
        Assert.Equal(["今週 A", "今週 B"], sample.Select(message => message.Subject).Distinct().Order());
        Assert.Equal(40 - sample.Count, (await mailing.Tally()).Open);
        await mailing.Issues.Change(Mailing.Id, issue => issue with { Winner = 1 });
        await mailing.Run();
        Assert.Equal(40, transport.Sent.DistinctBy(message => message.Id).Count());
        Assert.All(transport.Sent.Skip(sample.Count), message => Assert.Equal("今週 B", message.Subject));
    }

    [Theory]
    [InlineData(new[] { 500, 500 }, new[] { 10, 30 }, 1, "subject B (A: 10 of 500 clicked, B: 30 of 500 clicked)")]
    [InlineData(new[] { 500, 500 }, new[] { 15, 15 }, 0, "subject A (A: 15 of 500 clicked, B: 15 of 500 clicked)")]
    [InlineData(new[] { 500, 500 }, new[] { 2, 9 }, 0, "the first subject: too little data (A: 2 of 500 clicked, B: 9 of 500 clicked)")]
    [InlineData(new[] { 500, 20, 500 }, new[] { 10, 20, 0 }, 0, "the first subject: too little data (A: 10 of 500 clicked, B: 20 of 20 clicked, C: 0 of 500 clicked)")]
    public void The_subject_more_people_clicked_wins_and_too_little_data_is_said(int[] readers, int[] clicks, int winner, string because) =>
        Assert.Equal(new SubjectChoice(winner, because), SubjectTest.Decide(readers, clicks));

    [Fact]
    public async Task People_who_clicked_are_counted_for_the_subject_they_got()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 30, size: 30);
        mailing.Test = new(2, 100, TimeSpan.FromHours(4));
        mailing.Restart();
        await mailing.Run();
        var store = new EngagementStore(mailing.House.Tables);
        var clicked = new MailEvent.Clicked(mailing.Clock.Now, "https://shop.example/", Machine: false);
        foreach (var message in transport.Sent.Where(message => message.Subject == "今週 B"))
            await store.Write(message.Id, Engagements.After(new EngagementRecord { Mail = "weekly/2026-11-25", For = Mailing.Id.For }, clicked), null);
        var edition = await mailing.Editions.Find((await mailing.Issues.Find(Mailing.Id))!.Value, default);
        var b = transport.Sent.Count(message => message.Subject == "今週 B");
        Assert.Contains($"A: 0 of {30 - b} clicked, B: {b} of {b} clicked", (await new SubjectResults(mailing.House.Tables, mailing.Ledger).Count(edition, default)).Because, StringComparison.Ordinal);
    }
}
