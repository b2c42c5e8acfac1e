using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Sending;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>What a provider does not take: whoever it is fails alone, and only what nobody can get holds an
/// issue.</summary>
public sealed class RefusedTests
{
    private const string Reason = "SendGrid 400: bad request";

    private static ToldTransport Refusing(params IReadOnlyCollection<int> customers)
    {
        var addresses = customers.Select(n => $"c{n}@example.jp").ToHashSet();
        return new()
        {
            AnswerMany = batch => Task.FromResult<DeliveryResult>(batch.Recipients.Any(one =>
                addresses.Contains(one.To)) ? new DeliveryResult.Refused(Reason) : new DeliveryResult.Accepted("p"))
        };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(39)]
    public async Task One_whom_the_provider_does_not_take_and_does_not_name_fails_alone(int bad)
    {
        await using var mailing = await Mailing.Open(Refusing(bad), customers: 40, size: 20);
        Assert.Equal(ShardEnd.Done, (await mailing.Run()).End);
        var counts = (await mailing.Tally()).Counts;
        Assert.Equal(40, counts.Audience);
        Assert.Equal(39, counts.Sent);
        Assert.Equal(1, counts.Failed[Reason]);
        Assert.Equal(IssueState.Sending, (await mailing.Issues.Find(Mailing.Id))!.Value.State);
    }

    [Fact]
    public async Task Several_who_are_not_taken_fail_each_alone_once_anybody_was_accepted()
    {
        await using var mailing = await Mailing.Open(Refusing(3, 4, 5, 22, 30), customers: 40, size: 20);
        Assert.Equal(ShardEnd.Done, (await mailing.Run()).End);
        Assert.Equal(35, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(5, (await mailing.Tally()).Counts.Failed[Reason]);
    }

    [Fact]
    public async Task An_issue_that_nobody_can_get_is_held_after_two_were_refused_alone_and_the_others_wait()
    {
        var calls = 0;
        var transport = new ToldTransport
        {
            AnswerMany = _ => { calls++; return Task.FromResult<DeliveryResult>(new DeliveryResult.Refused(Reason)); }
        };
        await using var mailing = await Mailing.Open(transport, customers: 1000, size: 1000);
        Assert.Equal(ShardEnd.Held, (await mailing.Run()).End);
        var (issue, tally) = ((await mailing.Issues.Find(Mailing.Id))!.Value, await mailing.Tally());
        Assert.Equal(IssueState.Paused, issue.State);
        Assert.Equal(Reason, issue.Because);
        Assert.Equal(2, tally.Counts.Failed[Reason]);
        Assert.Equal(998, tally.Open);
        Assert.InRange(calls, 3, 13);

        // Put right and resumed, the others get it; the two are the failed, for "retry only the failed".
        transport.AnswerMany = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        await mailing.Issues.Change(Mailing.Id, held => held with { State = IssueState.Sending });
        Assert.Equal(ShardEnd.Done, (await mailing.Run()).End);
        Assert.Equal(998, (await mailing.Tally()).Counts.Sent);
        Assert.Equal(2, (await mailing.Tally()).Counts.Failed[Reason]);
    }

    [Fact]
    public async Task A_single_reader_who_is_refused_does_not_hold_the_issue()
    {
        await using var mailing = await Mailing.Open(Refusing(0), customers: 1);
        Assert.Equal(ShardEnd.Done, (await mailing.Run()).End);
        Assert.Equal(1, (await mailing.Tally()).Counts.Failed[Reason]);
    }
}
