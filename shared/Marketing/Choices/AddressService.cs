using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Choices;

/// <summary>What the page says of an address that was typed. Whether there is such a customer, and whether a mail went
/// out, it does not say.</summary>
public enum AddressAnswer { Sent, NotAnAddress, TooOften }

/// <summary>How far a change of address is.</summary>
/// <param name="Email">The new one.</param>
public sealed record AddressView(Customer Customer, string Email, AddressStep Step);

/// <summary>The link asks for one more button; it is done; the address is another customer's.</summary>
public enum AddressStep { Asks, Done, Anothers }

/// <summary>A customer's own change of address. The link below a mail may be in anybody's hands, so it only asks: the
/// new address itself says yes, by a link that holds for an hour and for one change, and the old one is told. Whoever
/// was known by the new address alone is the same person from then on.</summary>
public sealed class AddressService(
    CustomerStore customers, Suppressions suppressions, LinkTokens links, AddressMails mails, AddressNotices notices,
    TimeProvider time)
{
    /// <summary>How long a mail's link holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromHours(1);

    /// <summary>Sends the link to the address that was typed. Nothing is changed.</summary>
    public async Task<AddressAnswer> Ask(Customer customer, string? typed, CancellationToken cancellation)
    {
        if (EmailAddress.Normalize(typed) is not { } email) return AddressAnswer.NotAnAddress;
        if (email != customer.Email && await suppressions.Find(new(Identity.Email, email)) is null)
            await mails.Ask(
                customer, email,
                links.Addresses.Make(
                    new(customer.Id, email, customer.Readdressed?.At), time.GetUtcNow() + Holds), cancellation);
        return AddressAnswer.Sent;
    }

    /// <summary>Somebody came by the mail; nothing is changed. Null: the link is none of ours, holds no more, or was
    /// used.</summary>
    public async ValueTask<AddressView?> Look(string token) => await Read(token) is var (claim, customer)
        ? new(customer, claim.Email, customer.Email == claim.Email ? AddressStep.Done : AddressStep.Asks)
        : null;

    /// <summary>Their button. Twice is once; cut short anywhere, the link still holds.</summary>
    public async Task<AddressView?> Confirm(string token, CancellationToken cancellation)
    {
        if (await Read(token) is not var (claim, customer)) return null;
        if (customer.Email == claim.Email)
        {
            await notices.Resume(customer.Id, cancellation);
            return new(customer, claim.Email, AddressStep.Done);
        }
        var identity = new Identity(Identity.Email, claim.Email);
        if (await customers.FindByIdentity(identity) is { Value: { ErasedAt: null } holder } && holder.Id != customer.Id
            && Recognition.AreTwo(customer.Identities, holder.Identities, []))
            return new(customer, claim.Email, AddressStep.Anothers);
        var promise = await notices.Promise(customer.Id, cancellation);
        var changed = await customers.Recognise(
            new Buyer { Identities = [identity], SeenAt = DateTimeOffset.MinValue }, "address", Change, customer.Id);
        if (changed is null) return null;
        await notices.Tell(customer.Id, promise, changed.Customer, cancellation);
        return new(changed.Customer, claim.Email, AddressStep.Done);

        // Their identity is claimed by then; whoever lost it in between keeps their own address.
        Customer Change(Customer has) => has.Identities.Contains(identity.ToString()) && has.Email != claim.Email
            ? notices.Change(has, claim.Email) : has;
    }

    private async ValueTask<(AddressClaim Claim, Customer Customer)?> Read(string token)
    {
        if (links.Addresses.Read(token, time.GetUtcNow()) is not { } claim
            || (await customers.Find(claim.Customer))?.Value is not { ErasedAt: null } customer) return null;
        // Used, it says once more that it is done, until the address changes again.
        return customer.Readdressed?.At == claim.Since || customer.Email == claim.Email ? (claim, customer) : null;
    }
}
