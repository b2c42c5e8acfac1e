using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What a night means for journeys: those that a date starts begin for whoever's day comes, and what became
/// true by time alone is found. It is looked a day ahead; whoever's hour comes later sleeps until then.</summary>
public sealed class NightWatch(
    PublishedJourneys journeys, Enroller enroller, Becoming becoming, UsualIntervals intervals, TimeProvider time)
    : INightWatch
{
    /// <summary>Until the next night, and an hour that it may be late.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(25);

    /// <summary>As late as an event may start something: nights that were missed are made up for.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromDays(3);

    public INight Begin() => new Night(
        this, journeys.ByBecoming.Where(one => !journeys.KnowsHowAllStood(one.Journey.Id, Becoming.Seal(one.Trigger)))
            .ToDictionary(one => one.Journey.Id, one => Becoming.Seal(one.Trigger)));

    private sealed class Night(NightWatch watch, Dictionary<string, string> unknown) : INight
    {
        private readonly HashSet<string> names = [.. unknown.Keys];

        public Task Look(Customer customer) => watch.Look(customer, names);

        /// <summary>From now on it is known how everybody stood.</summary>
        public async Task End(CancellationToken cancellation)
        {
            foreach (var (journey, seal) in unknown)
                await watch.Note(journey, seal, cancellation);
        }
    }

    private Task Note(string journey, string seal, CancellationToken cancellation) =>
        journeys.NoteHowAllStood(journey, seal, cancellation);

    private async Task Look(Customer customer, IReadOnlySet<string> unknown)
    {
        if (customer.Test || !journeys.LooksAtNight) return;
        var now = time.GetUtcNow();
        var zone = journeys.Zone(customer);
        var situation = journeys.Situation(customer, now).With(await intervals.Now());
        foreach (var (journey, trigger) in journeys.ByDate)
        {
            if (journeys.IsPaused(journey.Id)
                || Occurrences.Between(trigger.When, situation, now - Behind, now + Ahead, zone) is not { } occurrence
                || !journey.Journey.IsActive(occurrence.At, journeys.Zone(null))
                || !Conditions.Holds(trigger.Where, situation)) continue;
            await enroller.Start(
                journey, new ShopEvent
                {
                    Id = occurrence.EventId(journey.Id),
                    Type = EventTypes.DateReached,
                    At = occurrence.At,
                    Customer = customer.Id,
                }, customer, null, begins: occurrence.At);
        }
        await becoming.Look(situation, unknown);
    }
}
