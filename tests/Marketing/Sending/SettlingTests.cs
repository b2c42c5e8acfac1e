using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Sending;

public class SettlingTests
{
    private static Reconciliation Reconciliation(Post post, int minutes = 15) => new(
        new(post.Tables), new(post.Tables), post.Sending, new Stands(post),
        new() { SettleAfter = TimeSpan.FromMinutes(minutes) }, post.Clock);

    private sealed class Stands(Post post) : IStandings
    {
        public ValueTask<Standing> Of(Send send, CancellationToken cancellation) =>
            new(new Standing(Verdict.Yes, post.Situation, post.Timeline()));
    }

    private static async Task<(Post Post, ToldTransport Transport)> Uncertain(Purpose purpose, bool answered = false)
    {
        var transport = new ToldTransport
        {
            Answer = _ => Task.FromResult<DeliveryResult>(
                new DeliveryResult.Unclear("SendGrid 500") { Answered = answered })
        };
        var post = await Post.Open(transport);
        await post.SendAndMark(purpose);
        Assert.Equal(SendState.Uncertain, (await post.Row())!.Send.State);
        Assert.Equal("SendGrid 500", (await post.Row())!.Send.Reason);
        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p2"));
        return (post, transport);
    }

    [Theory]
    [InlineData(Purpose.Transactional, 14, SendState.Uncertain, 1)]
    [InlineData(Purpose.Transactional, 16, SendState.Accepted, 2)]
    [InlineData(Purpose.Marketing, 16, SendState.Uncertain, 1)]
    public async Task An_order_mail_is_sent_once_more_and_marketing_never(
        Purpose purpose, int minutes, SendState expected, int calls)
    {
        var (post, transport) = await Uncertain(purpose);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(minutes);
        for (var n = 0; n < 3; n++) await Reconciliation(post).Run(default);
        Assert.Equal(expected, (await post.Row())!.Send.State);
        Assert.Equal(calls, transport.Sent.Count);
        if (expected == SendState.Accepted)
            Assert.Equal("resent: the first attempt's outcome is unknown", (await post.Row())!.Send.Reason);
        Assert.Equal(expected == SendState.Accepted ? 0 : 1, (await post.Attention()).Count);
    }

    [Fact]
    public async Task What_the_provider_could_not_take_is_tried_for_a_day_with_growing_pauses_and_then_shown()
    {
        var (post, transport) = await Uncertain(Purpose.Transactional, answered: true);
        await using var _ = post;
        transport.Answer = _ => Task.FromResult<DeliveryResult>(
            new DeliveryResult.Unclear("SendGrid 503") { Answered = true });
        var (begin, tried) = (post.Clock.Now, new List<int>());
        for (var minute = 1; minute <= 48 * 60; minute++)
        {
            post.Clock.Now += TimeSpan.FromMinutes(1);
            if (minute == 5 * 60) post.Restart(transport);
            var before = transport.Sent.Count;
            await Reconciliation(post).Run(default);
            if (transport.Sent.Count > before) tried.Add((int)(post.Clock.Now - begin).TotalMinutes);
            Assert.Single(await post.Attention());
        }
        Assert.Equal([15, 45, 105, 225, 465, 705, 945, 1185, 1425], tried);
        var send = (await post.Row())!.Send;
        Assert.Equal(SendState.Uncertain, send.State);
        Assert.True(send.GivenUp);
        Assert.EndsWith("SendGrid 503; not resent: tried for a day", send.Reason);
        Assert.True(await Reconciliation(post).Settle(send.Id, processed: true));
        Assert.Empty(await post.Attention());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(600)]
    public async Task An_outage_is_over_and_every_order_mail_in_it_goes_out_once(int minutes)
    {
        var (post, transport) = await Uncertain(Purpose.Transactional, answered: true);
        await using var _ = post;
        transport.Answer = _ => Task.FromResult<DeliveryResult>(
            new DeliveryResult.Unclear("SendGrid 503") { Answered = true });
        for (var minute = 1; minute <= minutes; minute++, post.Clock.Now += TimeSpan.FromMinutes(1))
            await Reconciliation(
                post).Run(default);
        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p2"));
        var resent = 0;
        for (var minute = 1; minute <= 2 * minutes
            + 15; minute++, post.Clock.Now += TimeSpan.FromMinutes(1))
            resent += await Reconciliation(post).Run(default);
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
        Assert.Equal(1, resent);
        Assert.Empty(await post.Attention());
    }

