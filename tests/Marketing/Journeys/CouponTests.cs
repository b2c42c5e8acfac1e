using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Journeys;

public sealed class CouponTests : IAsyncLifetime
{
    private House house = null!;
    private Coupons coupons = null!;

    public async Task InitializeAsync()
    {
        house = await House.Open();
        house.Shop = house.Shop with { CouponsLowAt = 3 };
        coupons = house.Get<Coupons>();
    }

    public Task DisposeAsync() => house.DisposeAsync().AsTask();

    [Fact]
    public async Task The_same_step_of_a_walk_gets_the_same_code_and_another_another()
    {
        await Publish(Codes(10));

        var first = await Take("walk-1@2");
        Assert.Equal(first, await Take("walk-1@2"));
        Assert.NotEqual(first, await Take("walk-2@2"));
        Assert.NotEqual(first, await Take("walk-1@5"));
        Assert.Equal(new CouponPool("thanks", 7, 3), await coupons.Count("thanks", default));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Killed_at_any_write_a_code_is_free_or_somebody_s_and_the_walk_keeps_its_own(bool after)
    {
        await Publish(Codes(30));
        for (var n = 0; n < 8; n++)
        {
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (0, after);
            await Assert.ThrowsAsync<KilledException>(() => Take($"walk-{n}@1"));
            house.Storage.Reset();
            Assert.NotNull(await Take($"walk-{n}@1"));
            Assert.Equal(new CouponPool("thanks", 29 - n, n + 1), await coupons.Count("thanks", default));
        }
    }

    [Fact]
    public async Task Many_at_once_get_one_each_and_whoever_comes_last_gets_none()
    {
        await Publish(Codes(30));

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Take($"walk-{n}@1")));

        Assert.Equal(30, taken.OfType<Coupon>().Select(one => one.Code).Distinct().Count());
        Assert.Equal(20, taken.Count(one => one is null));
    }

    [Fact]
    public async Task A_code_that_was_taken_is_never_free_again_and_one_that_left_the_file_is_withdrawn()
    {
        await Publish("code\nA\n");
        Assert.Equal("A", (await Take("walk-1@1"))!.Code);
        await Publish("code\nA\nB\nC\n");
        Assert.Equal(2, (await coupons.Count("thanks", default)).Left);
        await coupons.Add("thanks", [new("thanks", "D"), new("thanks", "A")], default);

        await Publish("code\nA\nC\n");

        Assert.Equal(new CouponPool("thanks", 2, 1), await coupons.Count("thanks", default));
        Assert.Equal(["C", "D"], new[] { (await Take("walk-2@1"))!.Code, (await Take("walk-3@1"))!.Code }.Order());
    }

    [Fact]
    public async Task A_file_that_was_read_costs_one_read()
    {
        await Publish(Codes(120));
        house.Storage.Reset();
        await Publish(Codes(120));

        Assert.Equal(1, house.Storage.Reads("Published"));
        Assert.Equal(0, house.Storage.WritesTo("Published"));
    }

    [Fact]
    public async Task A_publishing_that_was_killed_is_finished_by_the_next()
    {
        house.Storage.Reset();
        house.Storage.KillAtWrite = 1;
        await Assert.ThrowsAsync<KilledException>(() => Publish(Codes(120)));
        house.Storage.Reset();
        await Publish(Codes(120));

        Assert.Equal(120, (await coupons.Count("thanks", default)).Left);
    }

    [Fact]
    public async Task A_pool_that_runs_low_or_out_is_said_until_there_are_more()
    {
        await Publish(Codes(5));
        await Take("walk-1@1");
        Assert.Empty(await Listed());
        await Take("walk-2@1");
        Assert.Equal("the pool thanks has 3 codes left", Assert.Single(await Listed()).Reason);
        for (var n = 3; n < 7; n++) await Take($"walk-{n}@1");
        Assert.Equal(
            "no code is left in the pool thanks: whoever comes to its step waits",
            Assert.Single(await Listed()).Reason);

        await coupons.Add("thanks", [new("thanks", "MORE-1")], default);
        Assert.Empty(await Listed());
        Assert.Equal("MORE-1", (await Take("walk-6@1"))!.Code);
    }

    [Fact]
    public async Task A_code_that_is_over_is_given_to_nobody()
    {
        await Publish("code,expires\nOLD,2026-11-21\nLAST,2026-11-22\nFREE,\n");

        var taken = new List<string?>();
        for (var n = 1; n <= 3; n++) taken.Add((await Take($"walk-{n}@1"))?.Code);

        Assert.Equal(["FREE", "LAST"], taken.OfType<string>().Order());
    }

    [Theory]
    [InlineData("codes\nA\n", 1, "the first line must be \"code\" or \"code,expires\"")]
    [InlineData("code\nA\nA\n", 3, "\"A\" is here twice")]
    [InlineData("code\nA,2026-01-01\n", 2, "there are 2 values, and 1 columns")]
    [InlineData("code,expires\nA,31.12.2026\n", 2, "\"31.12.2026\" is not a date; dates read \"2026-11-25\"")]
    [InlineData("code\nhttps://evil.example\n", 2, "\"https://evil.example\" is not a code: letters, digits, hyphens")]
    public void A_mistake_in_a_file_is_refused_with_its_line(string text, int line, string message)
    {
        var (file, problems) = CouponReader.Read("coupons/thanks.csv", text);

        Assert.Null(file);
        Assert.Equal(line, Assert.Single(problems).Line);
        Assert.Equal(message, problems[0].Message);
    }

    [Theory]
    [InlineData("""{ "do": "coupon", "pool": "p" }, { "do": "send", "mail": "m" }""", true)]
    [InlineData("""{ "do": "send", "mail": "m" }, { "do": "coupon", "pool": "p" }""", false)]
    [InlineData("""
        { "do": "branch", "if": { "customer.tags": "vip" }, "then": [ { "do": "coupon", "pool": "p" } ] },
        { "do": "send", "mail": "m" }
        """, false)]
    [InlineData("""
        { "do": "branch", "if": { "customer.tags": "vip" }, "then": [ { "do": "coupon", "pool": "p" } ],
          "else": [ { "do": "leave", "because": "x" } ] }, { "do": "send", "mail": "m" }
        """, true)]
    [InlineData("""
        { "do": "split", "arms": [
          { "name": "a", "percent": 50, "steps": [ { "do": "coupon", "pool": "p" }, { "do": "send", "mail": "m" } ] },
          { "name": "b", "percent": 50, "holdout": true } ] }
        """, true)]
    public void Whether_a_mail_has_a_code_is_known_before_it_is_published(string steps, bool sure) =>
        Assert.Equal(sure, CouponPaths.IsSure(JourneyReaderTests.Steps(steps), "m"));

    private Task Publish(string text) =>
        coupons.Publish([CouponReader.Read("coupons/thanks.csv", text).File!], ["thanks"], default);

    private Task<Coupon?> Take(string reason) => coupons.Take("thanks", reason, default);

    private static string Codes(int count) =>
        "code\n" + string.Concat(Enumerable.Range(0, count).Select(n => $"CODE-{n}\n"));

    private Task<IReadOnlyList<AttentionEntry>> Listed() => house.Get<AttentionList>().First(100, default);
}
