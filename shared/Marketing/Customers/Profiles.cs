using System.Text.Json;
using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>What a source tells about a person, applied to what we know. Pure.</summary>
public static class Profiles
{
    /// <summary>The newer telling wins; an older one, or one as of no time (an import), only fills what is open, and so
    /// does what a guest typed at a checkout: whoever knows an address can type it. Of an account's order that holds
    /// for the address alone. Identities and tags are added, never taken away.</summary>
    public static Customer Apply(Customer customer, Buyer buyer)
    {
        var newer = !buyer.IsGuest
            && (customer.ProfileAt is not { } known || buyer.SeenAt >= known && buyer.SeenAt > DateTimeOffset.MinValue);
        return customer with
        {
            ProfileAt = newer ? buyer.SeenAt : customer.ProfileAt,
            FamilyName = Pick(customer.FamilyName, Wording.Name(buyer.FamilyName)),
            GivenName = Pick(customer.GivenName, Wording.Name(buyer.GivenName)),
            Email = buyer.AtCheckout ? customer.Email ?? buyer.Email : Pick(customer.Email, Address()),
            Phone = Pick(customer.Phone, buyer.Phone),
            Language = Pick(customer.Language, Wording.Language(buyer.Language)),
            Country = Pick(customer.Country, Wording.Country(buyer.Country)),
            Identities = Union(customer.Identities, buyer.Identities.Select(identity => identity.ToString())),
            Tags = Union(customer.Tags, buyer.Tags.Select(tag => Wording.Title(tag)).OfType<string>()),
            Attributes = With(customer.Attributes, buyer.Attributes, newer),
            Consent = buyer.Consent.Aggregate(
                customer.Consent, (consent, told) => Say(consent, told.Key, Counts(told.Key, told.Value))),
        };

        ConsentRecord Counts(string channel, ConsentRecord told) =>
            channel == "email" ? DoubleOptIn.Counts(told, customer.Consent.GetValueOrDefault(channel)) : told;

        // What they changed themselves stays changed, whatever a source has not heard of yet.
        string? Address() => buyer.Email == customer.Readdressed?.From ? null : buyer.Email;

        string? Pick(string? has, string? told) => told is not null && (newer || has is null) ? told : has;
    }

    /// <summary>Consent with one more saying in it: the latest said wins, and of two at the same moment the no. A
    /// confirmation counts as of the moment it was asked for: a no since then wins, in whichever order they reach us.
    /// Whoever has agreed is not asked again.</summary>
    public static IReadOnlyDictionary<string, ConsentRecord> Say(
        IReadOnlyDictionary<string, ConsentRecord> consent, string channel, ConsentRecord said)
    {
        consent.TryGetValue(channel, out var known);
        if (IsOvertaken(said, by: known)) return consent;
        if (known is not null && !IsOvertaken(known, by: said)
            && (known.At > said.At || known.At == said.At && known.State >= said.State)) return consent;
        if (said.State == ConsentState.Pending && known?.State == ConsentState.Given) return consent;
        return new Dictionary<string, ConsentRecord>(consent) { [channel] = said };
    }

    private static bool IsOvertaken(ConsentRecord confirmation, ConsentRecord? by) =>
        confirmation.AskedAt is { } asked && by is { State: ConsentState.Withdrawn } && by.At >= asked;

    /// <summary>The loser's knowledge joined to the winner's. Doing it again, also after either changed, adds only what
    /// is new. A merge shows a conflict only in what one person can have but once: the winner's stays.</summary>
    public static Customer Unite(Customer winner, Customer loser) => winner with
    {
        FamilyName = winner.FamilyName ?? loser.FamilyName,
        GivenName = winner.GivenName ?? loser.GivenName,
        Email = winner.Email ?? loser.Email,
        Readdressed = Unite(winner.Readdressed, loser.Readdressed),
        Phone = winner.Phone ?? loser.Phone,
        Language = winner.Language ?? loser.Language,
        Country = winner.Country ?? loser.Country,
        TimeZone = winner.TimeZone ?? loser.TimeZone,
        Identities = Union(winner.Identities, loser.Identities),
        Tags = Union(winner.Tags, loser.Tags),
        Attributes = loser.Attributes.Concat(winner.Attributes).GroupBy(pair => pair.Key).ToDictionary(
            pairs => pairs.Key, pairs => pairs.Last().Value),
        Consent = loser.Consent.Aggregate(winner.Consent, (consent, told) => Say(consent, told.Key, told.Value)),
        Suppressed = winner.Suppressed.Concat(loser.Suppressed).GroupBy(pair => pair.Key).ToDictionary(
            pairs => pairs.Key, pairs => pairs.First().Value),
        Orders = Facts.Unite(winner.Orders, loser.Orders, again: winner.MergedFrom.Contains(loser.Id)),
        Preferences = Preferences.Unite(winner.Preferences, loser.Preferences),
        Recent = [.. winner.Recent.UnionBy(loser.Recent, recent => recent.Send)],
        LateSaidFor =
            winner.LateSaidFor > loser.LateSaidFor ? winner.LateSaidFor : loser.LateSaidFor ?? winner.LateSaidFor,
        Became = winner.Became.Concat(loser.Became).GroupBy(pair => pair.Key).ToDictionary(
            pairs => pairs.Key,
            pairs => new Became(pairs.Any(pair => pair.Value.Holds), pairs.Max(pair => pair.Value.Times))),
        MergedFrom = [.. winner.MergedFrom.Union([loser.Id, .. loser.MergedFrom])],
    };

    /// <summary>Whoever of the two is still to be told.</summary>
    private static AddressChange? Unite(AddressChange? winner, AddressChange? loser) =>
        winner is null || loser?.Untold is null ? winner ?? loser : winner with
        {
            Untold = Union(winner.Untold ?? [], loser.Untold),
            TellFrom = winner.TellFrom ?? loser.TellFrom,
        };

    private static IReadOnlyDictionary<string, JsonElement> With(
        IReadOnlyDictionary<string, JsonElement> has, IReadOnlyDictionary<string, JsonElement> told, bool newer)
    {
        if (told.Count == 0) return has;
        var attributes = new Dictionary<string, JsonElement>(has);
        foreach (var (name, value) in told)
            if (value.ValueKind is JsonValueKind.Null)
            {
                if (newer) attributes.Remove(name);
            }
            else if (newer) attributes[name] = value;
            else attributes.TryAdd(name, value);
        return attributes;
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> has, IEnumerable<string> told)
    {
        List<string>? more = null;
        foreach (var text in told)
            if (!has.Contains(text) && more?.Contains(text) != true) (more ??= [.. has]).Add(text);
        return more ?? has;
    }
}
