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
    /// <summary>How many messages may go, before caps: to who gets it both ways two, as an issue that went counts
    /// them.</summary>
    public async ValueTask<Audience> Of(IssueId id, Newsletter newsletter)
    {
        var first = PlannedMailing.IsFirstOfMonthIn(await book.Read(), id);
        var found = await AudienceCount.Of(tables, newsletter, first, new(shop.Settings, time.GetUtcNow(), counted)
        {
            ByLine = await newsletters.ByLine(id),
            CountsMessages = true,
        });
        return new(found.Reached, found.IsExact);
    }
}
