using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;


namespace Automation.Year.Tests.Faults;

/// <summary>An issue rests while its provider is busy: for as long as it was asked to, whatever becomes of the clock
/// meanwhile.</summary>
public sealed class RestTests
{
    private static readonly IssueId Wednesday = new("weekly", new(2026, 11, 4));

    [Theory]
    [InlineData(-1)]
    [InlineData(60)]
    public async Task An_issue_that_rests_goes_on_within_minutes_though_the_clock_was_set(int days)
    {
        await using var shop = await FaultyShop.Open();
        await shop.Say(1, "placed", new("guest0@example.jp", null));
        await shop.Consent("guest0@example.jp", isYes: true);
        await shop.Pass(TimeSpan.FromHours(48.5));
        (shop.Provider.Now, shop.Provider.Wait, shop.TroubleEnds) =
            (Trouble.Busy, TimeSpan.FromMinutes(10), DateTimeOffset.MaxValue);
        await shop.Pass(TimeSpan.FromMinutes(31));
        Assert.Equal(IssueState.Sending, await State(shop));

        // Put back; or ahead for some minutes in which it rested again, and put right.
        shop.Clock.Jump(TimeSpan.FromDays(days));
        if (days > 0)
        {
            await shop.Pass(TimeSpan.FromMinutes(15));
            shop.Clock.Jump(-shop.Clock.Ahead);
        }
        shop.Provider.Now = Trouble.None;
        await shop.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal(IssueState.Sent, await State(shop));
        Assert.Single(shop.Provider.All, mail => mail.IsLetter);
    }

    private static async Task<IssueState?> State(FaultyShop shop) =>
        (await shop.Life.Product.Get<IssueStore>().Find(Wednesday))?.Value.State;
}