    [Fact]
    public async Task The_providers_word_ends_the_tries_at_once()
    {
        var (post, transport) = await Uncertain(Purpose.Transactional, answered: true);
        await using var _ = post;
        await Reconciliation(post).Run(default);   // it is known when it will be tried
        Assert.True(await Reconciliation(post).Settle((await post.Row())!.Send.Id, processed: true));
        Assert.Empty(await post.Attention());
        post.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(0, await Reconciliation(post).Run(default));
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task A_minute_to_settle_is_at_most_two()
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        for (var minute = 0; minute < 2; minute++, post.Clock.Now += TimeSpan.FromMinutes(1)) await Reconciliation(
            post, minutes: 1).Run(default);
        Assert.Equal(0, await Reconciliation(post, minutes: 1).Run(default) + transport.Sent.Count - 2);
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
    }

    [Fact]
    public async Task Marketing_of_unknown_outcome_stays_to_be_looked_at_and_is_asked_for_once()
    {
        var (post, _) = await Uncertain(Purpose.Marketing);
        await using var house = post;
        await Reconciliation(post).Run(default);
        Assert.Equal(0, await new SendAttention(post.Tables).Due(post.Clock.Now.AddYears(1)).CountAsync());
        Assert.Single(await post.Attention());
    }

    [Theory]
    [InlineData("unclear")]
    [InlineData("killed")]
    public async Task A_repetition_that_stays_unclear_is_the_last(string how)
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(16);
        transport.Answer = _ => how == "killed" ? throw new KilledException()
            : Task.FromResult<DeliveryResult>(new DeliveryResult.Unclear("SendGrid 503"));
        if (how == "killed") await Assert.ThrowsAsync<KilledException>(() => Reconciliation(post).Run(default));
        post.Restart(transport);
        for (var n = 0; n < 3; n++) await Reconciliation(post).Run(default);
        Assert.Equal(SendState.Uncertain, (await post.Row())!.Send.State);
        Assert.Equal(2, transport.Sent.Count);
        Assert.StartsWith("resent: ", (await post.Row())!.Send.Reason);
        Assert.Single(await post.Attention());
    }

    [Fact]
    public async Task A_provider_that_is_busy_with_the_repetition_is_asked_again()
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        post.Clock.Now += TimeSpan.FromMinutes(16);
        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Busy(
            TimeSpan.FromSeconds(5), "429"));
        await Reconciliation(post).Run(default);
        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p2"));
        Assert.Equal(0, await Reconciliation(post).Run(default));   // the provider asked for five seconds
        post.Clock.Now += TimeSpan.FromSeconds(6);
        Assert.Equal(1, await Reconciliation(post).Run(default));
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
    }

    [Theory]
    [InlineData(true, null, SendState.Accepted)]
    [InlineData(false, "Bounced Address", SendState.Refused)]
    public async Task The_providers_own_word_settles_it(bool processed, string? reason, SendState expected)
    {
        var (post, transport) = await Uncertain(Purpose.Transactional);
        await using var _ = post;
        Assert.True(await Reconciliation(post).Settle((await post.Row())!.Send.Id, processed, reason));
        Assert.False(await Reconciliation(post).Settle((await post.Row())!.Send.Id, !processed));
        Assert.False(await Reconciliation(post).Settle("nonsense", true));
        post.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal(0, await Reconciliation(post).Run(default));
        Assert.Equal(expected, (await post.Row())!.Send.State);
        Assert.Single(transport.Sent);
        Assert.Empty(await post.Attention());
    }
}
