using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>What a provider in trouble makes uncertain is no more than a few calls' worth.</summary>
public class BreakerTests
{
    [Fact]
    public async Task After_two_broken_answers_in_a_row_nothing_is_sent_for_ten_seconds_and_the_rest_gets_it_then()
    {
        await using var sink = new Sink
        {
            Script = n => n < 2 ? (SinkDoes.Answer, 500, "", "") : (SinkDoes.Answer, 202, "X-Message-Id: abc\r\n", "")
        };
        using var transport = Transport(sink);
        await using var mailing = await Mailing.Open(transport, customers: 18, size: 3);
        var begin = mailing.Clock.Now;
        var outcome = await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(ShardEnd.More, outcome.End);
        Assert.Equal(begin.AddSeconds(10), outcome.Until);
        Assert.Equal(2, sink.Requests);
        mailing.Clock.Now = begin.AddSeconds(9);
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(2, sink.Requests);

        await mailing.Run();
        var tally = await mailing.Tally();
        Assert.Equal(18, tally.Counts.Audience);
        Assert.Equal(12, tally.Counts.Sent);
        Assert.Equal(6, tally.Counts.Uncertain);
        Assert.True(tally.Counts.Complete);
        Assert.Equal(0, tally.Open);
        var arrived = sink.Accepted.SelectMany(body => body.GetProperty("personalizations").EnumerateArray())
            .Select(to => to.GetProperty("to")[0].GetProperty("email").GetString()).ToList();
        Assert.Equal(Enumerable.Range(6, 12).Select(n => $"c{n}@example.jp").Order(), arrived.Order());
    }

    [Fact]
    public async Task A_provider_that_stays_broken_gets_two_calls_every_ten_seconds()
    {
        await using var sink = new Sink { Script = _ => (SinkDoes.Answer, 503, "", "") };
        using var transport = Transport(sink);
        await using var mailing = await Mailing.Open(transport, customers: 30, size: 3);
        var begin = mailing.Clock.Now;
        for (var pause = 1; pause <= 3; pause++)
        {
            mailing.Clock.Now = (await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)).Until!.Value;
            Assert.Equal(begin.AddSeconds(10 * pause), mailing.Clock.Now);
            Assert.Equal(2 * pause, sink.Requests);
        }
        Assert.Equal(18, (await mailing.Tally()).Counts.Uncertain);
    }

    [Fact]
    public async Task Broken_answers_apart_and_calls_that_were_only_put_off_open_nothing()
    {
        var answers = new Queue<DeliveryResult>([
            new DeliveryResult.Unclear("500"), new DeliveryResult.Accepted("p"), new DeliveryResult.Unclear("500"),
            new DeliveryResult.Refused("400") { Recipients = [0] },
            new DeliveryResult.Accepted("p"), new DeliveryResult.Busy(TimeSpan.Zero, "429"),
            new DeliveryResult.Unclear("500"), new DeliveryResult.Busy(TimeSpan.Zero, "429"),
            new DeliveryResult.Accepted("p"), new DeliveryResult.Accepted("p")]);
        var transport = new ToldTransport { AnswerMany = _ => Task.FromResult(answers.Dequeue()) };
        await using var mailing = await Mailing.Open(transport, customers: 18, size: 3);
        var begin = mailing.Clock.Now;
        await mailing.Run();
        Assert.Equal(begin, mailing.Clock.Now);
        Assert.Equal(9, (await mailing.Tally()).Counts.Uncertain);
    }

    [Fact]
    public async Task Ten_broken_answers_in_a_row_give_the_provider_five_seconds_from_journeys_and_issues_alike()
    {
        await using var sink =
            new Sink { Script = n => n == 8 ? (SinkDoes.Answer, 202, "", "") : (SinkDoes.Answer, 500, "", "") };
        var clock = new StandingClock();
        using var transport = Transport(sink, clock);
        for (var n = 0; n < 19; n++) await transport.Send(EmlTests.Message, default);
        Assert.Equal(19, sink.Requests);
        Assert.Equal(new DeliveryResult.Busy(TimeSpan.FromSeconds(5), "SendGrid did not answer lately"),
            await transport.Send(EmlTests.Message, default));
        Assert.Equal(19, sink.Requests);
        clock.Now += TimeSpan.FromSeconds(5);
        Assert.IsType<DeliveryResult.Unclear>(await transport.Send(EmlTests.Message, default));
        Assert.Equal(20, sink.Requests);
    }

    private static SendGridTransport Transport(Sink sink, TimeProvider? time = null) =>
        new(new SendGridSettings { ApiKey = "SG.key", BaseUrl = sink.Url }, time ?? TimeProvider.System,
            NullLogger.Instance);
}
