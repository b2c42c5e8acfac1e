using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Search;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>By what somebody says which customer they are.</summary>
public abstract record LinkClaim
{
    public sealed record ByAddress(string? Email) : LinkClaim;

    /// <summary>Who does not know which address they gave.</summary>
    public sealed record ByOrder(string? Number, string? Phone) : LinkClaim;

    private LinkClaim() { }
}

/// <summary>Somebody came from LINE and says which customer they are; a mail goes to that customer's own address, and
/// only whoever reads it goes on. What was given proves nothing by itself: order numbers and telephones stand on
/// delivery notes. Whether it is a customer's is not said.</summary>
public sealed class LinkRequests(
    LineLinking linking, AccountFinder accounts, LinkTokens links, LinkMails mails, TimeProvider time)
{
    public async Task<LinkStep> Ask(string token, LinkClaim claim, CancellationToken cancellation)
    {
        if (await linking.Invited(token) is not { } who) return new LinkStep.Unknown();
        if (LineLinking.IsLinked(who)) return new LinkStep.Linked(who);
        if (await accounts.Find(claim, cancellation) is { ErasedAt: null } account && account.Id != who.Id)
            await mails.Send(
                account, links.Proofs.Make(new(who.Id, account.Id), time.GetUtcNow() + LineLinking.ProofHolds),
                cancellation);
        return new LinkStep.Sent(who, claim is LinkClaim.ByOrder);
    }
}

/// <summary>Finds the customer that somebody says they are.</summary>
public sealed class AccountFinder(
    CustomerStore customers, CustomerSearch search, OrderStore orders, CurrentShop shop)
{
    /// <summary>Orders of a customer among which it may be, latest first.</summary>
    private const int Most = 50;

    /// <summary>Null: there is nobody, or what was given is not both of one customer's.</summary>
    public async Task<Customer?> Find(LinkClaim claim, CancellationToken cancellation)
    {
        switch (claim)
        {
            case LinkClaim.ByAddress(var given):
                return EmailAddress.Normalize(given) is { } email
                    ? (await customers.FindByIdentity(new(Identity.Email, email)))?.Value : null;
            case LinkClaim.ByOrder(var number, var phone):
                return await ByOrder(SearchText.Number(number ?? ""), Normalized(phone), cancellation);
            default:
                throw new InvalidOperationException("A claim of an unknown kind.");
        }
    }

    /// <summary>A telephone as it is kept; null: it is none.</summary>
    public string? Normalized(string? phone) => PhoneNumber.Normalize(phone, null, shop.Settings.PhoneCountry);

    private async Task<Customer?> ByOrder(string number, string? phone, CancellationToken cancellation)
    {
        if (number.Length == 0 || phone is null
            || await search.Find(phone, [], null, cancellation) is not { Items: var found }) return null;
        foreach (var customer in found.Where(one => one.Phone == phone || HasPhone(one, phone)))
            foreach (var seen in customer.Orders.Latest.Reverse().Take(Most))
                if ((await orders.Find(seen.Key))?.Value is { Fragment: false, Erased: false, DeletedAt: null } order
                    && SearchText.Number(order.Number) == number
                    && order.Customer is { } whose
                    && (whose == customer.Id || customer.MergedFrom.Contains(whose))) return customer;
        return null;
    }

    private static bool HasPhone(Customer customer, string phone) =>
        customer.Identities.Contains($"{Identity.Phone}:{phone}");
}
