using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>Of an issue that is cancelled nobody stays open, whatever was under way.</summary>
public class CancelTests
{
    /// <summary>Ten customers: a chunk of four is sent, the second is claimed and the process killed in the
    /// call.</summary>
    private static async Task<Mailing> KilledAndCancelled(bool isCancelledFirst = false)
    {
        var (calls, transport) = (0, new ToldTransport());
        var mailing = await Mailing.Open(transport, customers: 10, size: 4);
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        transport.AnswerMany = async _ =>
        {
            if (calls++ == 0) return new Marketing.Sending.DeliveryResult.Accepted("p");
            if (isCancelledFirst) await mailing.Desk.Make(IssueMove.Cancel, Mailing.Id, default);
            throw new KilledException();
        };
        await Assert.ThrowsAsync<KilledException>(mailing.Run);
        mailing.Restart();
        if (!isCancelledFirst) await mailing.Desk.Make(IssueMove.Cancel, Mailing.Id, default);
        return mailing;
    }

    private static async Task<(int Audience, int Sent, int Uncertain, int Open, bool Complete)> Sum(Mailing mailing) =>
        await mailing.Tally() is var tally
            ? (tally.Counts.Audience, tally.Counts.Sent, tally.Counts.Uncertain, tally.Open, tally.Counts.Complete)
            : default;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_claimed_when_the_process_was_killed_is_uncertain_and_the_sum_is_right(
        bool isCancelledFirst)
    {
        await using var mailing = await KilledAndCancelled(isCancelledFirst);
        Assert.Equal((8, 4, 0, 4, false), await Sum(mailing));
        Assert.Equal("cancelled", (await mailing.Opening.Open(Mailing.Id, default)).Ended);
        Assert.Equal((8, 4, 4, 0, true), await Sum(mailing));
        var (chunk, place) = (await mailing.Ledger.Find(Mailing.Id, Mailing.Of(5)))!.Value;
        Assert.Equal("killed between claim and answer", chunk.ReasonOf(place));
        Assert.True((await mailing.Issues.Find(Mailing.Id))!.Value.IsClosed);
    }

    [Fact]
    public async Task Whom_nobody_wakes_the_sweep_closes()
    {
        await using var mailing = await KilledAndCancelled();
        await mailing.Desk.Sweep(["weekly"]);
        Assert.Equal(4, (await mailing.Tally()).Open);   // calls may still be under way
        mailing.Clock.Now += TimeSpan.FromMinutes(11);
        await mailing.Desk.Sweep(["weekly"]);
        Assert.Equal((8, 4, 4, 0, true), await Sum(mailing));
        mailing.Storage.Reset();
        await mailing.Desk.Sweep(["weekly"]);
        Assert.Equal(0, mailing.Storage.Reads("Sends"));
    }

    [Fact]
    public Task Killed_while_it_is_closed_it_is_closed_the_next_time() => CrashMatrix.Run(after: false, async crash =>
    {
        await using var mailing = await KilledAndCancelled();
        await crash.During(mailing.Storage, () => mailing.Opening.Open(Mailing.Id, default));
        await mailing.Opening.Open(Mailing.Id, default);
        Assert.Equal((8, 4, 4, 0, true), await Sum(mailing));
    });

    [Fact]
    public async Task Whoever_waits_when_it_is_cancelled_is_skipped()
    {
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult<Marketing.Sending.DeliveryResult>(
                new Marketing.Sending.DeliveryResult.Busy(
                    TimeSpan.FromMinutes(1), "429"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 3, size: 4);
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        await mailing.Desk.Make(IssueMove.Cancel, Mailing.Id, default);
        await mailing.Opening.Open(Mailing.Id, default);
        var tally = await mailing.Tally();
        Assert.Equal(3, tally.Counts.Audience);
        Assert.Equal(3, tally.Counts.Skipped["cancelled"]);
        Assert.Equal(0, tally.Open);
        Assert.True(tally.Counts.Complete);
    }

    [Fact]
    public async Task What_a_living_process_has_in_hand_is_left_to_it()
    {
        var (transport, going, answer) =
            (new ToldTransport(), new TaskCompletionSource(),
                new TaskCompletionSource<Marketing.Sending.DeliveryResult>());
        transport.AnswerMany = _ => { going.SetResult(); return answer.Task; };
        await using var mailing = await Mailing.Open(transport, customers: 3, size: 4);
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        var sending = mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        await going.Task;
        await mailing.Desk.Make(IssueMove.Cancel, Mailing.Id, default);
        await mailing.Opening.Open(Mailing.Id, default);
        Assert.Equal(3, (await mailing.Tally()).Open);
        answer.SetResult(new Marketing.Sending.DeliveryResult.Accepted("p"));
        await sending;
        await mailing.Opening.Open(Mailing.Id, default);
        Assert.Equal((3, 3, 0, 0, true), await Sum(mailing));
    }
}
