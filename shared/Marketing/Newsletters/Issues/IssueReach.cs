using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How many an issue may reach. In a shop of up to 20,000 customers everybody is counted; in a larger one the
/// first shards that hold so many stand for all: who is in which shard is chance.</summary>
/// <param name="counted">That many.</param>
public sealed class IssueReach(
    Tables tables, PlannedMailings book, INewsletters newsletters, CurrentShop shop, TimeProvider time,
    int counted = 20_000)
{
    /// <summary>Who may be written to, before caps.</summary>
    public async ValueTask<Audience> Of(IssueId id, Newsletter newsletter)
    {
        var first = PlannedMailing.IsFirstOfMonthIn(await book.Read(), id);
        var found = await AudienceCount.Of(tables, newsletter, first, new(shop.Settings, time.GetUtcNow(), counted)
        {
            IsForLine = await newsletters.IsForLine(id),
        });
        return new(found.Reached, found.IsExact);
    }
}
