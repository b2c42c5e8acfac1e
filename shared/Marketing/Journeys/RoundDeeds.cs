using Automation.Marketing.Customers;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What steps do beside sending: the customer is changed, a coupon taken, an address called, another journey
/// started. Each is done again without harm where the round is walked again.</summary>
public sealed class RoundDeeds(
    CustomerStore customers, Coupons coupons, Calls calls, PublishedJourneys journeys, Enroller enroller, Diary diary)
{
    private static readonly TimeSpan Refill = TimeSpan.FromHours(1);

    /// <summary>The walk after it; with <see cref="Enrollment.Until"/> where it waits at the step.</summary>
    public async Task<Enrollment> Do(
        Step step, Enrollment walk, Situation situation, CancellationToken cancellation)
    {
        switch (step)
        {
            case Step.TakeCoupon { Pool: var pool }:
                return await Take(pool, walk, situation, cancellation);
            case Step.Update update:
                await customers.Change(situation.Customer.Id, customer => Updates.Apply(update, customer));
                diary.Write(walk.Id, Updates.InWords(update));
                return walk;
            case Step.Call call:
                diary.Write(walk.Id, await calls.Make(call, walk, situation, cancellation));
                return walk;
            case Step.Start { Journey: var other }:
                diary.Write(
                    walk.Id, await Starts(other, walk, situation) ? $"started {other}" : $"did not start {other}");
                return walk;
            default:
                throw new InvalidOperationException($"A {step.GetType().Name} is not something to do.");
        }
    }

    /// <summary>Where no code is left it is asked again every hour, and attention says so.</summary>
    private async Task<Enrollment> Take(
        string pool, Enrollment walk, Situation situation, CancellationToken cancellation)
    {
        if (await coupons.Take(pool, walk.Reason, cancellation) is { } coupon)
        {
            diary.Write(walk.Id, $"took a coupon of {pool}");
            return walk with { Coupon = coupon, AwaitsPool = null };
        }
        if (walk.AwaitsPool != pool) diary.Write(walk.Id, $"waiting: no coupon is left in {pool}");
        return walk with { AwaitsPool = pool, Until = situation.Now + Refill };
    }

    private async Task<bool> Starts(string other, Enrollment walk, Situation situation) =>
        journeys.Latest(other) is { } journey
        && journey.Journey.IsActive(situation.Now, journeys.Zone(null))
        && await enroller.Start(
            journey, walk.Trigger with { Id = walk.Reason, At = situation.Now }, situation.Customer, situation.Order,
            walk.Id) is { Id: not null };
}
