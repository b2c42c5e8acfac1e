using Automation.Marketing.People;

namespace Automation.Marketing.Orders;

/// <summary>Once a day: what is bought after what, how often people come, who is late by their own rhythm, and what the
/// day means for journeys. Begun again after a kill, nothing is counted or said twice.</summary>
public sealed class LatenessScan(BuyingHabits habits, RegularsList list, LateWord word, INightWatch watch)
{
    /// <summary>One scan; answers how many customers were said to be late.</summary>
    public async Task<int> Scan(CancellationToken cancellation = default)
    {
        var (median, late, night) = (await habits.Count(cancellation), 0, watch.Begin());
        await list.Make(
            async customer =>
            {
                await night.Look(customer);
                if (await word.Say(customer, median)) late++;
            },
            cancellation);
        await night.End(cancellation);
        return late;
    }
}
