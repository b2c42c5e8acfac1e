using Automation.Marketing.Consent;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Tests.Sending;

public class SendingTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_set_while_the_provider_rests_changes_nothing_of_the_rest(int days)
    {
        var transport = new ToldTransport
        {
            Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Busy(TimeSpan.FromMinutes(10), "429"))
        };
        await using var post = await Post.Open(transport);
        await post.Sending.Send(post.Request(), default);
        transport.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        post.Clock.Now += TimeSpan.FromMinutes(4);
        post.Clock.Jump(TimeSpan.FromDays(days));
        var later = Assert.IsType<SendOutcome.Later>(await post.Sending.Send(post.Request(), default));
        Assert.Equal(post.Clock.Now.AddMinutes(6), later.Until);
        Assert.True(later.IsBusy);
        post.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(
            SendState.Accepted,
            Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(post.Request(), default)).Send.State);
    }

    private static Task<DeliveryResult> Is(DeliveryResult handover) => Task.FromResult(handover);

    [Fact]
    public async Task A_mail_is_handed_over_and_marked()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        var settled = Assert.IsType<SendOutcome.Settled>(await post.SendAndMark(Purpose.Marketing));
        var row = await post.Row();
        Assert.Equal(SendState.Accepted, row!.Send.State);
        Assert.Equal($"p-{row.Send.Id}", row.Send.ProviderId);
        Assert.Equal(1, row.Send.Attempts);
        Assert.Equal(settled.Send, row.Send);
        var message = Assert.Single(transport.Sent);
        Assert.Equal("hanako@example.jp", message.To);
        Assert.Equal("news@shop.example", message.From.Address);
        Assert.Equal(row.Send.Id, message.Id);
        Assert.Matches("^00112233445566778899aabb-[0-9a-f]{16}$", message.Id);
        Assert.Equal(["List-Unsubscribe", "List-Unsubscribe-Post"], message.Headers.Select(header => header.Key));
        var link = message.Headers[0].Value.Trim('<', '>');
        Assert.Equal(new Unsubscription(post.Customer.Id, "email", message.Id),
            post.Senders.Tokens.Read(link["https://shop.example/u/".Length..]));
        Assert.Contains(link, message.Text);
    }

    [Fact]
    public async Task An_order_mail_says_that_it_is_automatic_and_comes_from_the_shop()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        await post.SendAndMark();
        var message = Assert.Single(transport.Sent);
        Assert.Equal("info@shop.example", message.From.Address);
        Assert.Equal(["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"],
            message.Headers.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public async Task The_same_request_again_only_answers()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        await post.SendAndMark();
        post.Customer = post.Customer with
        {
            Consent = new Dictionary<string, ConsentRecord>(),
            Suppressed = new Dictionary<string, string> { ["email"] = "hard bounce" }
        };
        var again = Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(post.Request(), default));
        Assert.Equal(SendState.Accepted, again.Send.State);
        Assert.False(again.IsNews);
        Assert.Single(transport.Sent);
    }

    [Theory]
    [InlineData("withdrawn", "consent: withdrawn")]
    [InlineData("{{customer.givenName}}", "not rendered: customer.givenName is not known")]
    public async Task A_refusal_is_one_row_with_its_reason(string what, string reason)
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport, what);
        post.Customer = post.Customer with { GivenName = null };
        if (what == "withdrawn") post.Customer = post.Customer with
        {
            Consent = new Dictionary<string,
                ConsentRecord>
            { ["email"] = new(ConsentState.Withdrawn, post.Clock.Now, "test") }
        };
        for (var n = 0; n < 2; n++)
        {
            var settled = Assert.IsType<SendOutcome.Settled>(await post.SendAndMark(Purpose.Marketing));
            Assert.Equal(SendState.Refused, settled.Send.State);
            Assert.Equal(reason, settled.Send.Reason);
            Assert.Equal(n == 0, settled.IsNews);
        }
        Assert.Empty(transport.Sent);
        Assert.Equal(reason, (await post.Row())!.Send.Reason);
    }

    [Fact]
    public async Task A_purchase_in_between_wins_and_nothing_is_sent()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        var read = await post.ProgressTag();
        await post.Tables.Timeline.Upsert(post.Progress("left"));
        Assert.IsType<SendOutcome.Disturbed>(
            await post.Sending.Send(post.Request(timeline: post.Timeline(read)), default));
        Assert.Empty(transport.Sent);
        Assert.Null(await post.Row());
    }

    [Fact]
    public async Task The_walks_row_is_written_with_the_claim_and_again_with_the_mark()
    {
        await using var post = await Post.Open(new ToldTransport());
        var (read, timeline) = (await post.ProgressTag(), post.Timeline(await post.ProgressTag()));
        Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(post.Request(timeline: timeline), default));
        Assert.NotEqual(read, await post.ProgressTag());
        Assert.Equal(SendState.Claimed, (await post.Row())!.Send.State);
        Assert.True(await timeline.Commit(post.Progress("sent")));
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
    }

    [Fact]
    public async Task A_mark_is_written_though_the_walks_row_was_changed_after_the_claim()
    {
        await using var post = await Post.Open(new ToldTransport());
        var timeline = post.Timeline(await post.ProgressTag());
        Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(post.Request(timeline: timeline), default));
        await post.Tables.Timeline.Upsert(post.Progress("left"));
        var left = await post.ProgressTag();
        Assert.False(await timeline.Commit(post.Progress("sent")));
        Assert.Equal(left, await post.ProgressTag());
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
    }

    [Fact]
    public async Task A_walk_begun_before_its_customer_was_merged_into_another_goes_on()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        var (began, timeline) = (post.Customer.Id, post.Timeline(await post.ProgressTag()));
        post.Customer = post.Customer with { Id = new("ffeeddccbbaa998877665544"), MergedFrom = [began] };
        var settled = Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(
            post.Request(timeline: timeline), default));
        Assert.Equal(SendState.Accepted, settled.Send.State);
        Assert.Equal(began, settled.Send.Customer);
        Assert.Equal((post.Customer.Email, settled.Send.Id),
            Assert.Single(transport.Sent) is var message ? (message.To, message.Id) : default);
    }

    [Fact]
    public async Task A_refusal_of_the_provider_keeps_its_words()
    {
        await using var post = await Post.Open(
            new ToldTransport { Answer = _ => Is(new DeliveryResult.Refused("SendGrid 400: bad address (to)")) });
        await post.SendAndMark();
        Assert.Equal(SendState.Refused, (await post.Row())!.Send.State);
        Assert.Equal("SendGrid 400: bad address (to)", (await post.Row())!.Send.Reason);
    }

    [Fact]
    public async Task A_busy_provider_is_asked_again_later_and_only_once_the_pause_is_over()
    {
        var transport = new ToldTransport
        {
            Answer = _ => Is(new DeliveryResult.Busy(TimeSpan.FromSeconds(30), "429", Stopped: true))
        };
        await using var post = await Post.Open(transport);
        var timeline = post.Timeline(await post.ProgressTag());
        var later = Assert.IsType<SendOutcome.Later>(await post.Sending.Send(
            post.Request(timeline: timeline), default));
        Assert.Equal(post.Clock.Now.AddSeconds(30), later.Until);
        Assert.True(await timeline.Commit(post.Progress("held")));
        Assert.Equal(SendState.Released, (await post.Row())!.Send.State);
        Assert.Equal("429", Assert.Single(await post.Attention("stuck")).GetString("Reason"));

        Assert.IsType<SendOutcome.Later>(await post.Sending.Send(post.Request(), default));
        Assert.Single(transport.Sent);

        post.Clock.Now = later.Until;
        transport.Answer = _ => Is(new DeliveryResult.Accepted("p"));
        await post.SendAndMark();
        Assert.Equal(SendState.Accepted, (await post.Row())!.Send.State);
        Assert.Equal(2, (await post.Row())!.Send.Attempts);
    }

    [Fact]
    public async Task Quiet_hours_hold_marketing_back_in_the_customers_zone()
    {
        await using var post = await Post.Open(new ToldTransport());
        post.Clock.Now = new(2026, 11, 22, 13, 0, 0, TimeSpan.Zero);
        var request = post.Request(Purpose.Marketing);
        request = request with
        {
            Situation = request
                .Situation with
            { Shop = request.Situation.Shop with { QuietHours = new(new(21, 0), new(8, 0)) } }
        };
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero),
            Assert.IsType<SendOutcome.Later>(await post.Sending.Send(request, default)).Until);
        Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(
            request with { Purpose = Purpose.Transactional }, default));
    }

    [Fact]
    public async Task Two_at_once_are_one_call_and_one_answer()
    {
        var (began, answer) = (new TaskCompletionSource(), new TaskCompletionSource<DeliveryResult>());
        var transport = new ToldTransport();
        transport.Answer = _ =>
        {
            began.SetResult();
            return answer.Task;
        };
        await using var post = await Post.Open(transport);
        var timelines = Enumerable.Range(0, 9).Select(_ => post.Timeline()).ToList();
        var first = post.Sending.Send(post.Request(timeline: timelines[0]), default);
        await began.Task;
        var others = timelines.Skip(1)
            .Select(timeline => post.Sending.Send(post.Request(timeline: timeline), default)).ToArray();
        Assert.DoesNotContain(others, other => other.IsCompleted);
        answer.SetResult(new DeliveryResult.Accepted("p"));
        var outcomes = await Task.WhenAll([first, .. others]);
        Assert.All(outcomes,
            outcome => Assert.Equal(SendState.Accepted, Assert.IsType<SendOutcome.Settled>(outcome).Send.State));

        // The marks are not written yet: whoever asks now hears the same, and one of the marks is enough.
        Assert.True(Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(post.Request(), default)).IsNews);
        Assert.Equal(SendState.Claimed, (await post.Row())!.Send.State);
        Assert.All(timelines, timeline => Assert.True(timeline.HasMarks));
        await timelines[5].Flush();
        var marked = (await post.Row())!;
        Assert.Equal(SendState.Accepted, marked.Send.State);
        await Task.WhenAll(timelines.Select(timeline => timeline.Flush()));
        Assert.Equal(marked.ETag, (await post.Row())!.ETag);
        Assert.Single(transport.Sent);
    }
}
