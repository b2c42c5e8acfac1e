using System.Globalization;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>The walk that an event would begin: under which id, and whether the journey may be walked again.</summary>
/// <param name="Id">Its id; where it may not begin, that of the walk it may not begin after.</param>
/// <param name="Not">Why it may not begin; null: nothing speaks against it.</param>
public sealed record NextWalk(EnrollmentId Id, string? Not = null);

/// <summary>Finds which walk of a customer would be next in a journey, by what it is walked per and its reentry
/// rule.</summary>
public sealed class NextWalks(PublishedJourneys journeys, EnrollmentStore enrollments, TimeProvider time)
{
    /// <param name="from">The walk whose step starts it; null: none.</param>
    public async Task<NextWalk> Of(
        PublishedJourney journey, ShopEvent trigger, Customer customer, EnrollmentId? from)
    {
        var per = journey.Journey.Per;
        if (per == Per.Order) return Under($"order~{Keys.Safe(trigger.Order ?? trigger.Id)}");
        if (per.StemOf(journeys.Situation(customer, time.GetUtcNow()) with { Event = trigger }) is not { } stem)
            return Under("-") with { Not = $"{((Per.EachValue)per).Field} is not known" };
        if (journey.Journey.Reentry is Reentry.NeverAgain) return Under($"{stem}0001");
        var walks = (await enrollments.Of(customer.Id, journey.Id))
            .Where(walk => walk.Value.Id.Key.StartsWith(stem, StringComparison.Ordinal))
            .ToList();
        if (walks.Find(walk => walk.Value.Trigger.Id == trigger.Id) is { } same) return new(same.Value.Id);
        if (walks is [.., { Value: var last }]
            && Reentries.Refuses(
                journey.Journey.Reentry, last.Id == from ? last with { Outcome = Outcome.Completed } : last,
                trigger.At, journeys.Zone(null)) is { } reason)
            return new(last.Id, reason);
        var numbers = walks.Select(walk => int.TryParse(
            walk.Value.Id.Key.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0);
        return Under($"{stem}{1 + numbers.DefaultIfEmpty().Max():D4}");

        NextWalk Under(string key) => new(new EnrollmentId(customer.Id, journey.Id, key));
    }

    /// <summary>The walk as it begins.</summary>
    /// <param name="begins">When its first step is looked at; null: at once.</param>
    public Enrollment Begin(
        EnrollmentId id, PublishedJourney journey, ShopEvent trigger, Order? order, DateTimeOffset? begins) =>
        Enrollment.Begin(id, journey.Version, trigger, order, time.GetUtcNow()) with
        {
            Heard = OwnOrder.Already(journey.Journey, trigger, order),
            BeginsAt = begins,
        };

    /// <summary>Is there never another walk under the same key?</summary>
    public static bool IsOnlyOne(Journey journey) =>
        journey.Per == Per.Order || journey.Reentry is Reentry.NeverAgain;
}
