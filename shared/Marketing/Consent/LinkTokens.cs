namespace Automation.Marketing.Consent;

/// <summary>What signs the links in mails, one kind for each use: a link made for another use is not
/// accepted.</summary>
/// <param name="Stops">Below each marketing mail: the customer's own choices.</param>
/// <param name="Confirmations">Confirm a consent.</param>
/// <param name="Undos">Take back a stop, on the page that follows it.</param>
public sealed record LinkTokens(UnsubscribeTokens Stops, UnsubscribeTokens Confirmations, UnsubscribeTokens Undos)
{
    /// <summary>In LINE messages: whose LINE account it is.</summary>
    public required UnsubscribeTokens Invitations { get; init; }

    /// <summary>In the mail that joins a LINE account to a customer.</summary>
    public required ProofTokens Proofs { get; init; }

    /// <summary>In the mail that asks whether an address shall be a customer's.</summary>
    public required AddressTokens Addresses { get; init; }

    /// <summary>In the browsers of visitors to the chat.</summary>
    public required VisitorTokens Visitors { get; init; }

    /// <param name="secret">At least 16 bytes; whoever loses it breaks the links in mails already sent.</param>
    public static LinkTokens Of(byte[] secret) => new(new(secret), new(secret, "confirm"), new(secret, "undo"))
    {
        Invitations = new(secret, "line link"),
        Proofs = new(secret),
        Addresses = new(secret),
        Visitors = new(secret),
    };
}
