using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Chat;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using static Automation.Marketing.Tests.Newsletters.Chunks.LineFriends;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>An issue that goes by LINE to who follows the shop there, and by mail to all others.</summary>
public class LineChunkTests
{
    /// <summary>Every other customer follows the shop.</summary>
    private static Customer Half(int n, Customer customer) => n % 2 == 0 ? Follows(n, customer) : customer;

    private static async Task<(Mailing Mailing, TalkedLine Line, ToldTransport Mails)> Open(
        int customers = 10, int size = 4, Func<int, Customer, Customer>? but = null, string text = "お茶の季節です。")
    {
        var (mails, line) = (new ToldTransport(), (TalkedLine?)null);
        var mailing = await Mailing.Open(
            mails, customers, size, but: but ?? Half, line: clock => line = new(clock), lineText: text);
        return (mailing, line!, mails);
    }

    private static async Task<Send> Send(Mailing mailing, int n)
    {
        var (chunk, place) = (await mailing.Ledger.Find(Mailing.Id, Mailing.Of(n)))!.Value;
        return ChunkLedger.Send(Mailing.Id, chunk, place);
    }

    [Fact]
    public async Task Who_follows_the_shop_gets_it_by_LINE_in_one_call_for_all_of_a_chunk_and_the_others_by_mail()
    {
        var (mailing, line, mails) = await Open(customers: 10, size: 5);
        await using var open = mailing;
        Assert.Equal(10, (await mailing.Run()).Sent);
        Assert.Equal([0, 2, 4, 6, 8], line.Cast.Select(cast => Convert.ToInt32(cast.To[1..], 16)).Order());
        Assert.All(line.Cast, cast => Assert.Contains("お茶の季節です。", cast.Json, StringComparison.Ordinal));
        Assert.Equal(2, line.Asked);
        Assert.Equal(
            ((int[])[1, 3, 5, 7, 9]).Select(Mailing.SendId), mails.Sent.Select(message => message.Id).Order());
        // A claim and a mark for each of two chunks, as for mails alone.
        Assert.Equal(4, mailing.Storage.WritesTo("Sends"));
        var counts = (await mailing.Tally()).Counts;
        Assert.True(counts is { Audience: 10, Sent: 10, Complete: true });
        Assert.Equal(("line", SendState.Accepted), ((await Send(mailing, 4)).Channel, (await Send(mailing, 4)).State));
        Assert.Equal("email", (await Send(mailing, 5)).Channel);
    }

    [Fact]
    public async Task What_speaks_to_each_of_them_is_pushed_to_each()
    {
        var (mailing, line, _) = await Open(text: "{{customer.salutation}}、こんにちは。");
        await using var open = mailing;
        await mailing.Run();
        Assert.Empty(line.Cast);
        Assert.Equal(5, line.Delivered.Count(one => one.How == "push"));
        Assert.Contains(line.Delivered, one => one.Json.Contains("佐藤4 様", StringComparison.Ordinal));
        Assert.Equal(10, (await mailing.Tally()).Counts.Sent);
    }

