using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Privacy;

/// <summary>What is stored about a person beyond the customer's row, their orders and the rows of their
/// timeline.</summary>
/// <param name="Suppressed">Which of their addresses are never written to, and why.</param>
/// <param name="Parked">Webhooks set aside that speak of them, by name.</param>
public sealed record Disclosed(
    Customer Customer, IReadOnlyList<KeyValuePair<string, string>> Suppressed, IReadOnlyList<string> Parked)
{
    /// <summary>Checkouts of theirs that are remembered.</summary>
    public IReadOnlyList<Checkout> Checkouts { get; init; } = [];

    /// <summary>What they said to the chat and what it said, oldest first.</summary>
    public IReadOnlyList<Exchange> Chats { get; init; } = [];
}

/// <summary>Gathers everything stored about a person (個人情報保護法 art. 33, GDPR art. 15). Reads only.</summary>
public sealed class Disclosure(
    CustomerStore customers, Suppressions suppressions, Checkouts checkouts, Conversations conversations,
    ParkedTraces parked)
{
    /// <summary>Null where there is no such customer.</summary>
    public async Task<Disclosed?> Of(CustomerId id)
    {
        if (await customers.Find(id) is not { Value: var customer }) return null;
        var known = KnownAddresses.Of(customer);
        var suppressed = new List<KeyValuePair<string, string>>();
        foreach (var address in known)
            if (Identity.Parse(address) is { Kind: Identity.Email or Identity.Phone } one
                && await suppressions.Find(one) is { } reason) suppressed.Add(new(address, reason));
        var begun = await checkouts.Of([customer.Id, .. customer.MergedFrom]);
        var chats = new List<Exchange>();
        foreach (var talk in await conversations.Of([customer.Id, .. customer.MergedFrom], customer.Identities))
            chats.AddRange(await conversations.All(talk));
        return new(customer, suppressed, await parked.Find(known))
        {
            Checkouts = [.. begun.Select(one => one.Checkout)],
            Chats = [.. chats.OrderBy(one => one.At)],
        };
    }
}
