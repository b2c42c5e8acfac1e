using Automation.Marketing.Plan;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>The appointments of all newsletters, as far as the plan looks, kept in memory for a minute: asking costs
/// nothing. What this process writes to an issue is seen at once.</summary>
public sealed class PlannedMailings(IssueStore issues, INewsletters newsletters, CurrentShop shop, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private sealed record Page(
        DateTimeOffset At, long Version, ShopSettings Shop, IReadOnlyList<PlannedMailing> Appointments);

    private volatile Page? page;

    /// <param name="asOf">Not older than this.</param>
    public async ValueTask<IReadOnlyList<PlannedMailing>> Read(DateTimeOffset? asOf = null)
    {
        var (now, version, settings) = (time.GetUtcNow(), issues.Version, shop.Settings);
        if (page is { } known && known.Version == version && ReferenceEquals(known.Shop, settings) && now >= known.At
            && now - known.At < Fresh && !(known.At < asOf)) return known.Appointments;
        // Twice as far ahead as caps look: whatever they hold back until then is seen, too.
        var appointments = await Gather(settings, now, now + 2 * Reach(settings));
        page = new(now, version, settings, appointments);
        return appointments;
    }

    /// <summary>The same up to a moment, read anew.</summary>
    public async ValueTask<IReadOnlyList<PlannedMailing>> Ahead(DateTimeOffset upTo) =>
        await Gather(shop.Settings, time.GetUtcNow(), upTo);

    private async Task<List<PlannedMailing>> Gather(ShopSettings settings, DateTimeOffset now, DateTimeOffset upTo)
    {
        var (appointments, from) = (
            new List<PlannedMailing>(),
            DateOnly.FromDateTime((now - Reach(settings) - PlanGuard.LongestSending).UtcDateTime));
        foreach (var newsletter in newsletters.All())
            appointments.AddRange(PlannedMailing.Of(
                newsletter, settings, await issues.Of(newsletter.Id, from).ToListAsync(), now, upTo));
        return appointments;
    }

    private static TimeSpan Reach(ShopSettings settings) =>
        settings.Plan.Reach > PlanGuard.Least ? settings.Plan.Reach : PlanGuard.Least;
}
