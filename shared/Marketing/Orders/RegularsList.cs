using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Orders;

/// <summary>Who is late by their own rhythm and who became a regular: made anew from all customers, for people to look
/// at.</summary>
public sealed class RegularsList(CustomerStore customers, Regulars regulars, CurrentShop shop, TimeProvider time)
{
    /// <summary>Nobody is told.</summary>
    public Task Make(CancellationToken cancellation) => Make(_ => Task.CompletedTask, cancellation);

    /// <param name="look">What else is done with everybody on the way.</param>
    /// <param name="cancellation">Ends it between two customers.</param>
    public async Task Make(Func<Customer, Task> look, CancellationToken cancellation)
    {
        var (latest, newest) =
            (new PriorityQueue<LateRegular, double>(), new PriorityQueue<NewRegular, DateTimeOffset>());
        var now = time.GetUtcNow();
        await foreach (var (customer, _) in customers.InShard(null).WithCancellation(cancellation))
        {
            await look(customer);
            if (customer.Test) continue;
            if (Regularity.Late(customer, shop.Settings.Late.Threshold, now) is { } absent)
                Note(latest, absent, absent.Lateness(now));
            if (Regularity.New(customer, now) is { } regular) Note(newest, regular, regular.ThirdAt);
        }
        await Keep(latest, newest, cancellation);
    }

    /// <summary>Of many those with the highest rank stay.</summary>
    private static void Note<T, TRank>(PriorityQueue<T, TRank> most, T one, TRank rank)
    {
        if (most.Count < Regulars.Most) most.Enqueue(one, rank);
        else most.EnqueueDequeue(one, rank);
    }

    /// <summary>Whoever was erased or merged since they were read is taken off the lists again.</summary>
    private async Task Keep(
        PriorityQueue<LateRegular, double> late, PriorityQueue<NewRegular, DateTimeOffset> regular,
        CancellationToken cancellation)
    {
        var added = await regulars.Keep(
            late.UnorderedItems.Select(one => one.Element), regular.UnorderedItems.Select(one => one.Element),
            cancellation);
        foreach (var id in added.Distinct())
            if (await customers.Row(id) is not { Value: { MergedInto: null, ErasedAt: null } })
                await regulars.Forget(id);
    }
}