    [Fact]
    public async Task Consent_is_of_each_channel_and_one_address_gets_it_once()
    {
        var (mailing, line, mails) = await Open(customers: 5, but: (n, customer) => n switch
        {
            // Follows, and never agreed to mails.
            0 => Follows(0, customer) with
            {
                Consent = new Dictionary<string, ConsentRecord>
                {
                    ["line"] = new(ConsentState.Given, Fixtures.Now, "line follow"),
                },
            },
            // Has blocked the shop there: by mail.
            1 => Follows(1, customer) with
            {
                Consent = new Dictionary<string, ConsentRecord>(customer.Consent)
                {
                    ["line"] = new(ConsentState.Withdrawn, Fixtures.Now, "line unfollow"),
                },
            },
            2 => Follows(2, customer) with { Preferences = new() { Without = ["weekly"] } },
            3 => Follows(0, customer),
            _ => customer with { Consent = new Dictionary<string, ConsentRecord>() },
        });
        await using var open = mailing;
        await mailing.Run();
        Assert.Equal([User(0)], line.Cast.Select(cast => cast.To));
        Assert.Equal([Mailing.SendId(1)], mails.Sent.Select(message => message.Id));
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(new Dictionary<string, int>
        {
            ["left this newsletter"] = 1,
            ["the address is another customer's too"] = 1,
            ["consent: unknown"] = 1,
        }, counts.Skipped);
    }

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public Task Killed_at_any_write_nobody_gets_it_twice_by_LINE_and_everybody_gets_it(bool after, bool personal) =>
        CrashMatrix.Run(after, async crash =>
        {
            var (mailing, line, mails) = await Open(
                customers: 7, size: 3, text: personal ? "{{customer.salutation}}" : "お茶の季節です。");
            await using var open = mailing;
            // LINE takes each second request and cuts the connection.
            var asked = 0;
            line.Next = () => asked++ % 2 == 0 ? Manner.AcceptAndCut : Manner.Accept;
            await crash.During(mailing.Storage, () => mailing.Run());
            mailing.Restart();
            await mailing.Run();
            var tally = await mailing.Tally();
            Assert.True(tally is { Open: 0, Counts: { Audience: 7, Complete: true } });
            Assert.Equal(4, line.Delivered.Count(one => one.How == "push") + line.Cast.Count);
            for (var n = 0; n < 7; n += 2) Assert.Equal(SendState.Accepted, (await Send(mailing, n)).State);
            Assert.Equal(line.Cast.Count, line.Cast.DistinctBy(cast => cast.To).Count());
            Assert.All(mails.Sent.CountBy(message => message.Id), mail => Assert.Equal(1, mail.Value));
        });

    [Theory]
    [InlineData(Manner.AcceptAndCut), InlineData(Manner.CutUnread)]
    internal async Task What_LINE_did_not_answer_is_asked_again_with_the_same_key_and_reaches_them_once(Manner manner)
    {
        var (mailing, line, mails) = await Open(customers: 4);
        await using var open = mailing;
        line.Next = () => manner;
        var outcome = await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(2, mails.Sent.Count);
        Assert.Equal(new Dictionary<string, int> { [Chunk.Unanswered] = 2 }, (await mailing.Tally()).Waiting);
        Assert.Equal(SendState.Uncertain, (await Send(mailing, 0)).State);
        // Somebody blocks the shop meanwhile: it was on its way, and who it goes to is frozen.
        await mailing.Put(Mailing.Customer(2) with { Identities = [$"line:{User(2)}"] });
        line.Next = () => Manner.Accept;
        mailing.Clock.Now = outcome.Until!.Value;
        await mailing.Run();
        Assert.Equal([User(0), User(2)], line.Cast.Select(cast => cast.To).Order());
        Assert.True((await mailing.Tally()) is { Open: 0, Counts: { Sent: 4, Uncertain: 0 } });
    }

    [Fact]
    public async Task After_a_day_without_an_answer_nobody_knows_and_it_says_so()
    {
        var (mailing, line, _) = await Open(customers: 4);
        await using var open = mailing;
        line.Next = () => Manner.CutUnread;
        await mailing.Run();
        // Wait for what is open.
        for (var n = 0; n < 200 && (await mailing.Tally()).Open > 0; n++)
        {
            mailing.Clock.Now += TimeSpan.FromHours(1);
            await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        }
        Assert.True((await mailing.Tally()).Counts is { Sent: 2, Uncertain: 2, Complete: true });
        Assert.InRange(line.Asked, 10, 60);
        var asked = line.Asked;
        mailing.Clock.Now += TimeSpan.FromHours(2);
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(asked, line.Asked);
        Assert.Equal("LINE did not answer", (await Send(mailing, 0)).Reason);
    }

    [Fact]
    public async Task The_months_limit_holds_LINE_back_and_says_so_and_mails_go_all_the_same()
    {
        var (mailing, line, mails) = await Open(customers: 6, size: 3);
        await using var open = mailing;
        line.Next = () => Manner.UsedUp;
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(3, mails.Sent.Count);
        // Asked once, not for every chunk.
        Assert.Equal(1, line.Asked);
        Assert.Equal(
            new Dictionary<string, int> { ["LINE 429: the month's messages are used up"] = 3 },
            (await mailing.Tally()).Waiting);
        // Somebody has left meanwhile; the plan is raised.
        await mailing.Put(Mailing.Customer(2) with { Identities = [$"line:{User(2)}"] });
        line.Next = () => Manner.Accept;
        mailing.Clock.Now += TimeSpan.FromHours(1);
        await mailing.Run();
        Assert.Equal([User(0), User(4)], line.Cast.Select(cast => cast.To).Order());
        Assert.Contains(mails.Sent, message => message.Id == Mailing.SendId(2));
        Assert.True((await mailing.Tally()) is { Open: 0, Counts: { Sent: 6 } });
    }

