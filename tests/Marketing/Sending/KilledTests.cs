using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Sending;

/// <summary>The process is killed at every point of a send; another one takes over what the tables say.</summary>
public class KilledTests
{
    [Theory]
    [InlineData("before claim", false, SendState.Accepted, 1)]
    [InlineData("after claim", false, SendState.Uncertain, 0)]
    [InlineData("after 202", false, SendState.Uncertain, 1)]
    [InlineData("before mark", false, SendState.Uncertain, 1)]
    [InlineData("after mark", false, SendState.Accepted, 1)]
    [InlineData("before claim", true, SendState.Accepted, 1)]
    [InlineData("after claim", true, SendState.Accepted, 1)]
    [InlineData("after 202", true, SendState.Accepted, 1)]
    [InlineData("before mark", true, SendState.Accepted, 1)]
    [InlineData("after mark", true, SendState.Accepted, 1)]
    public async Task Nothing_is_sent_twice_and_what_is_unknown_says_so(
        string killed, bool idempotent, SendState expected, int mails)
    {
        var transport = new ToldTransport(idempotent);
        await using var post = await Post.Open(transport);
        if (killed is "after claim" or "after 202") transport.Answer = _ => throw new KilledException();
        if (killed is "after claim" or "after 202")
            await Assert.ThrowsAsync<KilledException>(() => post.Sending.Send(post.Request(), default));
        if (killed == "after claim") transport.Sent.Clear();   // the kill came before the provider heard of it
        if (killed == "before mark") await post.Sending.Send(post.Request(), default);
        if (killed == "after mark") await post.SendAndMark();

        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        post.Clock.Now += TimeSpan.FromSeconds(1);
        post.Restart(transport);
        await post.SendAndMark();
        Assert.Equal(expected, (await post.Row())!.Send.State);
        Assert.Equal(mails, transport.Sent.Select(message => (message.Id, message.At)).Distinct().Count());
        Assert.Equal(expected == SendState.Uncertain ? 1 : 0, (await post.Attention()).Count);
        if (expected == SendState.Uncertain)
            Assert.Equal("killed between claim and answer", (await post.Row())!.Send.Reason);
    }

    [Fact]
    public async Task Another_process_young_claim_is_left_alone_and_an_old_one_is_uncertain()
    {
        var transport = new ToldTransport { Answer = _ => throw new KilledException() };
        await using var post = await Post.Open(transport, alone: false);
        await Assert.ThrowsAsync<KilledException>(() => post.Sending.Send(post.Request(), default));
        post.Restart(transport, alone: false);
        post.Clock.Now += TimeSpan.FromSeconds(59);
        await Assert.ThrowsAsync<SendUnderWayException>(() => post.Sending.Send(post.Request(), default));
        post.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(SendState.Uncertain, Assert.IsType<SendOutcome.Settled>(await post.SendAndMark()).Send.State);
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task A_handover_that_breaks_off_in_this_process_is_uncertain_too()
    {
        var transport = new ToldTransport { Answer = _ => throw new KilledException() };
        await using var post = await Post.Open(transport);
        await Assert.ThrowsAsync<KilledException>(() => post.Sending.Send(post.Request(), default));
        Assert.Equal(SendState.Uncertain, Assert.IsType<SendOutcome.Settled>(await post.SendAndMark()).Send.State);
    }
}
