using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>The shop about itself: shop/shop.json.</summary>
public sealed record ShopSettings
{
    public required string Name { get; init; }

    /// <summary>Postal address, shown in every marketing mail (特定電子メール法 art. 4).</summary>
    public required string PostalAddress { get; init; }
    public required Contact Contact { get; init; }

    /// <summary>IANA, e.g. <c>Asia/Tokyo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "JPY";

    /// <summary>ISO 3166 alpha-2: whose national phone numbers are written without a country; null: that of the
    /// currency.</summary>
    public string? Country { get; init; }

    /// <summary>Most currencies begin with their country's code.</summary>
    public string PhoneCountry => Country ?? Currency[..2];

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "ja";
    public string? Url { get; init; }

    /// <summary>A product's page, with <c>{id}</c> and <c>{title}</c> as blanks.</summary>
    public string? ProductUrl { get; init; }

    /// <summary>Where a product is, by <see cref="ProductUrl"/>; null: it names no place.</summary>
    public string? PageOf(string id, string title) => ProductUrl
        ?.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal)
        .Replace("{title}", Uri.EscapeDataString(title), StringComparison.Ordinal);

    /// <summary>The sentence beside the opt-out link.</summary>
    public string OptOut { get; init; } = "今後このようなご案内が不要な場合は、下記よりいつでも配信を停止いただけます。";

    /// <summary>Events of the shop's own that journeys may name, e.g. <c>review.posted</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>What the shop's own events carry, by event and name, with its type: text, number, flag, date, list,
    /// link.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> EventData { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What of it an event may also come without (<c>"text?"</c>), by event.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> EventDataMayLack { get; init; } =
        new Dictionary<string, IReadOnlySet<string>>();

    /// <summary>Attributes of the shop's own that conditions may name as <c>customer.attributes.{name}</c>, with their
    /// type: text, number, flag, date, list, link.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Where sources keep them: place (<c>metafield:custom.birthday</c>, <c>note:…</c>, <c>meta:…</c>,
    /// <c>attribute:…</c>) → attribute.</summary>
    public IReadOnlyDictionary<string, string> AttributePlaces { get; init; } = new Dictionary<string, string>();

    /// <summary>Hosts that <c>call</c> steps may reach.</summary>
    public IReadOnlyList<string> CallHosts { get; init; } = [];
    public Late Late { get; init; } = new();

    /// <summary>How long a checkout is quiet until it counts as abandoned.</summary>
    public Period AbandonedAfter { get; init; } = new(1, PeriodUnit.Hour);

    /// <summary>A pool with this many codes left, or fewer, is said to run low.</summary>
    public int CouponsLowAt { get; init; } = 20;

    /// <summary>How long what is no longer needed is kept.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Hours in which no marketing goes out, in the customer's zone.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Caps, groups of journeys, how long a message may be held back.</summary>
    public ShopPlan Plan { get; init; } = new();
    /// <summary>Days that newsletters may shift or skip.</summary>
    public Holidays Holidays { get; init; } = Holidays.Default;

    /// <summary>A consent that a shop platform tells counts only once the customer has confirmed it by mail.</summary>
    public bool DoubleOptIn { get; init; }

    /// <summary>How fast issues go out.</summary>
    public SendingPace Sending { get; init; } = new();

    /// <summary>The chat that answers customers; null: there is none.</summary>
    public ChatSettings? Chat { get; init; }

    /// <summary>Accent colour of mails, #rrggbb.</summary>
    public string Accent { get; init; } = "#2f5d50";

    /// <summary>How mails and the customer's page look.</summary>
    public Brand Brand { get; init; } = Brand.Plain;

    /// <summary>What mails in other languages say instead, by language (BCP 47).</summary>
    public IReadOnlyDictionary<string, ShopLanguage> Languages { get; init; } = new Dictionary<string, ShopLanguage>();

    /// <summary>Products that mails may show by their ids, beside those recommended.</summary>
    public IReadOnlyList<Recommendation> Products { get; init; } = [];

    /// <summary>Addresses of the shop's own pictures, by name; no part of shop.json.</summary>
    public IReadOnlyDictionary<string, string> Pictures { get; init; } = new Dictionary<string, string>();

    /// <summary>Tried in order where no customer's history suggests anything.</summary>
    public IReadOnlyList<Recommendation> Recommend { get; init; } = [];
}

/// <summary>How customers reach the shop.</summary>
public sealed record Contact(string Email, string? Phone = null, string? Url = null);

/// <summary>When a regular is late: days since the last order / usual interval ≥
/// <paramref name="Threshold"/>.</summary>
public sealed record Late(double Threshold = 1.5);

/// <summary>A product the shop itself proposes.</summary>
public sealed record Recommendation
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? Url { get; init; }
    public decimal? Price { get; init; }
    public string? ImageUrl { get; init; }
}
