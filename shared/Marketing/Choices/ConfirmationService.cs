using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What the confirming page shows: the customer, and what their consent is now.</summary>
public sealed record ConfirmView(Customer Customer, ConsentState State);

/// <summary>Double opt-in: the link in the mail that asks leads here. Looking changes nothing; only what is pending can
/// be confirmed, so an old link brings nobody back who has left, nor does it overtake a no of the same
/// moment.</summary>
public sealed class ConfirmationService(
    LinkTokens links, ConsentService consents, CustomerStore customers, CurrentShop shop, TimeProvider time)
{
    /// <summary>Which page was agreed on; to be raised when its wording changes.</summary>
    public const string Page = "confirm 1";

    /// <summary>Null: the link is none of ours, or the customer is gone.</summary>
    public async ValueTask<ConfirmView?> Look(string token) =>
        links.Confirmations.Read(token) is { } link
        && await customers.Find(link.Customer) is { Value: { ErasedAt: null } customer } ? View(customer, link) : null;

    /// <inheritdoc cref="Look"/>
    /// <param name="ip">Where it came from, as far as known.</param>
    public async Task<ConfirmView?> Confirm(string token, string? ip)
    {
        if (links.Confirmations.Read(token) is not { } link || await Look(token) is not { } view
            || view.State != ConsentState.Pending) return await Look(token);
        var said = new ConsentRecord(ConsentState.Given, time.GetUtcNow(), "double opt-in", link.Send)
        {
            AskedAt = view.Customer.Consent[link.Channel].At,
            Wording = PreferenceWords.For(view.Customer, shop.Settings).Confirm,
            Page = Page,
            Ip = ip
        };
        return await consents.Record(link.Customer, link.Channel, said) is { } customer ? View(customer, link) : null;
    }

    private static ConfirmView View(Customer customer, Unsubscription link) =>
        new(customer, customer.Consent.GetValueOrDefault(link.Channel)?.State ?? ConsentState.Unknown);
}
