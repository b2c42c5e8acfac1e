using System.Text;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Functions.Newsletters;

/// <summary>Moves an issue's text to another slot of its newsletter. On its way it is a draft: killed at any moment it
/// goes out once or, as a draft that is warned of, not at all.</summary>
public sealed class IssueMoving(
    IssueService desk, PublishedNewsletters newsletters, CurrentShop shop, ShopDraft draft, ShopFiles files,
        ShopWatch watch)
{
    /// <summary>Null: done.</summary>
    public async Task<Refusal?> Move(string newsletter, string from, string to, CancellationToken cancellation)
    {
        if (await desk.Locked(newsletter, from, cancellation) is { } fixedHere) return fixedHere;
        if (await desk.Locked(newsletter, to, cancellation) is { } fixedThere) return fixedThere;
        if (IssueId.Parse($"{newsletter}/{to}") is not { } target || from == to
            || SlotRules.On(newsletters.Find(newsletter)!, shop.Settings, target.Date) is not { Skipped: false })
            return Refusal.Conflict("There is no slot on that day.");
        var (here, there) = (ShopDraft.Issue(newsletter, from), ShopDraft.Issue(newsletter, to));
        if (await draft.Written(here) is not { } text) return Missing.Issue;
        if (await draft.Written(there) is not null) return Refusal.Conflict("That slot has an issue of its own.");
        if ((draft.Obstacle(here) ?? draft.Obstacle(there)) is { } obstacle) return Refusal.Conflict(obstacle);
        var problems = await draft.Check(there, Encoding.UTF8.GetBytes(text));
        if (problems.Count > 0) return Refusal.Mistaken("The issue has mistakes; nothing was changed.", problems);
        await files.Move(here, there, text, IssueSource.Drafted(text, isDraft: true), cancellation);
        await watch.Publish(CancellationToken.None);
        return null;
    }
}
