using System.Text.Json;

namespace Automation.Marketing.People;

/// <summary>What a webhook tells us, in our own words; every platform's dialect is translated into these.</summary>
public abstract record SourceEvent
{
    /// <summary>An order as it was at <see cref="Order.UpdatedAt"/>, and by whom.</summary>
    public sealed record OrderUpserted(Order Order, Buyer Buyer) : SourceEvent;
    public sealed record RefundAdded(string OrderId, Refund Refund) : SourceEvent;
    public sealed record ShipmentAdded(
        string OrderId, Shipment Shipment, DateTimeOffset? DeliveredAt = null) : SourceEvent;

    /// <summary>A shipment is with the customer.</summary>
    public sealed record ShipmentDelivered(string OrderId, string Shipment, DateTimeOffset At) : SourceEvent;
    public sealed record OrderDeleted(string OrderId, DateTimeOffset At) : SourceEvent;

    /// <summary>Somebody is at a checkout, or has just left it with an order.</summary>
    public sealed record CheckoutSeen(Checkout Checkout, Buyer Buyer) : SourceEvent;

    /// <summary>The source cleared it away.</summary>
    public sealed record CheckoutDeleted(string Id, DateTimeOffset At) : SourceEvent;

    /// <summary><paramref name="Created"/>: the source says so, just now.</summary>
    public sealed record CustomerUpserted(Buyer Buyer, bool Created) : SourceEvent;
    public sealed record ConsentChanged(Buyer Buyer, string Channel, ConsentRecord Consent) : SourceEvent;

    /// <summary>Two accounts turned out to be one person's.</summary>
    public sealed record CustomersMerged(Identity Kept, Identity Gone) : SourceEvent;

    /// <summary>The account was deleted at the source; the person is not to be forgotten for that.</summary>
    public sealed record CustomerDeleted(Identity Identity) : SourceEvent;

    /// <summary>The law: forget this person.</summary>
    public sealed record CustomerRedact(
        IReadOnlyList<Identity> Identities, IReadOnlyList<string> OrderIds) : SourceEvent;

    /// <summary>The law: somebody wants to know what is stored about them; a person answers it.</summary>
    public sealed record DataRequest(string Id, IReadOnlyList<Identity> Identities) : SourceEvent;

    /// <summary>The platform: forget this shop's customers and orders; a person confirms it first.</summary>
    public sealed record ShopRedact(string Shop) : SourceEvent;

    /// <summary>An event that is none of an order: the shop's own types, customer.* and consent.* told as
    /// CloudEvents.</summary>
    public sealed record Happened : SourceEvent
    {
        public required string Id { get; init; }
        public required string Type { get; init; }
        public required DateTimeOffset At { get; init; }
        public required Buyer Buyer { get; init; }
        public required IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
    }
    public sealed record Nothing(string Reason) : SourceEvent;

    /// <summary>The person it tells about, where it does.</summary>
    public Buyer? By => this switch
    {
        OrderUpserted told => told.Buyer,
        CustomerUpserted told => told.Buyer,
        ConsentChanged told => told.Buyer,
        CheckoutSeen told => told.Buyer,
        Happened told => told.Buyer,
        _ => null,
    };

    private SourceEvent() { }
}

/// <summary>The person behind an order or account as the source tells it.</summary>
public sealed record Buyer
{
    /// <summary>What the person is recognised by. A phone number only where there is no e-mail address: families share
    /// phones.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = [];
    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public string? Language { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The shop's own attributes, of their declared types; null (JSON's) takes one away.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = NoAttributes;

    /// <summary>What was told of them and is of another type.</summary>
    public IReadOnlyList<Misfit> Misfits { get; init; } = [];

    /// <summary>Consent as the order or account shows it, per channel.</summary>
    public IReadOnlyDictionary<string, ConsentRecord> Consent { get; init; } = NoConsent;

    /// <summary>Name and address were typed at a checkout; an account's own are told by the source.</summary>
    public bool AtCheckout { get; init; }

    /// <summary>Typed at a checkout by somebody without an account.</summary>
    public bool IsGuest => AtCheckout && !Identities.Any(Identity.IsName);

    /// <summary>How many orders of theirs the source counts, with the one this is told with; null: it does not
    /// say.</summary>
    public int? OrdersThere { get; init; }

    /// <summary>As of when the source says so.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>There is a way to write or call: e-mail, phone or LINE. Without, nobody is made a customer.</summary>
    public bool IsReachable =>
        Email is not null || Phone is not null || Identities.Any(identity => identity.Kind == Identity.Line);

    private static readonly Dictionary<string, ConsentRecord> NoConsent = [];
    private static readonly Dictionary<string, JsonElement> NoAttributes = [];
}

/// <summary>A value that a source told and that could not be taken.</summary>
/// <param name="Name">What it was to be, e.g. the attribute's name.</param>
/// <param name="Place">Where the source keeps it, e.g. <c>metafield:custom.birthday</c>.</param>
/// <param name="Because">Why not; without the value, which may be personal.</param>
public sealed record Misfit(string Name, string Place, string Because);
