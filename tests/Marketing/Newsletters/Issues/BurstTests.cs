using System.Globalization;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Insights;
using Automation.Marketing.Tests.Newsletters.Chunks;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;

namespace Automation.Marketing.Tests.Newsletters.Issues;

/// <summary>What goes outside its slot or to far more than usual is confirmed by somebody who knows what it
/// costs.</summary>
public class BurstTests
{
    private static readonly IssueId Id = new("weekly", new(2026, 11, 25));

    [Theory]
    [InlineData(true, 1000, true, null)]
    [InlineData(true, 2000, true, null)]
    [InlineData(true, 2001, true,
        "needs a confirmation: it reaches more than twice as many as usual; 2001 recipients, usually 1000; about 11 "
        + "of them will opt out, hardly more than 17 (15 of 3000)")]
    [InlineData(false, 1000, false,
        "needs a confirmation: it goes outside its slot; about 1000 recipients, usually 1000; about 5 of them will "
        + "opt out, hardly more than 9 (15 of 3000)")]
    [InlineData(false, 1, true,
        "needs a confirmation: it goes outside its slot; 1 recipient, usually 1000; about 1 of them will opt out, "
        + "hardly more than 1 (15 of 3000)")]
    public void A_burst_has_to_be_confirmed_knowing_what_it_costs(bool inSlot, int recipients, bool exact, string? said)
    {
        var (usual, expected) = (BurstGuard.Usual([900, 1000, 1100]),
            new Expectation(0.005 * recipients, 0.00823 * recipients, "15 of 3000"));
        Assert.Equal(said, BurstGuard.Reasons(inSlot, recipients, usual) is { Count: > 0 } reasons
            ? new Burst(reasons, new(recipients, exact), usual, expected).InWords() : null);
    }

    [Fact]
    public async Task A_small_shop_is_counted_to_the_last_customer_and_without_history_it_says_so()
    {
        await using var counts = await Counts.Open();
        for (var n = 0; n < 40; n++) await Put(counts.Tables, n % 3, n, n switch
        {
            < 4 => customer => customer with { Consent = new Dictionary<string, ConsentRecord>() },
            4 => customer => customer with { ErasedAt = Fixtures.Now },
            5 => customer => customer with { Preferences = new() { Without = ["weekly"] } },
            6 => customer => customer with { Preferences = new() { Monthly = true } },
            _ => customer => customer,
        });
        Assert.Equal(
            "needs a confirmation: it goes outside its slot; 34 recipients; how many will opt out cannot be said: not "
            + "enough data yet: fewer than 500 mails of newsletters were delivered",
            await Said(counts));
        Assert.Null(await Bursts(counts).Find(Id, SlotTests.Weekly(), inSlot: true));
        // Not the first issue of its month: whoever wants one a month does not get it.
        await new IssueStore(counts.Tables).Add(new Issue
        {
            Id = new("weekly", new(2026, 11, 4)),
            State = IssueState.Sent,
            Slot = Fixtures.Now.AddDays(-18),
            StartedAt = Fixtures.Now.AddDays(-18),
            Counts = new() { Audience = 16, Sent = 16 }
        });
        Assert.Contains("; 33 recipients, usually 16; ", await Said(counts), StringComparison.Ordinal);
        // A young shop's list may double in a week: seventeen more are not a burst.
        Assert.Null(await Bursts(counts).Find(Id, SlotTests.Weekly(), inSlot: true));
    }

    [Fact]
    public async Task A_large_shop_is_judged_by_its_first_shards()
    {
        await using var counts = await Counts.Open();
        for (var n = 0; n < 512; n++) await Put(counts.Tables, n / 2, n, customer => customer);
        Assert.Contains("; 512 recipients", await Said(counts), StringComparison.Ordinal);
        Assert.Contains("; about 512 recipients", (await Bursts(counts, counted: 99).Find(
            Id, SlotTests.Weekly(), inSlot: false))!.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opt_outs_are_expected_from_the_shop_s_own_figures_and_broken_figures_hold_nothing_up()
    {
        await using var counts = await Counts.Open();
        for (var n = 0; n < 200; n++) await Put(counts.Tables, n, n, customer => customer);
        await counts.Tables.Insights.Upsert(Figures(
            """{"issue|weekly|2026-11-11|delivered":1000,"issue|weekly|2026-11-11|optedOut":8"""
            + ""","issue|weekly|2026-11-18|delivered":1000,"issue|weekly|2026-11-18|optedOut":12}"""));
        var burst = (await Bursts(counts).Find(Id, SlotTests.Weekly(), inSlot: false))!;
        Assert.Equal(2, burst.ExpectedOptOuts);
        Assert.Equal(4, burst.ExpectedAtMost);
        Assert.EndsWith(
            "; about 2 of them will opt out, hardly more than 4 (20 of 2000 delivered mails of weekly were answered "
            + "with an opt-out or a complaint)",
            burst.InWords(), StringComparison.Ordinal);
        await counts.Tables.Insights.Upsert(Figures("{ broken"));
        Assert.Contains("how many will opt out cannot be said: the figures cannot be read", await Said(counts),
            StringComparison.Ordinal);
    }

    private static Row Figures(string text) => new("00", "s|issue-2026") { { "Doc", text } };

    private static async Task<string> Said(Counts counts) =>
        (await Bursts(counts).Find(Id, SlotTests.Weekly(), inSlot: false))!.InWords();

    private static Bursts Bursts(Counts counts, int counted = 20_000)
    {
        var issues = new IssueStore(counts.Tables);
        var newsletters = new FixedNewsletters([SlotTests.Weekly()]);
        var book = new PlannedMailings(issues, newsletters, counts.House.Current, counts.House.Clock);
        return new(
            issues, new(counts.Tables, book, newsletters, counts.House.Current, counts.House.Clock, counted),
            counts.Reader);
    }

    private static Task<WriteResult> Put(Tables tables, int shard, int n, Func<Customer, Customer> but) =>
        tables.Customers.Add(CustomerJson.Row(but(Mailing.Customer(
            n) with
        { Id = new(CustomerId.Shards[shard] + n.ToString("x22", CultureInfo.InvariantCulture)) })));
}
