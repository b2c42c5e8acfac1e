using System.Globalization;
using Automation.Marketing.Files;
using Automation.Marketing.Plan;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>How much marketing the plan leaves to journeys for somebody who reads newsletters, tried out on weeks of
/// regular slots. Pure.</summary>
/// <param name="Messages">In that many weeks; null: as much as they like.</param>
public sealed record PlacesLeft(int? Messages, int Weeks)
{
    /// <summary>More than this a week nobody calls a limit.</summary>
    private const int Plenty = 50;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public bool IsNone => Messages == 0;

    /// <summary>Beside the newsletters that one customer gets.</summary>
    public static PlacesLeft Beside(IReadOnlyCollection<Newsletter> newsletters, ShopSettings shop)
    {
        var (plan, zone) = (shop.Plan, Time.Zones.Of(null, shop.TimeZone));
        var weeks = plan.Reach > TimeSpan.FromDays(28) ? 52 : 4;
        // What went before the counted weeks is in their way as it would be in any year.
        var (first, end) = (Start + plan.Reach, Start + plan.Reach + TimeSpan.FromDays(7 * weeks));
        var places = newsletters.SelectMany(one => Regular(one, shop, Start - plan.Reach, end + plan.Reach)).ToList();
        var (awake, written, count) = (shop with { QuietHours = null }, new List<PlanMoment>(), 0);
        for (var now = Start; now < end;)
        {
            var (from, to) = (now - plan.Reach, now + (2 * plan.Reach) + TimeSpan.FromDays(2));
            var near = places.Where(place => place.At > from && place.At < to).ToList();
            switch (PlanRules.Judge(awake, zone, [.. written.Where(one => one.At > from)], near, now))
            {
                case Verdict.Deferred later: now = later.Until; continue;
                case Verdict.Allowed when now >= first: count++; break;
            }
            written.Add(PlanMoment.Of(now, zone));
            if (count > Plenty * weeks || plan.Caps.Count == 0) return new(null, weeks);
        }
        return new(count, weeks);
    }

    /// <summary>As <c>validate</c> says it.</summary>
    public string InWords() => Messages switch
    {
        null => "as many messages as they like",
        { } count when count >= Weeks =>
            string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(count / Weeks, "message")} a week"),
        { } count => string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(count, "message")} in {Weeks} weeks"),
    };

    /// <summary>What each newsletter leaves, and all those together that go to everybody.</summary>
    public static IReadOnlyList<(string Newsletters, PlacesLeft Left)> All(
        IEnumerable<Newsletter> newsletters, ShopSettings shop)
    {
        var all = newsletters.OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        var everybody = all.Where(one => one.Audience is null).ToList();
        List<IReadOnlyCollection<Newsletter>> groups = [.. all.Select(one => new[] { one })];
        if (everybody.Count > 1) groups.Add(everybody);
        return [.. groups.Select(group => (string.Join(" and ", group.Select(one => one.Id)), Beside(group, shop)))];
    }

    /// <summary>A plan by which journeys could never write to readers of a newsletter, unless it says that it is meant
    /// so.</summary>
    public static IReadOnlyList<Problem> Check(IEnumerable<Newsletter> newsletters, ShopSettings shop, string file)
    {
        if (shop.Plan.JourneysMayStarve
            || All(newsletters, shop).FirstOrDefault(one => one.Left.IsNone) is not { Newsletters: { } readers })
            return [];
        var reading = new Reading(file, File.ReadAllBytes(file), Names.Unchecked);
        var plan = reading.Parse()?.Members.FirstOrDefault(member => member.Name == "plan");
        reading.Say(
            plan?.Value.Members.FirstOrDefault(member => member.Name == "caps")?.At ?? plan?.At ?? 0,
            $"this plan leaves journeys no place: whoever gets {readers} has every place taken, so no journey's "
            + $"marketing would ever go; "
            + "raise a cap, or say that it is meant with \"journeysMayStarve\": true");
        return reading.Problems;
    }

    private static IEnumerable<PlanMoment> Regular(
        Newsletter newsletter, ShopSettings shop, DateTimeOffset from, DateTimeOffset to)
    {
        var zone = SlotRules.Zone(newsletter, shop);
        var last = DateOnly.FromDateTime(to.UtcDateTime);
        for (var day = DateOnly.FromDateTime(from.UtcDateTime); day <= last; day = day.AddDays(1))
            if (newsletter.On.Contains(day.DayOfWeek))
                yield return new(Time.Zones.Instant(day.ToDateTime(newsletter.At), zone), day);
    }
}
