using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Journeys;

/// <summary>A live journey of the same group that goes first, and what that means for the others.</summary>
public sealed record Ahead(string Journey, GroupRule Rule);

/// <summary>Of a group's journeys a customer walks only the first one of the list that they are in.</summary>
public sealed class Precedence(
    EnrollmentStore enrollments, CustomerStore customers, PublishedJourneys journeys, IJourneyOrchestrations alarms)
{
    /// <summary>Who goes first; null: nobody. Costs nothing for a journey that is in no group or leads its
    /// own.</summary>
    public async ValueTask<Ahead?> Of(Customer customer, string journey)
    {
        if (Group(journey) is not { } group || group.Journeys[0] == journey) return null;
        var before = group.Journeys.TakeWhile(one => one != journey).ToList();
        var live = new HashSet<string>();
        await foreach (var other in Live(customer)) live.Add(other.Journey);
        return before.Find(live.Contains) is { } first ? new Ahead(first, group.Rule) : null;
    }

    /// <summary>Wakes those who waited for a walk that is over. Should that get lost, they look again themselves, once
    /// a day.</summary>
    public async Task Over(EnrollmentId walk)
    {
        if (Group(walk.Journey) is not { Rule: GroupRule.Wait } group || group.Journeys[^1] == walk.Journey) return;
        if (await customers.Find(walk.Customer) is not { Value.ErasedAt: null } customer) return;
        var behind = group.Journeys.SkipWhile(one => one != walk.Journey).Skip(1).ToHashSet();
        await foreach (var other in Live(customer.Value))
            if (behind.Contains(other.Journey)) await alarms.Wake(other);
    }

    private Group? Group(string journey)
    {
        foreach (var group in journeys.Shop.Plan.Groups)
            if (group.Journeys.Contains(journey)) return group;
        return null;
    }

    private async IAsyncEnumerable<EnrollmentId> Live(Customer customer)
    {
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
            foreach (var stored in await enrollments.Of(id))
                if (stored.Value is { IsLive: true, BeginsAt: null }) yield return stored.Value.Id;
    }
}
