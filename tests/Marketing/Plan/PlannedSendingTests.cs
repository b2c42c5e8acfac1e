using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Plan;

/// <summary>The plan where it is kept: in the sending of mails, with tables, two at once, and kills.</summary>
public class PlannedSendingTests
{
    private static readonly ShopSettings Shop = Mail.Shop with
    {
        QuietHours = new(new(21, 0), new(8, 0)),
        Plan = new ShopPlan { Caps = [new(2, new(7, PeriodUnit.Day))], Expires = new(3, PeriodUnit.Day) }
    };

    private static async Task<Post> Open(ToldTransport transport)
    {
        var post = await Post.Open(transport);
        await post.Tables.Customers.Add(CustomerJson.Row(post.Customer));
        post.Clock.Now = Mail.Now;
        return post;
    }

    private static SendRequest Request(Post post, int n, DateTimeOffset? held = null) =>
        post.Request(Purpose.Marketing,
            reason: $"e{n}@0") with
        { Situation = post.Situation with { Shop = Shop }, HeldSince = held };

    [Fact]
    public async Task Of_many_at_once_only_as_many_go_as_the_cap_allows()
    {
        var transport = new ToldTransport();
        await using var post = await Open(transport);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(n => post.Sending.Send(Request(post, n), default)));
        Assert.Equal(2, transport.Sent.Count);
        Assert.Equal(4, outcomes.OfType<SendOutcome.Settled>()
            .Count(settled => settled.Send.Reason == "expired after 3 days: cap: 2 per 7 days"));
    }

    [Fact]
    public async Task What_is_held_back_says_so_in_the_ledger_and_goes_when_there_is_room()
    {
        var transport = new ToldTransport();
        await using var post = await Open(transport);
        var first = post.Clock.Now;
        for (var n = 0; n < 2; n++) await post.Sending.Send(Request(post, n), default);
        post.Clock.Now += TimeSpan.FromDays(5);
        var later = Assert.IsType<SendOutcome.Later>(await post.Sending.Send(Request(post, 2), default));
        Assert.Equal(At("2026-11-29T08:00+09:00"), later.Until);
        Assert.Equal("cap: 2 per 7 days", later.Reason);
        Assert.Equal((SendState.Released, "cap: 2 per 7 days"),
            (await post.Row("e2@0") is { } row ? (row.Send.State, row.Send.Reason) : default));
        post.Clock.Now = later.Until;
        Assert.Equal(SendState.Accepted, Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(
            Request(post, 2, first.AddDays(5)), default)).Send.State);
        Assert.Equal(3, transport.Sent.Count);
        // Order mail is not the plan's business.
        Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(
            Request(post, 3) with { Purpose = Purpose.Transactional }, default));
        Assert.Equal(4, transport.Sent.Count);
    }

    [Fact]
    public async Task What_was_held_back_by_a_cap_and_expires_by_day_is_settled_in_its_own_row()
    {
        var transport = new ToldTransport();
        await using var post = await Open(transport);
        var first = post.Clock.Now;
        for (var n = 0; n < 2; n++) await post.Sending.Send(Request(post, n), default);
        post.Clock.Now = first.AddDays(5);
        Assert.IsType<SendOutcome.Later>(await post.Sending.Send(Request(post, 2), default));
        post.Clock.Now = first.AddDays(7);
        for (var n = 3; n < 5; n++) await post.Sending.Send(Request(post, n), default);   // others were faster
        var request = Request(post, 2, first.AddDays(5));
        var settled = Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(request, default));
        Assert.Equal(SendState.Refused, settled.Send.State);
        Assert.Equal("expired after 3 days: cap: 2 per 7 days", settled.Send.Reason);
        await request.Timeline.Flush();
        Assert.Equal(SendState.Refused, (await post.Row("e2@0"))!.Send.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_the_count_or_the_claim_a_message_is_counted_once_and_never_missed(bool after)
    {
        for (var write = 0; write < 2; write++)
        {
            var transport = new ToldTransport(idempotent: true);
            await using var post = await Open(transport);
            await post.Sending.Send(Request(post, 0), default);
            post.House.Storage.Reset();
            (post.House.Storage.KillAtWrite, post.House.Storage.KillAfter) = (write, after);
            await Assert.ThrowsAsync<KilledException>(() => post.Sending.Send(Request(post, 1), default));
            post.House.Storage.Reset();
            post.Restart(transport);
            Assert.Equal(SendState.Accepted,
                Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(Request(post, 1), default)).Send.State);
            Assert.Equal(2, (await post.House.Customers.Find(post.Customer.Id))!.Value.Recent.Count);
            await post.Sending.Send(Request(post, 2), default);
            Assert.Equal(2, transport.Sent.Count);
        }
    }

    [Fact]
    public async Task Whoever_asked_for_silence_gets_it_and_nothing_is_piled_up_meanwhile()
    {
        var transport = new ToldTransport();
        await using var post = await Open(transport);
        post.Customer =
            post.Customer with { Preferences = new Preferences { PausedUntil = post.Clock.Now.AddDays(30) } };
        Assert.Equal("expired after 3 days: paused by the customer",
            Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(Request(post, 0), default)).Send.Reason);
        post.Clock.Now += TimeSpan.FromDays(28);
        Assert.Equal("paused by the customer",
            Assert.IsType<SendOutcome.Later>(await post.Sending.Send(Request(post, 1), default)).Reason);
        Assert.Empty(transport.Sent);
    }

    /// <summary>What may happen to a customer's mail, in any order.</summary>
    private enum Happens { Wish, Give, Withdraw, Suppress, Hours, Days, Kill }

    private static readonly Arbitrary<Happens[]> Stories =
        Gen.Frequency(
            (6, Gen.Constant(Happens.Wish)), (2, Gen.Constant(Happens.Give)), (1, Gen.Constant(Happens.Withdraw)),
            (4, Gen.Constant(Happens.Hours)), (2, Gen.Constant(Happens.Days)), (1, Gen.Constant(Happens.Kill)))
            .ArrayOf(30).SelectMany(story => Gen.Choose(0, 60)
                .Select(at => story.Select((what, n) => n == at ? Happens.Suppress : what).ToArray())).ToArbitrary();

    [Fact]
    public void Whatever_happens_nothing_goes_in_quiet_hours_above_the_cap_or_to_whom_we_may_not_write() =>
        Prop.ForAll(Stories, story => Told(story).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static DateOnly Day(DateTimeOffset at) => Zones.Day(at, Zones.Find(Shop.TimeZone)!);

    private static async Task<bool> Told(Happens[] story)
    {
        var (transport, fine) = (new ToldTransport(idempotent: true), true);
        await using var post = await Open(transport);
        var sent = new Dictionary<string, DateTimeOffset>();
        transport.Answer = message =>
        {
            // A claim taken over is the same message, whenever it is handed over again.
            if (!sent.TryAdd(message.Id, message.At))
                return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
            var local = TimeZoneInfo.ConvertTime(message.At, Zones.Find(Shop.TimeZone)!);
            fine &= local.Hour is >= 8 and < 21
                && post.Customer.Consent["email"].State == ConsentState.Given && post.Customer.Suppressed.Count == 0
                && sent.Values.Count(at => Day(at) > Day(message.At).AddDays(-7)) <= 2;
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        };
        var waiting = new SortedDictionary<int, DateTimeOffset>();
        for (var (n, wishes) = (0, 0); n < story.Length; n++)
        {
            if (story[n] == Happens.Wish) waiting[wishes++] = post.Clock.Now;
            if (story[n] == Happens.Hours) post.Clock.Now += TimeSpan.FromHours(5);
            if (story[n] == Happens.Days) post.Clock.Now += TimeSpan.FromDays(3);
            if (story[n] == Happens.Suppress) post.Customer =
                post.Customer with { Suppressed = new Dictionary<string, string> { ["email"] = "complaint" } };
            if (story[n] is Happens.Give or Happens.Withdraw)
                post.Customer = post.Customer with
                {
                    Consent = new Dictionary<string, ConsentRecord>
                    {
                        ["email"] = new(story[n] == Happens.Give ? ConsentState.Given : ConsentState.Withdrawn,
                            post.Clock.Now, "test")
                    }
                };
            foreach (var (wish, since) in waiting.ToList())
            {
                post.House.Storage.Reset();
                if (story[n] == Happens.Kill)
                    (post.House.Storage.KillAtWrite, post.House.Storage.KillAfter) = (wish % 2, n % 2 == 0);
                try
                {
                    var request = Request(post, wish, since < post.Clock.Now ? since : null);
                    if (await post.Sending.Send(request, default) is not SendOutcome.Settled) continue;
                    post.House.Storage.Reset();
                    await request.Timeline.Flush();
                    waiting.Remove(wish);
                }
                catch (KilledException)
                {
                    post.Restart(transport);
                }
            }
        }
        return fine;
    }
}
