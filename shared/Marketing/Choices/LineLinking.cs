using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Choices;

/// <summary>How far somebody is who joins their LINE account to what the shop knows of them.</summary>
public abstract record LinkStep
{
    /// <summary>The link is none of ours, or holds no more.</summary>
    public sealed record Unknown : LinkStep;

    /// <summary>Says which address is theirs.</summary>
    public sealed record Asks(Customer Line) : LinkStep;

    /// <summary>A mail is on its way, if what was given is a customer's: which of both is not said.</summary>
    /// <param name="IsByOrder">An order's number and a telephone were given.</param>
    public sealed record Sent(Customer Line, bool IsByOrder = false) : LinkStep;

    /// <summary>Joined already; may be undone from LINE.</summary>
    public sealed record Linked(Customer Line) : LinkStep;

    /// <summary>Came by the mail; one more button.</summary>
    public sealed record Proven(Customer Account) : LinkStep;

    /// <summary>LINE asks once more, at this address.</summary>
    public sealed record Confirms(Customer Account, string DialogUrl) : LinkStep;

    /// <summary>It cannot be done: the LINE account is another account's, or LINE did not answer.</summary>
    public sealed record Refused(Customer Account, bool IsAnothers) : LinkStep;

    private LinkStep() { }
}

/// <summary>Joins a LINE account and a customer (Messaging API, "User account linking"): a link from LINE names the
/// LINE account, a link by mail the customer, and LINE's own dialog says that both are one person's. Only LINE's
/// webhook with our nonce joins them; a link that was forwarded joins nobody.</summary>
public sealed class LineLinking(
    CustomerStore customers, LinkTokens links, LinkNonces nonces, TimeProvider time, ILineTransport? line = null)
{
    public const string DialogUrl = "https://access.line.me/dialog/bot/accountLink";

    /// <summary>How long a mail's link holds.</summary>
    public static readonly TimeSpan ProofHolds = TimeSpan.FromHours(1);

    /// <summary>Somebody came from LINE.</summary>
    public async ValueTask<LinkStep> Look(string token) =>
        await Invited(token) is not { } who ? new LinkStep.Unknown()
        : IsLinked(who) ? new LinkStep.Linked(who)
        : new LinkStep.Asks(who);

    /// <summary>Somebody came by the mail; nothing is changed.</summary>
    public async ValueTask<LinkStep> Prove(string proof) => await Both(proof) is var (who, account)
        ? who.Id == account.Id ? new LinkStep.Linked(account) : new LinkStep.Proven(account)
        : new LinkStep.Unknown();

    /// <summary>Their button: LINE is asked for a token, and they are to say yes there.</summary>
    public async Task<LinkStep> Confirm(string proof, CancellationToken cancellation)
    {
        if (await Both(proof) is not var (who, account)) return new LinkStep.Unknown();
        if (who.Id == account.Id) return new LinkStep.Linked(account);
        if (Recognition.AreTwo(who.Identities, account.Identities, [])) return new LinkStep.Refused(account, true);
        if (line is null || Gate.Address(who, Identity.Line) is not { } user
            || await line.LinkToken(user, cancellation) is not { } token) return new LinkStep.Refused(account, false);
        var nonce = await nonces.Make(account.Id);
        return new LinkStep.Confirms(account,
            $"{DialogUrl}?linkToken={Uri.EscapeDataString(token)}&nonce={Uri.EscapeDataString(nonce)}");
    }

    /// <summary>LINE says that who has this LINE account brought our nonce: both are one customer from now on. False
    /// where the nonce is none of ours, is too old, or the LINE account is another account's. Twice is
    /// once.</summary>
    public async Task<bool> Join(string nonce, Identity identity)
    {
        if (await nonces.AccountOf(nonce) is not { } account) return false;
        var joined = await customers.Recognise(
            new Buyer { Identities = [identity], SeenAt = DateTimeOffset.MinValue }, "line:link", customer => customer,
            account);
        return joined?.Customer.Identities.Contains(identity.ToString()) == true;
    }

    /// <summary>Is anything known of them beside their LINE account?</summary>
    public static bool IsLinked(Customer who) => who.Identities.Any(identity =>
        !identity.StartsWith($"{Identity.Line}:", StringComparison.Ordinal));

    /// <summary>Who a link from LINE names; null: it is none of ours, or holds no more.</summary>
    internal async ValueTask<Customer?> Invited(string token) =>
        links.Invitations.Read(token) is { } link
        && (await customers.Find(link.Customer))?.Value is { ErasedAt: null } who
        && Gate.Address(who, Identity.Line) is not null ? who : null;

    private async ValueTask<(Customer Line, Customer Account)?> Both(string proof) =>
        links.Proofs.Read(proof, time.GetUtcNow()) is { } told
        && (await customers.Find(told.Line))?.Value is { ErasedAt: null } who
        && (await customers.Find(told.Account))?.Value is { ErasedAt: null } account ? (who, account) : null;
}
