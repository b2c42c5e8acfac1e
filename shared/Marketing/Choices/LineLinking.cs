using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Choices;

/// <summary>How far somebody is who joins their LINE account to what the shop knows of them.</summary>
public abstract record LinkStep
{
    /// <summary>The link is none of ours, or holds no more.</summary>
    public sealed record Unknown : LinkStep;

    /// <summary>Says which address is theirs.</summary>
    public sealed record Asks(Customer Line) : LinkStep;

    /// <summary>A mail is on its way, if the address is a customer's: which of both is not said.</summary>
    public sealed record Sent(Customer Line) : LinkStep;

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
    Tables tables, CustomerStore customers, ConsentService consents, LinkTokens links, LinkMails mails,
    TimeProvider time, ILineTransport? line = null)
{
    public const string DialogUrl = "https://access.line.me/dialog/bot/accountLink";

    /// <summary>How long a mail's link holds, and how long LINE's dialog may take.</summary>
    public static readonly TimeSpan ProofHolds = TimeSpan.FromHours(1), NonceHolds = TimeSpan.FromMinutes(30);

    /// <summary>How consent was withdrawn where a LINE account was parted from its customer.</summary>
    public const string Parting = "line unlink";

    private const string Nonces = "nonce";

    /// <summary>Somebody came from LINE.</summary>
    public async ValueTask<LinkStep> Look(string token) =>
        await Invited(token) is not { } who ? new LinkStep.Unknown()
        : IsLinked(who) ? new LinkStep.Linked(who)
        : new LinkStep.Asks(who);

    /// <summary>Sends the link to the address where it is a customer's.</summary>
    public async Task<LinkStep> Ask(string token, string? address, CancellationToken cancellation)
    {
        if (await Invited(token) is not { } who) return new LinkStep.Unknown();
        if (IsLinked(who)) return new LinkStep.Linked(who);
        if (EmailAddress.Normalize(address) is { } email
            && (await customers.FindByIdentity(new(Identity.Email, email)))?.Value is { ErasedAt: null } account
            && account.Id != who.Id)
            await mails.Send(
                account, links.Proofs.Make(new(who.Id, account.Id), time.GetUtcNow() + ProofHolds), cancellation);
        return new LinkStep.Sent(who);
    }

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
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        await tables.Access.Upsert(
            new Row(Nonces, Key(nonce)) { { "Account", account.Id.Value }, { "At", time.GetUtcNow() } },
            UpdateMode.Replace, CancellationToken.None);
        return new LinkStep.Confirms(account,
            $"{DialogUrl}?linkToken={Uri.EscapeDataString(token)}&nonce={Uri.EscapeDataString(nonce)}");
    }

    /// <summary>LINE says that who has this LINE account brought our nonce: both are one customer from now on. False
    /// where the nonce is none of ours, is too old, or the LINE account is another account's. Twice is
    /// once.</summary>
    public async Task<bool> Join(string nonce, Identity identity)
    {
        if (await tables.Access.Find(Nonces, Key(nonce)) is not { } row
            || time.GetUtcNow() - row.GetDateTimeOffset("At") > NonceHolds) return false;
        var joined = await customers.Recognise(
            new Buyer { Identities = [identity], SeenAt = DateTimeOffset.MinValue }, "line:link", customer => customer,
            new(row.GetString("Account") ?? ""));
        return joined?.Customer.Identities.Contains(identity.ToString()) == true;
    }

    /// <summary>It was used: it is nobody's any more. Others that nobody came back with go, too.</summary>
    public async Task Forget(string nonce)
    {
        await tables.Access.Delete(Nonces, Key(nonce));
        await foreach (var row in tables.Access.Query(new TableQuery { PartitionKey = Nonces }))
            if (time.GetUtcNow() - row.GetDateTimeOffset("At") > NonceHolds)
                await tables.Access.Delete(Nonces, row.RowKey);
    }

    /// <summary>Parts them again: the LINE account is a customer of its own, who follows the shop as before.</summary>
    public async Task<LinkStep> Unlink(string token)
    {
        if (await Invited(token) is not { } who) return new LinkStep.Unknown();
        if (!IsLinked(who) || Gate.Address(who, Identity.Line) is not { } user) return new LinkStep.Asks(who);
        var (identity, said) = (new Identity(Identity.Line, user), Said(who));
        await consents.Record(who.Id, Identity.Line, Parted(said, time.GetUtcNow()));
        await customers.Part(who.Id, identity);
        var alone = await customers.Recognise(
            new Buyer
            {
                Identities = [identity],
                Consent = said is null ? new Dictionary<string, ConsentRecord>()
                    : new Dictionary<string, ConsentRecord> { [Identity.Line] = said },
                SeenAt = DateTimeOffset.MinValue,
            }, "line:unlink", customer => customer);
        return alone is null ? new LinkStep.Unknown() : new LinkStep.Asks(alone.Customer);
    }

    /// <summary>What they said themselves. A parting that was cut short has withdrawn it already, only for who is left,
    /// and keeps what was said as its evidence.</summary>
    private static ConsentRecord? Said(Customer who) => who.Consent.GetValueOrDefault(Identity.Line) switch
    {
        { How: Parting, Evidence: var before } =>
            before is null ? null : JsonSerializer.Deserialize(before, CustomerJson.ConsentRecord),
        var said => said,
    };

    private static ConsentRecord Parted(ConsentRecord? said, DateTimeOffset now) => new(
        ConsentState.Withdrawn, now, Parting,
        said is null ? null : JsonSerializer.Serialize(said, CustomerJson.ConsentRecord));

    /// <summary>Is anything known of them beside their LINE account?</summary>
    public static bool IsLinked(Customer who) => who.Identities.Any(identity =>
        !identity.StartsWith($"{Identity.Line}:", StringComparison.Ordinal));

    private async ValueTask<Customer?> Invited(string token) =>
        links.Invitations.Read(token) is { } link
        && (await customers.Find(link.Customer))?.Value is { ErasedAt: null } who
        && Gate.Address(who, Identity.Line) is not null ? who : null;

    private async ValueTask<(Customer Line, Customer Account)?> Both(string proof) =>
        links.Proofs.Read(proof, time.GetUtcNow()) is { } told
        && (await customers.Find(told.Line))?.Value is { ErasedAt: null } who
        && (await customers.Find(told.Account))?.Value is { ErasedAt: null } account ? (who, account) : null;

    private static string Key(string nonce) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(nonce)));
}
