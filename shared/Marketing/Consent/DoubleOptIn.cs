using Automation.Marketing.Orders;

namespace Automation.Marketing.Consent;

/// <summary>Where a shop wants every consent confirmed: what a platform tells as given is asked for. Pure.</summary>
public static class DoubleOptIn
{
    /// <summary>What Shopify says of a consent that was confirmed there.</summary>
    private const string ConfirmedThere = "opt_in_level confirmed_opt_in";

    public static Notice Ask(Notice notice) => notice switch
    {
        Notice.OrderSeen seen => seen with { Buyer = Ask(seen.Buyer) },
        Notice.CustomerSeen seen => seen with { Buyer = Ask(seen.Buyer) },
        Notice.ConsentSeen { Channel: "email" } seen => seen with { Consent = Ask(seen.Consent) },
        _ => notice,
    };

    private static Buyer Ask(Buyer buyer) =>
        buyer.Consent.TryGetValue("email", out var said) && Ask(said) is var asked && asked != said
            ? buyer with { Consent = new Dictionary<string, ConsentRecord>(buyer.Consent) { ["email"] = asked } }
            : buyer;

    private static ConsentRecord Ask(ConsentRecord said) =>
        said.State == ConsentState.Given && said.Evidence != ConfirmedThere ? said with { State = ConsentState.Pending } : said;
}
