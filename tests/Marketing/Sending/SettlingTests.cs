using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Sending;

public class SettlingTests
{
    private static Settling Settling(Post post) => new(post.Tables, post.Sending, (_, _) => ValueTask.FromResult<Situation?>(post.Situation), post.Clock, TimeSpan.FromMinutes(15));

    private static async Task<(Post Post, ToldTransport Transport)> Uncertain(Purpose purpose)
    {
        var transport = new ToldTransport { Answer = _ => Task.FromResult<Handover>(new Handover.Unclear("SendGrid 500")) };
        var post = await Post.Open(transport);
        await post.SendAndMark(purpose);
        Assert.Equal((SendState.Uncertain, "SendGrid 500"), ((await post.Row())!.Send.State, (await post.Row())!.Send.Reason));
        transport.Answer = _ => Task.FromResult<Handover>(new Handover.Accepted("p2"));
        return (post, transport);
    }

    [Theory]
    [InlineData(Purpose.Transactional, 14, SendState.Uncertain, 1)]
    [InlineData(Purpose.Transactional, 16, SendState.Accepted, 2)]
    [InlineData(Purpose.Marketing, 16, SendState.Uncertain, 1)]
    public async Task An_order_mail_is_sent_once_more_and_marketing_never(Purpose purpose, int minutes, SendState expected, int calls)
    {
        var (post, transport) = await Uncertain(purpose);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(minutes);
        for (var n = 0; n < 3; n++) await Settling(post).Run(default);
        Assert.Equal((expected, calls), ((await post.Row())!.Send.State, transport.Sent.Count));
        if (expected == SendState.Accepted) Assert.Equal("resent: the first attempt's outcome is unknown", (await post.Row())!.Send.Reason);
        Assert.Equal(expected == SendState.Accepted ? 0 : 1, (await post.Attention()).Count);
    }

    [Theory]
    [InlineData("unclear")]
    [InlineData("killed")]
    public async Task A_repetition_that_stays_unclear_is_the_last(string how)
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(16);
        transport.Answer = _ => how == "killed" ? throw new KilledException() : Task.FromResult<Handover>(new Handover.Unclear("SendGrid 503"));
        if (how == "killed") await Assert.ThrowsAsync<KilledException>(() => Settling(post).Run(default));
        post.Restart(transport);
        for (var n = 0; n < 3; n++) await Settling(post).Run(default);
        Assert.Equal((SendState.Uncertain, 2), ((await post.Row())!.Send.State, transport.Sent.Count));
        Assert.StartsWith("resent: ", (await post.Row())!.Send.Reason);
        Assert.Single(await post.Attention());
    }

    [Fact]
    public async Task A_provider_that_is_busy_with_the_repetition_is_asked_again()
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(16);
        transport.Answer = _ => Task.FromResult<Handover>(new Handover.Busy(TimeSpan.FromSeconds(5), "429"));
        await Settling(post).Run(default);
        transport.Answer = _ => Task.FromResult<Handover>(new Handover.Accepted("p2"));
        Assert.Equal(1, await Settling(post).Run(default));
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
    }

    [Theory]
    [InlineData(true, null, SendState.Accepted)]
    [InlineData(false, "Bounced Address", SendState.Refused)]
    public async Task The_providers_own_word_settles_it(bool processed, string? reason, SendState expected)
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        Assert.True(await Settling(post).Settle((await post.Row())!.Send.Id, processed, reason));
        Assert.False(await Settling(post).Settle((await post.Row())!.Send.Id, !processed));
        Assert.False(await Settling(post).Settle("nonsense", true));
        post.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal(0, await Settling(post).Run(default));
        Assert.Equal(expected, (await post.Row())!.Send.State);
        Assert.Single(transport.Sent);
        Assert.Empty(await post.Attention());
    }
}
