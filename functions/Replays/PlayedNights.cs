using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Replays;

namespace Automation.Functions.Replays;

/// <summary>The nights of a shop that is played. In production everybody is looked at every night; here those of whom
/// something may be found (<see cref="NextLook"/>), and those to whom something happened. A shop with journeys that
/// start by a condition looks at all.</summary>
public sealed class PlayedNights(
    CustomerStore customers, PublishedJourneys journeys, BuyingHabits habits, LateWord late, INightWatch watch,
    UsualIntervals intervals)
{
    private readonly PriorityQueue<CustomerId, DateTimeOffset> later = new();
    private readonly HashSet<CustomerId> touched = [];
    private double? median;

    /// <summary>As things stand now, they were before. What is usual in the shop is counted once.</summary>
    public async Task Begin(DateTimeOffset now, CancellationToken cancellation)
    {
        median = await habits.Count(cancellation);
        var night = watch.Begin();
        await foreach (var stored in customers.InShard(null).WithCancellation(cancellation))
        {
            if (journeys.LooksAtNight) await night.Look(stored.Value);
            await Note(stored.Value, now);
        }
        await night.End(cancellation);
    }

    /// <summary>Something happened to them.</summary>
    public void Touch(CustomerId customer) => touched.Add(customer);

    /// <summary>A night has come.</summary>
    public async Task Pass(DateTimeOffset now, CancellationToken cancellation)
    {
        if (journeys.ByBecoming.Count > 0)
        {
            touched.Clear();
            await Look(customers.InShard(null).Select(stored => stored.Value), cancellation);
            return;
        }
        while (later.TryPeek(out var one, out var due) && due <= now)
        {
            later.Dequeue();
            touched.Add(one);
        }
        CustomerId[] some = [.. touched];
        touched.Clear();
        await Look(Find(some), cancellation);
        await foreach (var customer in Find(some).WithCancellation(cancellation)) await Note(customer, now);
    }

    /// <summary>What the day means for them.</summary>
    private async Task Look(IAsyncEnumerable<Customer> some, CancellationToken cancellation)
    {
        var night = watch.Begin();
        await foreach (var customer in some.WithCancellation(cancellation))
        {
            await night.Look(customer);
            await late.Say(customer, median);
        }
        await night.End(cancellation);
    }

    private async Task Note(Customer customer, DateTimeOffset now)
    {
        var situation = journeys.Situation(customer, now).With(await intervals.Now()) with { ShopInterval = median };
        if (NextLook.Of(
            situation, journeys.ByDate.Select(one => one.Trigger), journeys.Zone(customer)) is { } due)
            later.Enqueue(customer.Id, due > now ? due : now.AddTicks(1));
    }

    private async IAsyncEnumerable<Customer> Find(IEnumerable<CustomerId> some)
    {
        foreach (var id in some)
            if (await customers.Find(id) is { Value: { ErasedAt: null } customer }) yield return customer;
    }
}
