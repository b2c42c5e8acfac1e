using Automation.Marketing.Engagement;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

public class PaceTests
{
    [Fact]
    public async Task A_new_sender_domain_sends_a_few_on_its_first_day_and_more_on_the_next()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 12, size: 4);
        mailing.House.Shop = mailing.House.Shop with { Sending = new() { WarmUp = [3, 5] } };
        var days = new List<int>();
        while ((await mailing.Sending.Send(
            Mailing.Id, Mailing.Shard, default)) is { End: ShardEnd.Done, Until: { } tomorrow })
        {
            days.Add(transport.Sent.Count);
            mailing.Clock.Now = tomorrow;
        }
        Assert.Equal([3, 8], days);
        Assert.Equal(12, transport.Sent.DistinctBy(message => message.Id).Count());
        Assert.Equal(0, (await mailing.Tally()).Open);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 5)]
    [InlineData(2, 8)]
    [InlineData(3, null)]
    [InlineData(400, null)]
    [InlineData(-1, 3)]   // the clock went back
    public void The_warm_up_allows_so_many_by_the_day_and_after_its_last_day_any_number(int day, int? most) =>
        Assert.Equal(most, new SendingPace { WarmUp = [3, 5, 8] }.MostOn(day));

    [Fact]
    public async Task A_warming_domain_s_days_are_the_shop_s_and_count_from_its_first_whether_it_sends_on_them_or_not()
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { Sending = new() { WarmUp = [3, 5, 8] } };
        var (midnight, pace) = (new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero),
            new RateLimit(house.Tables, house.Current, house.Clock));
        house.Clock.Now = midnight.AddMinutes(-1);
        Assert.Equal([(2, midnight), (1, midnight), (0, midnight)],
            [await Take("a", 2), await Take("a", 2), await Take("a", 2)]);
        Assert.Equal((3, midnight), await Take("b", 9));
        house.Clock.Now = midnight;
        Assert.Equal((5, midnight.AddDays(1)), await Take("a", 9));
        house.Clock.Now = midnight.AddDays(2);
        Assert.Equal((9, default(DateTimeOffset)), await Take("a", 9));
        Assert.Equal((3, midnight.AddDays(3)), await Take("c", 9));

        ValueTask<(int, DateTimeOffset)> Take(string domain, int wanted) =>
            pace.Take(domain, $"{Guid.NewGuid()}", wanted, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_processes_share_a_warming_domain_s_day_and_what_a_killed_one_took_is_there_for_the_same_work(
        bool afterTheWrite)
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { Sending = new() { WarmUp = [5] } };
        var processes = Enumerable.Range(0, 2)
            .Select(_ => new RateLimit(house.Tables, house.Current, house.Clock)).ToList();
        var granted = await Task.WhenAll(
            processes.Select((process, n) => process.Take("first", $"{n}", 4, default).AsTask()));
        Assert.Equal(5, granted.Sum(one => one.Granted));
        await processes[0].Take("second", "this", 2, default);
        (house.Storage.KillAtWrite, house.Storage.KillAfter) = (house.Storage.Writes, afterTheWrite);
        await Assert.ThrowsAsync<KilledException>(() => processes[0].Take("second", "that", 2, default).AsTask());
        Assert.Equal(2, await Take(1, "that", 2));
        Assert.Equal(1, await Take(1, "other", 4));
        Assert.Equal(2, await Take(0, "that", 2));

        async Task<int> Take(int process, string work, int wanted) =>
            (await processes[process].Take("second", work, wanted, default)).Granted;
    }

    [Fact]
    public void The_same_work_gets_the_same_grant_and_more_only_while_the_day_lasts()
    {
        var day = new WarmDay(new(2026, 11, 22), new(2026, 11, 22), 0, []);
        List<int> granted = [];
        foreach (var (work, wanted) in ((string, int)[])[("a", 4), ("a", 3), ("b", 3), ("a", 9), ("c", 9),
            ("c", 1), ("a", 9)])
        {
            (day, var count) = day.Take(work, wanted, most: 10);
            granted.Add(count);
        }
        Assert.Equal([4, 3, 3, 7, 0, 0, 7], granted);
        Assert.Equal(10, day.Taken);
        Assert.Equal(2, day.GiveBack(2).Take("c", 9, most: 10).Granted);
        Assert.Equal(8, day.GiveBack(2).Taken);
        for (var n = 0; n < 40; n++) (day, _) = day.Take($"{n}", 1, most: 100);
        Assert.Equal(50, day.Taken);
        Assert.Equal(32, day.Grants.Count);
        Assert.Equal("39", day.Grants[^1].Work);
        Assert.Equal(day.Grants, day.Grants.Select(grant => WarmGrant.Parse($"{grant}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Killed_at_any_write_a_warming_domain_sends_its_day_s_share_neither_more_nor_less(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 12, size: 4);
        mailing.House.Shop = mailing.House.Shop with { Sending = new() { WarmUp = [6, 20] } };
        await crash.During(mailing.Storage, () => mailing.Sending.Send(Mailing.Id, Mailing.Shard, default));
        mailing.Restart();
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        var tally = await mailing.Tally();
        Assert.Equal(6, tally.Counts.Sent + tally.Counts.Uncertain);
        Assert.Equal(6, tally.Open);
    });

    [Fact]
    public async Task What_the_provider_did_not_take_is_not_counted_for_the_day()
    {
        var answers = new Queue<DeliveryResult>([new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429"),
            new DeliveryResult.Accepted("p"), new DeliveryResult.Refused("no such address") { Recipients = [0] }]);
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult(
                answers.TryDequeue(out var next) ? next : new DeliveryResult.Accepted("p"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 9, size: 3);
        mailing.House.Shop = mailing.House.Shop with { Sending = new() { WarmUp = [6, 20] } };
        ShardOutcome outcome;
        while ((outcome = await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)).End == ShardEnd.More)
            mailing.Clock.Now = outcome.Until!.Value;
        var tally = await mailing.Tally();
        Assert.Equal(6, tally.Counts.Sent);
        Assert.Equal(1, tally.Counts.Failed.Values.Sum());
        Assert.Equal(2, tally.Open);
    }

    [Fact]
    public async Task No_more_go_in_a_second_than_the_shop_says_but_for_one_call()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 50, size: 50);
        mailing.House.Shop = mailing.House.Shop with { Sending = new(PerSecond: 2) };
        var (begin, calls) = (mailing.Clock.Now, new List<(double After, int Mails)>());
        transport.AnswerMany = batch =>
        {
            calls.Add(((mailing.Clock.Now - begin).TotalSeconds, batch.Recipients.Count));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        };
        await mailing.Run();
        Assert.Equal([(0, 20), (10, 20), (20, 10)], calls);
    }

    [Fact]
    public async Task Shards_that_send_at_once_wait_for_each_other_and_a_silence_saves_nothing_up()
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { Sending = new(PerSecond: 5) };
        var clock = new AskedClock();
        var pace = new RateLimit(house.Tables, house.Current, clock);
        var shards = Enumerable.Range(0, 4).Select(_ => pace.Wait(10, default)).ToList();
        Assert.True(shards[0].IsCompleted);
        Assert.Equal([2, 4, 6], clock.Asked.Select(wait => wait.TotalSeconds));
        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal([true, false], [pace.Wait(10, default).IsCompleted, pace.Wait(10, default).IsCompleted]);
        Assert.Equal(2, clock.Asked[^1].TotalSeconds);
    }

    [Fact]
    public async Task Killed_while_it_waits_for_its_turn_nobody_is_uncertain_and_everybody_gets_it_afterwards()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 50, size: 50);
        mailing.House.Shop = mailing.House.Shop with { Sending = new(PerSecond: 2) };
        mailing.Clock.KillsWhoWaits = true;
        await Assert.ThrowsAsync<KilledException>(mailing.Run);
        Assert.Equal(20, transport.Sent.Count);
        mailing.Clock.KillsWhoWaits = false;
        mailing.Restart();
        await mailing.Run();
        Assert.Equal(50, transport.Sent.Count);
        Assert.Equal(50, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(0, (await mailing.Tally()).Counts.Uncertain);
    }

    [Fact]
    public async Task Stopped_while_it_waits_for_its_turn_or_for_an_answer_everybody_gets_it_once_afterwards()
    {
        using var stop = new CancellationTokenSource();
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 50, size: 50);
        mailing.House.Shop = mailing.House.Shop with { Sending = new(PerSecond: 2) };
        transport.AnswerMany = async _ =>
        {
            await stop.CancelAsync();
            return new DeliveryResult.Accepted("p");
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => mailing.Sending.Send(Mailing.Id, Mailing.Shard, stop.Token));
        Assert.Equal(20, transport.Sent.Count);
        Assert.Equal(20, (await mailing.Tally()).Counts.Sent);
        mailing.Restart();
        await mailing.Run();
        Assert.Equal(50, transport.Sent.DistinctBy(message => message.Id).Count());
        Assert.Equal(50, transport.Sent.Count);
        Assert.Equal(0, (await mailing.Tally()).Counts.Uncertain);
    }

    /// <summary>Notes how long it is asked to wait, and never wakes anybody.</summary>
    private sealed class AskedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Fixtures.Now;
        public List<TimeSpan> Asked { get; } = [];
        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
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
    [InlineData(new[] { 500, 500 }, new[] { 2, 9 }, 0,
        "the first subject: too little data (A: 2 of 500 clicked, B: 9 of 500 clicked)")]
    [InlineData(new[] { 500, 20, 500 }, new[] { 10, 20, 0 }, 0,
        "the first subject: too little data (A: 10 of 500 clicked, B: 20 of 20 clicked, C: 0 of 500 clicked)")]
    public void The_subject_more_people_clicked_wins_and_too_little_data_is_said(
        int[] readers, int[] clicks, int winner, string because) =>
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
            await store.Write(message.Id, Engagements.After(
                new EngagementRecord { Mail = "weekly/2026-11-25", For = Mailing.Id.For }, clicked), null);
        var edition = await mailing.CompiledIssues.Find((await mailing.Issues.Find(Mailing.Id))!.Value, default);
        var b = transport.Sent.Count(message => message.Subject == "今週 B");
        Assert.Contains($"A: 0 of {30 - b} clicked, B: {b} of {b} clicked", (await new SubjectResults(
            mailing.Ledger, new(mailing.House.Tables)).Count(edition, default)).Because, StringComparison.Ordinal);
    }
}
