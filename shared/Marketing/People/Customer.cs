using System.Text.Json;

namespace Automation.Marketing.People;

/// <summary>A person the shop knows: one row, many identities, the facts conditions ask about, consent per
/// channel.</summary>
public sealed record Customer
{
    public required CustomerId Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }

    /// <summary>The address we write to; normalised.</summary>
    public string? Email { get; init; }

    /// <summary>They gave the shop another address on their own page: a source that still tells the one before does
    /// not bring it back. Null: they did not.</summary>
    public AddressChange? Readdressed { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47, e.g. <c>ja</c>.</summary>
    public string? Language { get; init; }

    /// <summary>ISO 3166 alpha-2, of their address; null: not known.</summary>
    public string? Country { get; init; }

    /// <summary>IANA zone, e.g. <c>Asia/Tokyo</c>; null or unknown: the shop's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>All identities as text (<see cref="Identity"/>).</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The state per channel (<c>email</c>, <c>line</c>) as of the latest evidence.</summary>
    public IReadOnlyDictionary<string, ConsentRecord> Consent { get; init; } = new Dictionary<string, ConsentRecord>();

    /// <summary>Channels whose address must never be written to again, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Suppressed { get; init; } = new Dictionary<string, string>();
    public OrderFacts Orders { get; init; } = OrderFacts.None;

    /// <summary>What was chosen on the preference page; null: nothing.</summary>
    public Preferences? Preferences { get; init; }

    /// <summary>Marketing of journeys sent lately, as far back as the plan's caps look: counted before each is
    /// claimed.</summary>
    public IReadOnlyList<RecentSend> Recent { get; init; } = [];

    /// <summary>The last order at which <c>customer.late</c> was said: once per silence.</summary>
    public DateTimeOffset? LateSaidFor { get; init; }

    /// <summary>By journey that starts when something becomes true of them: whether it is, and how often it became
    /// so.</summary>
    public IReadOnlyDictionary<string, Became> Became { get; init; } = new Dictionary<string, Became>();

    /// <summary>Set on the row of a customer who turned out to be another one; every reader follows it.</summary>
    public CustomerId? MergedInto { get; init; }

    /// <summary>Ids that were merged into this customer; their timelines belong to this one.</summary>
    public IReadOnlyList<CustomerId> MergedFrom { get; init; } = [];

    /// <summary>As of when the source told us the profile: an older telling changes nothing that is known.</summary>
    public DateTimeOffset? ProfileAt { get; init; }

    /// <summary>What made this customer known, e.g. <c>{source}:{order id}</c>; no personal data.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Set on what is left of a customer who was erased: id and this.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>A test order made this customer; nothing is ever sent.</summary>
    public bool Test { get; init; }

    /// <summary>With these attributes set, those that are null taken away.</summary>
    public Customer Having(IReadOnlyDictionary<string, JsonElement> attributes)
    {
        var all = new Dictionary<string, JsonElement>(Attributes);
        foreach (var (name, value) in attributes)
            if (value.ValueKind is JsonValueKind.Null) all.Remove(name);
            else all[name] = value;
        return this with { Attributes = all };
    }
}

/// <summary>A customer's own change of their address.</summary>
/// <param name="From">The address before; null: there was none.</param>
public sealed record AddressChange(string? From, DateTimeOffset At)
{
    /// <summary>Addresses before that are still to be told; null: none.</summary>
    public IReadOnlyList<string>? Untold { get; init; }

    /// <summary>Until then somebody is at it, or the provider was busy.</summary>
    public DateTimeOffset? TellFrom { get; init; }
}

/// <summary>How a customer stands with a journey's condition, as it was last looked at.</summary>
/// <param name="Times">How often it came to hold since the journey asks: names each time.</param>
public sealed record Became(bool Holds, int Times);

/// <summary>A marketing message that counts for the plan's caps.</summary>
/// <param name="Send">The send's id: the same again counts once.</param>
public sealed record RecentSend(string Send, DateTimeOffset At);
