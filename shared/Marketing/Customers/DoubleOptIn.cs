using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>Whose consent has to be confirmed. Where a shop wants so, everybody's that a platform tells as given;
/// everywhere, of who has left: anybody may type an address at a checkout and tick a box. Pure.</summary>
public static class DoubleOptIn
{
    /// <summary>What Shopify says of a consent that was confirmed there.</summary>
    private const string ConfirmedThere = "opt_in_level confirmed_opt_in";

    /// <summary>What was said as it counts after what is known: who has left is asked, and only their answer
    /// counts.</summary>
    public static ConsentRecord Counts(ConsentRecord said, ConsentRecord? known) =>
        said is { State: ConsentState.Given, How: "checkout" or "source", Evidence: not ConfirmedThere }
        && known is { State: ConsentState.Withdrawn }
            or { State: ConsentState.Pending, AskedAt: not null } && known.At <= said.At ? Asked(said) : said;

    /// <summary>Of a saying that was just applied: as it counted.</summary>
    public static ConsentRecord Counted(ConsentRecord said, ConsentRecord? applied) =>
        applied == Asked(said) ? applied : said;

    private static ConsentRecord Asked(ConsentRecord said) =>
        said with { State = ConsentState.Pending, AskedAt = said.At };

    public static SourceEvent Ask(SourceEvent notice) => notice switch
    {
        SourceEvent.OrderUpserted seen => seen with { Buyer = Ask(seen.Buyer) },
        SourceEvent.CustomerUpserted seen => seen with { Buyer = Ask(seen.Buyer) },
        SourceEvent.ConsentChanged { Channel: "email" } seen => seen with { Consent = Ask(seen.Consent) },
        _ => notice,
    };

    private static Buyer Ask(Buyer buyer) =>
        buyer.Consent.TryGetValue("email", out var said) && Ask(said) is var asked && asked != said
            ? buyer with { Consent = new Dictionary<string, ConsentRecord>(buyer.Consent) { ["email"] = asked } }
            : buyer;

    private static ConsentRecord Ask(ConsentRecord said) =>
        said.State == ConsentState.Given && said.Evidence != ConfirmedThere ? said with { State = ConsentState.Pending }
            : said;
}
