using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

public class ProviderAnswerTests
{
    [Fact]
    public async Task One_address_of_two_customers_in_one_call_gets_one_mail()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 3,
            but: (n, customer) => customer with { Email = n == 2 ? "C0@example.jp" : customer.Email });
        await mailing.Run();
        Assert.Equal(1, (await mailing.Tally()).Counts.Skipped["the address is another customer's too"]);
        Assert.Equal(2, transport.Sent.Count);
    }

    [Fact]
    public async Task Whom_the_provider_names_fails_alone_and_only_the_failed_are_tried_again()
    {
        var transport = new ToldTransport
        {
            AnswerMany = batch => Task.FromResult<DeliveryResult>(batch.Recipients.Select((one, n) => (one, n))
                .Where(each => each.one.To is "c1@example.jp").Select(each => each.n).ToList() is { Count: > 0 } places
            ? new DeliveryResult.Refused("SendGrid 400: no address") { Recipients = places }
                : new DeliveryResult.Accepted("p"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 4);
        await mailing.Run();
        Assert.Equal(3, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(1, (await mailing.Tally()).Counts.Failed["SendGrid 400: no address"]);
        transport.Sent.Clear();
        transport.AnswerMany = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        await mailing.Issues.Change(Mailing.Id, issue => issue with { Round = 1 });
        await mailing.Run();
        Assert.Equal(4, (await mailing.Tally()).Counts.Sent);
        Assert.Equal([Mailing.SendId(1)], transport.Sent.Select(message => message.Id));
    }

    [Fact]
    public async Task Too_large_a_call_is_halved()
    {
        var transport = new ToldTransport
        {
            AnswerMany = batch => Task.FromResult<DeliveryResult>(batch.Recipients.Count > 2
                ? new DeliveryResult.Refused("413") { TooLarge = true } : new DeliveryResult.Accepted("p"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 7, size: 7);
        await mailing.Run();
        Assert.Equal(7, (await mailing.Tally()).Counts.Sent);
    }

    [Fact]
    public async Task A_busy_provider_is_waited_for_and_an_unclear_answer_is_uncertain_until_the_provider_says()
    {
        var answers = new Queue<DeliveryResult>([new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429"),
            new DeliveryResult.Unclear("no answer in time")]);
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult(
                answers.TryDequeue(out var next) ? next : new DeliveryResult.Accepted("p"))
        };
        await using var mailing = await Mailing.Open(transport, customers: 6, size: 3);
        await mailing.Ledger.Announce(Mailing.Id, false, default);
        await mailing.Run();
        Assert.Equal(3, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(3, (await mailing.Tally()).Counts.Uncertain);
        var sent = await mailing.Ledger.Settle([new(Mailing.SendId(0), true, null), new(Mailing.SendId(1), false,
            "dropped: bounced address"), new($"{Mailing.Of(1)}-0123456789abcdef", true, null)]);
        Assert.Equal([Mailing.SendId(0), Mailing.SendId(1)], sent.Keys.Order());
        Assert.Equal(new("weekly/2026-11-25", "newsletter:weekly/2026-11-25"), sent[Mailing.SendId(0)]);
        await mailing.Ledger.Settle([new(Mailing.SendId(0), false, "too late to say otherwise")]);
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(4, counts.Sent);
        Assert.Equal(1, counts.Uncertain);
        Assert.Equal(1, counts.Failed["dropped: bounced address"]);
        Assert.True(counts.Complete);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_provider_s_events_said_before_the_mark_stays_whatever_the_call_answered(bool accepted)
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 4, size: 4);
        await mailing.Ledger.Announce(Mailing.Id, false, default);
        transport.AnswerMany = async _ =>
        {
            await mailing.Ledger.Settle(
                [new(Mailing.SendId(0), false, "dropped: bounced address"), new(Mailing.SendId(1), true, null)]);
            return accepted ? new DeliveryResult.Accepted("p") : new DeliveryResult.Unclear("no answer in time");
        };
        await mailing.Run();
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(accepted ? (3, 0, 1) : (1, 2, 1),
            (counts.Sent, counts.Uncertain, counts.Failed["dropped: bounced address"]));
    }

    [Fact]
    public async Task What_was_settled_while_the_chunk_was_in_hand_again_stays_settled()
    {
        var answers = new Queue<DeliveryResult>([new DeliveryResult.Unclear("no answer in time")]);
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult(
                answers.TryDequeue(out var next) ? next : new DeliveryResult.Accepted("p"))
        };
        // The evening in Tokyo, four in the morning in New York: one waits, the other is uncertain.
        await using var mailing = await Mailing.Open(transport, customers: 2,
            but: (n, customer) => n == 1 ? customer with { TimeZone = "America/New_York" } : customer);
        mailing.House.Shop = mailing.House.Shop with { QuietHours = new(new(21, 0), new(8, 0)) };
        await mailing.Ledger.Announce(Mailing.Id, false, default);
        mailing.Clock.Now = (await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)).Until!.Value;
        transport.AnswerMany = async _ =>
        {
            await mailing.Ledger.Settle([new(Mailing.SendId(0), true, null)]);
            return new DeliveryResult.Accepted("p");
        };
        await mailing.Run();
        Assert.Equal(2, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(0, (await mailing.Tally()).Counts.Uncertain);
    }

    [Fact]
    public async Task A_stopped_provider_pauses_the_issue_and_nobody_is_uncertain()
    {
        var transport = new ToldTransport
        {
            AnswerMany = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Busy(
                TimeSpan.FromMinutes(5), "SendGrid 401: bad key", Stopped: true))
        };
        await using var mailing = await Mailing.Open(transport, customers: 4);
        Assert.Equal(ShardEnd.Held, (await mailing.Run()).End);
        var issue = (await mailing.Issues.Find(Mailing.Id))!.Value;
        Assert.Equal(IssueState.Paused, issue.State);
        Assert.Equal("SendGrid 401: bad key", issue.Because);
        transport.AnswerMany = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        await mailing.Issues.Change(Mailing.Id, now => now with { State = IssueState.Sending });
        transport.Sent.Clear();
        await mailing.Run();
        Assert.Equal(4, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(4, transport.Sent.Count);
    }
}
