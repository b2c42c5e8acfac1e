using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

public class ShardSendingTests
{
    [Fact]
    public async Task Everybody_gets_it_once_in_a_few_calls_and_the_sum_is_right()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 10, size: 4);
        Assert.Equal(10, (await mailing.Run()).Sent);
        Assert.Equal(Enumerable.Range(0, 10).Select(Mailing.SendId), transport.Sent.Select(message => message.Id));
        Assert.Equal("佐藤3 様", transport.Sent.ElementAt(3).Text.Split('\n')[0]);
        // A page, a claim and a mark for each of three chunks.
        Assert.Equal(3, mailing.Storage.Reads("Customers"));
        Assert.Equal(6, mailing.Storage.WritesTo("Sends"));
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(10, counts.Audience);
        Assert.Equal(10, counts.Sent);
        Assert.True(counts.Complete);
        Assert.Equal(ShardEnd.Done, (await mailing.Run()).End);
        Assert.Equal(10, transport.Sent.Count);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public Task Killed_at_any_write_nobody_gets_it_twice_and_nobody_is_forgotten(bool after, bool idempotent) =>
        CrashMatrix.Run(after, async crash =>
    {
        var transport = new ToldTransport(idempotent);
        await using var mailing = await Mailing.Open(transport, customers: 7, size: 3);
        await crash.During(mailing.Storage, () => mailing.Run());
        mailing.Restart();
        await mailing.Run();
        var tally = await mailing.Tally();
        Assert.Equal(7, tally.Counts.Audience);
        Assert.Equal(0, tally.Open);
        Assert.True(tally.Counts.Complete);
        var arrived = transport.Sent.CountBy(message => message.Id).ToDictionary();
        if (!idempotent) Assert.All(arrived, mail => Assert.Equal(1, mail.Value));
        for (var n = 0; n < 7; n++)
        {
            var (chunk, place) = (await mailing.Ledger.Find(Mailing.Id, Mailing.Of(n)))!.Value;
            if (idempotent) Assert.Equal(Chunk.Sent, chunk.States[place]);
            else Assert.True(chunk.States[place] == Chunk.Uncertain
                || (chunk.States[place] == Chunk.Sent && arrived.ContainsKey(Mailing.SendId(n))));
        }
    });

    [Fact]
    public async Task Whoever_may_not_be_written_to_is_counted_by_reason_and_stops_nobody()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(
            transport, customers: 8, body: "{{customer.familyName}} さん", but: (n, customer) => n switch
            {
                1 => customer with { Consent = new Dictionary<string, ConsentRecord>() },
                2 => customer with { Suppressed = new Dictionary<string, string> { ["email"] = "bounced" } },
                3 => customer with { FamilyName = null },
                4 => customer with { Preferences = new() { Without = ["weekly"] } },
                5 => customer with { Preferences = new() { PausedUntil = Fixtures.Now.AddDays(30) } },
                6 => customer with { Email = "c0@example.jp" },
                7 =>
                    customer with { Recent = [new("a", Fixtures.Now.AddDays(-3)), new("b", Fixtures.Now.AddDays(-2))] },
                _ => customer,
            });
        mailing.House.Shop = mailing.House.Shop with { Plan = new() { Caps = [new(2, new(7, PeriodUnit.Day))] } };
        await mailing.Run();
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(8, counts.Audience);
        Assert.Equal(2, counts.Sent);
        Assert.True(counts.Complete);
        Assert.Equal(new Dictionary<string, int>
        {
            ["cap: 2 per 7 days"] = 1,
            ["consent: unknown"] = 1,
            ["left this newsletter"] = 1,
            ["pauses mails"] = 1,
            ["suppressed: bounced"] = 1
        }, counts.Skipped);
        Assert.Equal(
            new Dictionary<string, int> { ["not rendered: customer.familyName is not known"] = 1 }, counts.Failed);
        Assert.Equal([Mailing.SendId(0), Mailing.SendId(6)], transport.Sent.Select(message => message.Id));
    }

    [Theory]
    [InlineData(2, 0, 6, 0)]
    [InlineData(1, 2, 1, 5)]
    public async Task The_ledger_is_asked_only_where_there_may_be_no_room_and_once_for_a_chunk(
        int messages, int reads, int sent, int full)
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 6, size: 3);
        var last = new IssueId("weekly", new(2026, 11, 18));
        await mailing.Issues.Add(new Issue
        {
            Id = last,
            State = IssueState.Sent,
            Slot = mailing.Clock.Now.AddDays(-4),
            StartedAt = mailing.Clock.Now.AddDays(-4),
            EndedAt = mailing.Clock.Now.AddDays(-4)
        });
        var chunk = Chunk.New(Chunk.PartitionOf(last, Mailing.Shard), Chunk.Beginning, "a1");
        foreach (var n in Enumerable.Range(0, 6)) chunk.Add(Mailing.Of(n));
        for (var n = 0; n < 6; n++) chunk.Set(n, Chunk.Sent);
        chunk.SetSkipped(4, "pauses mails");
        chunk.At = mailing.Clock.Now.AddDays(-4);
        await mailing.Ledger.Add(chunk, default);
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        mailing.House.Shop =
            mailing.House.Shop with { Plan = new() { Caps = [new(messages, new(7, PeriodUnit.Day))] } };
        mailing.Storage.Reset();
        await mailing.Run();
        // One look for open chunks there is in any case.
        Assert.Equal(reads, mailing.Storage.Reads("Sends") - 1);
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(sent, counts.Sent);
        Assert.Equal(full, counts.Skipped.GetValueOrDefault($"cap: {messages} per 7 days"));
    }

    [Fact]
    public async Task Whoever_sleeps_now_gets_it_when_the_quiet_hours_are_over()
    {
        var transport = new ToldTransport();
        // The evening in Tokyo, four in the morning in New York.
        await using var mailing = await Mailing.Open(transport, customers: 3,
            but: (n, customer) => n == 1 ? customer with { TimeZone = "America/New_York" } : customer);
        mailing.House.Shop = mailing.House.Shop with { QuietHours = new(new(21, 0), new(8, 0)) };
        var first = await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(2, first.Sent);
        Assert.Equal(Fixtures.Now.AddHours(4), first.Until);
        Assert.Equal(1, (await mailing.Tally()).Open);
        Assert.Equal(2, transport.Sent.Count);
        Assert.Equal(new Dictionary<string, int> { ["quiet hours"] = 1 }, (await mailing.Tally()).Waiting);
        await mailing.Run();
        Assert.Equal(0, (await mailing.Tally()).Open);
        Assert.Equal(3, transport.Sent.Count);
    }

    [Fact]
    public async Task Whoever_waits_has_the_reason_in_their_send_and_it_costs_no_write_more()
    {
        var answers = new Queue<DeliveryResult>(
            [new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "SendGrid 429: slowly")]);
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult(
                answers.TryDequeue(out var next) ? next : new DeliveryResult.Accepted("p"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 4, size: 4, but: (n, customer) => n switch
        {
            1 => customer with { TimeZone = "America/New_York" },
            2 => customer with { Recent = [new("a", Fixtures.Now.AddHours(-2))] },
            _ => customer,
        });
        mailing.House.Shop = mailing.House.Shop with
        {
            QuietHours = new(new(21, 0), new(8, 0)),
            Plan = new() { Caps = [new(1, new(1, PeriodUnit.Day))] }
        };
        mailing.Storage.Reset();
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(2, mailing.Storage.WritesTo("Sends"));
        var tally = await mailing.Tally();
        Assert.Equal(new Dictionary<string, int> { ["SendGrid 429: slowly"] = 2, ["quiet hours"] = 1 }, tally.Waiting);
        Assert.Equal(3, tally.Open);
        Assert.Equal(1, tally.Counts.Skipped["cap: 1 per 1 day"]);
        var (chunk, place) = (await mailing.Ledger.Find(Mailing.Id, Mailing.Of(1)))!.Value;
        var send = ChunkLedger.Send(Mailing.Id, chunk, place);
        Assert.Equal(SendState.Released, send.State);
        Assert.Equal("quiet hours", send.Reason);
        await mailing.Run();
        Assert.Equal(0, (await mailing.Tally()).Open);
        Assert.Empty((await mailing.Tally()).Waiting);
    }

    [Fact]
    public void Kinds_of_reasons_beyond_counting_share_one_each()
    {
        var chunk = Chunk.New("p", Chunk.Beginning, "a1");
        for (var n = 0; n < 900; n++)
        {
            chunk.Add(Mailing.Of(n));
            if (n % 3 == 0) chunk.SetSkipped(n, $"{n}");
            else if (n % 3 == 1) chunk.SetFailed(n, $"{n}");
            else chunk.SetWaiting(n, $"{n}");
        }
        Assert.Equal(["897", "898", "899"],
            ((int[])[897, 898, 899]).Select(n => chunk.ReasonOf(n) == "other reasons" ? $"{n}" : ""));
        Assert.True(chunk.IsFailed(898));
        Assert.True(chunk.IsWaiting(899));
        Assert.Equal("5", chunk.ReasonOf(5));
        var tally = new IssueTally();
        chunk.AddTo(tally);
        Assert.Equal(900, tally.Counts.Audience);
        Assert.Equal(300, tally.Open);
        Assert.Equal(300, tally.Counts.Failed.Values.Sum());
    }

    [Fact]
    public async Task A_page_of_more_than_ten_thousand_bytes_goes_whole()
    {
        var (transport, sizes) =
            (new ToldTransport(), new System.Collections.Concurrent.ConcurrentBag<(int Recipients, int Tags)>());
        transport.AnswerMany = batch =>
        {
            sizes.Add((batch.Recipients.Count, batch.Tags.Count));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        };
        await using var mailing = await Mailing.Open(
            transport, customers: 3, body: $"{{{{#if customer.familyName}}}}\n{new string('字', 4000)}\n{{{{/if}}}}",
            but: (n, customer) => n == 1 ? customer with { FamilyName = null, GivenName = "花" } : customer);
        await mailing.Run();
        Assert.Equal([(1, 0), (1, 0)], sizes.Where(size => size.Tags == 0));
        Assert.Single(sizes, size => size.Recipients == 1 && size.Tags > 0);
        Assert.Equal(2, transport.Sent.Count(message => message.Html.Contains("字字字", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_process_has_the_chunk_and_is_left_alone_until_it_must_be_dead()
    {
        var transport = new ToldTransport { AnswerMany = _ => throw new KilledException() };
        await using var mailing = await Mailing.Open(transport, customers: 2);
        await Assert.ThrowsAsync<KilledException>(() => mailing.Sending.Send(Mailing.Id, Mailing.Shard, default));
        mailing.Restart(alone: false);
        Assert.Equal(ShardEnd.More, (await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)).End);
        Assert.Equal(0, (await mailing.Tally()).Counts.Uncertain);
        mailing.Clock.Now += TimeSpan.FromMinutes(6);
        await mailing.Run();
        Assert.Equal(2, (await mailing.Tally()).Counts.Uncertain);
    }
}
