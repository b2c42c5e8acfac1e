using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Looks at the shop's own history before an issue goes. In a shop of up to 20,000 customers everybody is
/// counted; in a larger one the first shards that hold so many stand for all: who is in which shard is
/// chance.</summary>
/// <param name="counted">That many.</param>
public sealed class Bursts(Tables tables, IssueStore issues, PlannedMailings book, IExpectations expectations,
    CurrentShop shop, TimeProvider time, int counted = 20_000)
{
    /// <summary>Null: the issue may go. Figures are read only where there is something to confirm.</summary>
    public async ValueTask<Burst?> Find(IssueId id, Newsletter newsletter, bool inSlot, string? asks = null)
    {
        var (audience, earlier) = (await Count(id, newsletter), new List<int>());
        await foreach (var issue in issues.Of(id.Newsletter))
            if (issue.Id != id && issue.Counts.Sent > 0) earlier.Add(issue.Counts.Sent);
        var usual = BurstGuard.Usual(earlier);
        var reasons = BurstGuard.Reasons(inSlot, audience.Count, usual, asks);
        return reasons.Count == 0 ? null : new(reasons, audience, usual, await Expect(id, audience));
    }

    /// <summary>Who may be written to, before caps.</summary>
    private async ValueTask<Audience> Count(IssueId id, Newsletter newsletter)
    {
        var first = PlannedMailing.IsFirstOfMonthIn(await book.Read(), id);
        var found = await AudienceCount.Of(tables, newsletter, first, new(shop.Settings, time.GetUtcNow(), counted));
        return new(found.Reached, found.IsExact);
    }

    private async ValueTask<Expectation> Expect(IssueId id, Audience audience)
    {
        try
        {
            return await expectations.Expect(id.Newsletter, audience.Count);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever is wrong with the figures: an issue is asked about and goes all the same.
            return new(null, null, $"the figures cannot be read ({e.Message})");
        }
    }
}