    [Fact]
    public async Task Whoever_would_wait_longer_than_a_day_does_not_get_it()
    {
        var (mailing, line, _) = await Open(customers: 4);
        await using var open = mailing;
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        line.Next = () => Manner.UsedUp;
        for (var n = 0; n < 30; n++)
        {
            await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
            mailing.Clock.Now += TimeSpan.FromHours(1);
        }
        Assert.Empty(line.Cast);
        Assert.Equal(
            new Dictionary<string, int> { ["LINE 429: the month's messages are used up"] = 2 },
            (await mailing.Tally()).Counts.Skipped);
        Assert.Equal(0, (await mailing.Tally()).Open);
    }

    [Fact]
    public async Task What_LINE_refuses_has_failed_and_cancelled_while_it_is_asked_it_is_uncertain()
    {
        var (mailing, line, _) = await Open(customers: 4);
        await using var open = mailing;
        line.Next = () => Manner.Refuse;
        await mailing.Run();
        Assert.Equal(2, (await mailing.Tally()).Counts.Failed.Values.Sum());
        var (other, silent, _) = await Open(customers: 4);
        await using var second = other;
        silent.Next = () => Manner.CutUnread;
        await other.Sending.Send(Mailing.Id, Mailing.Shard, default);
        await foreach (var chunk in other.Ledger.Of(Mailing.Id, Mailing.Shard))
        {
            Assert.True(chunk.Close());
            Assert.Equal(2, chunk.In(Chunk.Uncertain).Count());
        }
    }

    [Fact]
    public async Task Whom_LINE_refused_and_who_has_left_it_since_gets_the_mail_when_failures_are_tried_again()
    {
        var (mailing, line, mails) = await Open(customers: 4);
        await using var open = mailing;
        line.Next = () => Manner.Refuse;
        await mailing.Run();
        await mailing.Put(Mailing.Customer(0));
        await mailing.Issues.Change(Mailing.Id, issue => issue with { State = IssueState.Sending, Round = 1 });
        line.Next = () => Manner.Accept;
        await mailing.Run();
        Assert.Equal([User(2)], line.Cast.Select(cast => cast.To));
        Assert.Contains(mails.Sent, message => message.Id == Mailing.SendId(0));
        Assert.Equal(("email", SendState.Accepted), ((await Send(mailing, 0)).Channel, (await Send(mailing, 0)).State));
        Assert.Equal(4, (await mailing.Tally()).Counts.Sent);
    }

    [Fact]
    public void Batches_of_a_chunk_survive_its_row_and_a_number_that_was_not_used_is_free()
    {
        var chunk = Chunk.New("weekly|2026-11-25|a0", Chunk.Beginning, "a1");
        for (var n = 0; n < 6; n++) chunk.Add(Mailing.Of(n));
        var first = chunk.Begin([0, 2], Fixtures.Now)!;
        var second = chunk.Begin([3], Fixtures.Now.AddHours(1))!;
        Assert.Equal("weekly|2026-11-25|a0|-|2", chunk.NameOf(second));
        Assert.NotEqual(LineMessage.KeyOf(chunk.NameOf(first)), LineMessage.KeyOf(chunk.NameOf(second)));
        var read = Chunk.Read(chunk.Row());
        Assert.Equal(second, read.BatchOf(3));
        Assert.Null(read.BatchOf(1));
        read.Release(second, [3]);
        Assert.Equal(2, read.Begin([4], Fixtures.Now)!.Number);
        read.TakeOverLines();
        Assert.Equal([0, 2, 4], read.In(Chunk.Asked));
        Assert.Equal([2, 1], read.AskedBatches().Select(one => one.Places.Count));
        Assert.True(first.KeyHolds(Fixtures.Now.AddHours(22)));
        Assert.False(first.KeyHolds(Fixtures.Now.AddHours(24)));
    }
}
