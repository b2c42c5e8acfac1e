using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What there is for slots that were not acted on.</summary>
public sealed class SlotContents(
    PublishedNewsletters newsletters, IssueStore issues, CurrentShop shop, TimeProvider time)
{
    /// <summary>How far back a file can be carried over from.</summary>
    public const int LongestDays = 60;

    /// <summary>What there is for one slot, those before it acted on.</summary>
    public async Task<SlotContent> Of(Newsletter newsletter, Slot slot) =>
        Of(newsletter, slot, await Issues(newsletter, slot.Id.Date));

    /// <summary>The same, by issues that were read.</summary>
    /// <param name="known">As <see cref="Issues"/> finds them.</param>
    public SlotContent Of(Newsletter newsletter, Slot slot, IReadOnlyCollection<Issue> known) =>
        Of(newsletter, shop.Settings, [slot], known, file => newsletters.File(newsletter.Id, file),
            time.GetUtcNow())[0];

    /// <summary>What there is for each of some slots in a row, as it stands now: what one takes the next does
    /// not.</summary>
    public async Task<IReadOnlyList<(SlotContent SlotContent, Issue? Issue)>> Of(
        Newsletter newsletter, IReadOnlyList<Slot> slots)
    {
        if (slots.Count == 0) return [];
        var known = await Issues(newsletter, slots[0].Id.Date);
        var found = Of(
            newsletter, shop.Settings, slots, known, file => newsletters.File(newsletter.Id, file), time.GetUtcNow());
        return [.. slots.Select((slot, n) => (found[n], known.FirstOrDefault(issue => issue.Id == slot.Id)))];
    }

    /// <summary>What an issue goes out with: what was pinned, else what its slot would get now.</summary>
    public async ValueTask<IssueSource?> Text(
        Newsletter newsletter, IssueId id, Issue? issue, CancellationToken cancellation) =>
        await newsletters.Pinned(id, cancellation)
            ?? (await Of(newsletter, new Slot(id, issue?.Slot ?? time.GetUtcNow()))).Text;

    /// <summary>Why an issue that was held until now must not begin any more; null: it may. Asks only for a
    /// fallback.</summary>
    public async ValueTask<string?> Spent(Issue issue, Newsletter newsletter)
    {
        if (issue.File is not { } file || IssueId.IsDate(file)) return null;
        return Fallbacks.Obstacle(
            issue,
            newsletter,
            await Issues(newsletter, issue.Id.Date),
            time.GetUtcNow(),
            SlotRules.Zone(newsletter, shop.Settings));
    }

    /// <summary>A newsletter's issues that have a say in what a day gets: carried files, fallbacks that went
    /// out.</summary>
    public async Task<IReadOnlyList<Issue>> Issues(Newsletter newsletter, DateOnly date)
    {
        var reach = newsletter.FallbackAgainAfter.Before(
            new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), TimeZoneInfo.Utc);
        var from = DateOnly.FromDateTime(reach.UtcDateTime);
        return await issues.Of(newsletter.Id, (from < date ? from : date).AddDays(-LongestDays)).ToListAsync();
    }

    /// <summary>What there is for each of some slots, in the order they are due. Pure.</summary>
    /// <param name="issues">Those that were acted on, oldest first.</param>
    /// <param name="file">A file of the newsletter's folder, by its name without the ending.</param>
    public static IReadOnlyList<SlotContent> Of(
        Newsletter newsletter, ShopSettings shop, IReadOnlyList<Slot> slots, IReadOnlyCollection<Issue> issues,
        Func<string, IssueSource?> file, DateTimeOffset now)
    {
        var (zone, went, fillings) =
            (SlotRules.Zone(newsletter, shop), Fallbacks.Went(issues, now).ToList(), new List<SlotContent>());
        var files = newsletter.Fallbacks.Where(name => file(name) is { Draft: false }).ToList();
        foreach (var slot in slots)
        {
            var choice = Fallbacks.Choose(files, newsletter.FallbackAgainAfter, went, slot.At, zone);
            var carried = Carried(newsletter, shop, slot, issues) is { } name ? file(name) : null;
            var filling = new SlotContent(file(slot.Id.RowKey), carried, choice.File is { } fallback
                ? file(fallback)
                : null)
            { Spent = choice.Spent };
            fillings.Add(filling);
            if (filling.Ready == Ready.Fallback && !slot.Skipped && issues.All(issue => issue.Id != slot.Id))
                went.Add((choice.File!, slot.At));
        }
        return fillings;
    }

    /// <summary>The file that was too late for the slot before and takes this one: the next there is, whichever was
    /// meant then.</summary>
    private static string? Carried(Newsletter newsletter, ShopSettings shop, Slot slot, IEnumerable<Issue> issues) =>
        issues.LastOrDefault(issue => issue.Id.Date < slot.Id.Date) is { MovedTo: not null, File: { } file } before
            && (SlotRules.Next(newsletter, shop, before.Id.Date) is not { } next
                || next.Id.Date >= slot.Id.Date) ? file : null;
}
