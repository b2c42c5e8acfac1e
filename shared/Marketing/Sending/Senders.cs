using Automation.Marketing.Consent;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Sending;

/// <summary>In whose name the shop writes (<c>Mail:…</c>), and where opt-out links lead. Order mail and marketing never
/// share an address unless told to.</summary>
public sealed record Senders
{
    /// <summary>For simulations and previews: nobody's secret.</summary>
    public static Senders Nobody { get; } = new()
    {
        Tokens = new UnsubscribeTokens(new byte[32]),
        Confirmations = new UnsubscribeTokens(new byte[32], "confirm"),
        Invitations = new UnsubscribeTokens(new byte[32], "line link"),
    };

    /// <summary><c>Mail:From</c>, the address of marketing; null: <c>news@</c> the contact's domain.</summary>
    public string? From { get; init; }

    /// <summary><c>Mail:FromName</c>; null: the shop's name.</summary>
    public string? FromName { get; init; }
    public string? ReplyTo { get; init; }

    /// <summary><c>Mail:TransactionalFrom</c>; null: the shop's contact address, or <c>order@</c> its domain where that
    /// is the marketing one.</summary>
    public string? TransactionalFrom { get; init; }

    /// <summary><c>Site:PublicUrl</c>.</summary>
    public string PublicUrl { get; init; } = "http://localhost:7071";
    public required UnsubscribeTokens Tokens { get; init; }

    /// <summary>Links that confirm a consent; null: mails cannot ask for it.</summary>
    public UnsubscribeTokens? Confirmations { get; init; }

    /// <summary>Links in LINE messages that join the account to a customer; null: there are none.</summary>
    public UnsubscribeTokens? Invitations { get; init; }

    /// <summary>Where who got a LINE message joins their account to what the shop knows of them.</summary>
    public string? LinkUrl(CustomerId customer, string sendId) => Invitations is { } tokens
        ? $"{PublicUrl.TrimEnd('/')}/line/link/{tokens.Make(new(customer, Identity.Line, sendId))}" : null;

    public Mailbox For(Purpose purpose, ShopSettings shop, string? name)
    {
        var domain = new Mailbox(shop.Contact.Email).Domain;
        var marketing = From ?? $"news@{domain}";
        var address = purpose == Purpose.Marketing ? marketing
            : TransactionalFrom ?? (shop.Contact.Email.Equals(marketing, StringComparison.OrdinalIgnoreCase)
                ? $"order@{domain}" : shop.Contact.Email);
        return new(address, name ?? FromName ?? shop.Name);
    }

    /// <summary>Renders a mail for a customer.</summary>
    /// <exception cref="MissingValueException">A blank has no value.</exception>
    public Message Write(string id, MailTemplate template, Situation situation, Purpose purpose, DateTimeOffset at)
    {
        var unsubscribe = purpose == Purpose.Marketing ? UnsubscribeUrl(situation.Customer.Id, id) : null;
        if (Confirmations is not null && situation.Customer.Consent.GetValueOrDefault("email")?.State
            == ConsentState.Pending && template.Placeholders.Any(blank => blank.Name == "confirmUrl"))
            situation = situation with
            {
                ConfirmUrl = $"{PublicUrl.TrimEnd('/')}/c/{Confirmations.Make(new(situation.Customer.Id, "email", id))}"
            };
        var mail = template.Render(situation, purpose, unsubscribe);
        return new Message
        {
            Id = id,
            To = Gate.Address(situation.Customer, "email") ?? throw new MissingValueException("customer.email"),
            From = For(purpose, situation.Shop, template.Source.From),
            ReplyTo = Answers(situation.Shop),
            Subject = mail.Subject,
            Html = mail.Html,
            Text = mail.Text,
            Headers = Headers(unsubscribe),
            Purpose = purpose,
            Mail = template.Source.Original,
            At = at,
        };
    }

    /// <summary>The opt-out link of one send.</summary>
    public string UnsubscribeUrl(CustomerId customer, string sendId) => ChoicesUrl(customer, "email", sendId);

    /// <summary>The customer's own page, as a send on this channel leads to it.</summary>
    public string ChoicesUrl(CustomerId customer, string channel, string sendId) =>
        $"{PublicUrl.TrimEnd('/')}/u/{Tokens.Make(new(customer, channel, sendId))}";

    /// <summary>Where answers go.</summary>
    public Mailbox Answers(ShopSettings shop) => new(ReplyTo ?? shop.Contact.Email);

    /// <summary>What a mail says about itself: how to stop it, or that nobody need answer it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(string? unsubscribeUrl) =>
        unsubscribeUrl is null ? Automatic : [new("List-Unsubscribe", $"<{unsubscribeUrl}>"), OneClick];

    /// <summary>RFC 3834, and its counterpart for Exchange: nobody's holiday notice answers an order mail.</summary>
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Automatic = [new(
        "Auto-Submitted", "auto-generated"), new("X-Auto-Response-Suppress", "All")];

    /// <summary>RFC 8058.</summary>
    private static readonly KeyValuePair<string, string> OneClick = new(
        "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}
