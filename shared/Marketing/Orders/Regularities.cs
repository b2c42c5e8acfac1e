using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Orders;

/// <summary>A customer who is late, as they are now.</summary>
public sealed record LateCustomer(Customer Customer, LateRegular Late);

/// <summary>A customer who became a regular.</summary>
public sealed record FreshRegular(Customer Customer, DateTimeOffset ThirdAt);

/// <summary>The lists of the night (<see cref="Regulars"/>) with the people on them as they are now: whoever has bought
/// since is not late any more.</summary>
public sealed class Regularities(Regulars regulars, CustomerStore customers, CurrentShop shop, TimeProvider time)
{
    public const int AtOnce = 50;
    private const int Newest = 20;

    /// <summary>A page of them, most late first, and whether there are more.</summary>
    public async Task<(IReadOnlyList<LateCustomer> Late, bool More)> Late(int skip, CancellationToken cancellation)
    {
        var (now, threshold) = (time.GetUtcNow(), shop.Settings.Late.Threshold);
        var all = await regulars.Late(now, cancellation);
        var people = await Task.WhenAll(
            all.Skip(skip).Take(AtOnce).Select(one => customers.Find(one.Customer).AsTask()));
        var late = people.Select(one => one?.Value).OfType<Customer>()
            .Where(customer => customer.ErasedAt is null)
            .DistinctBy(customer => customer.Id)
            .Select(customer => (customer, late: Regularity.Late(customer, threshold, now)))
            .Where(one => one.late is not null)
            .Select(one => new LateCustomer(one.customer, one.late!));
        return ([.. late], all.Count > skip + AtOnce);
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<FreshRegular>> New(CancellationToken cancellation)
    {
        var all = (await regulars.New(cancellation)).Take(Newest).ToList();
        var people = await Task.WhenAll(all.Select(one => customers.Find(one.Customer).AsTask()));
        return [.. people.Zip(all).Where(one => one.First is { Value.ErasedAt: null })
            .Select(one => new FreshRegular(one.First!.Value, one.Second.ThirdAt))];
    }
}
