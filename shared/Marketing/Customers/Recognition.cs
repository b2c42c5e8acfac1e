using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>Who is whom. Two ids of one source are two people, whatever address they share: only the source itself can
/// say that they are one. Somebody without an id of that source may be recognised by an address. Pure.</summary>
public static class Recognition
{
    /// <summary>Do both have ids of one source, and other ones?</summary>
    /// <param name="told">Ids that the source tells as one person's.</param>
    public static bool AreTwo(IEnumerable<string> one, IReadOnlyCollection<string> other, IReadOnlyList<Identity> told)
    {
        foreach (var ids in one.Where(IsName).GroupBy(Kind))
        {
            var theirs = other.Where(id => IsName(id) && Kind(id) == ids.Key).ToList();
            if (theirs.Count == 0 || ids.Any(theirs.Contains)) continue;
            if (!(ids.Any(id => IsTold(told, id)) && theirs.Exists(id => IsTold(told, id)))) return true;
        }
        return false;
    }

    /// <summary>Is this one of the telling's identities somebody else's than <paramref name="found"/>'s, whoever
    /// <paramref name="holder"/> (null: nobody) is?</summary>
    public static bool IsForeign(Identity identity, Buyer buyer, Customer? found, Customer? holder)
    {
        IReadOnlyCollection<string> theirs = Identity.IsName(identity)
            ? [identity.ToString(), .. holder?.Identities ?? []]
            : holder?.Identities ?? [];
        return found is not null && AreTwo(found.Identities, theirs, buyer.Identities)
            || holder is not null
                && AreTwo(buyer.Identities.Select(told => told.ToString()), holder.Identities, buyer.Identities);
    }

    /// <summary>Whoever has an address may type another one at a checkout: it is that order's, not theirs.</summary>
    public static bool IsOrdersOnly(Identity identity, Buyer buyer, Customer? found) =>
        identity.Kind == Identity.Email && buyer.AtCheckout && found?.Email is { } own && own != identity.Value;

    /// <summary>Does the one who holds an identity of somebody else's have it no longer? An address they have changed
    /// since, and the source says now that it is the other's; an id that a killed writer claimed and nobody ever
    /// got.</summary>
    public static bool IsLeft(Identity identity, Buyer buyer, Customer holder) => Identity.IsName(identity)
        ? holder.MergedFrom.Count == 0 && !holder.Identities.Contains(identity.ToString())
        : identity.Kind == Identity.Email && !buyer.AtCheckout && holder.Email != identity.Value;

    /// <summary>What a telling says of the person, without the addresses that are somebody else's.</summary>
    public static Buyer Without(Buyer buyer, IReadOnlyCollection<Identity> foreign) =>
        foreign.Count == 0 ? buyer : buyer with
        {
            Identities = [.. buyer.Identities.Except(foreign)],
            Email = foreign.Any(identity => identity.Kind == Identity.Email) ? null : buyer.Email,
        };

    private static bool IsTold(IReadOnlyList<Identity> told, string id)
    {
        foreach (var identity in told) if (identity.ToString() == id) return true;
        return false;
    }

    private static bool IsName(string id) => Kind(id) is not (Identity.Email or Identity.Phone or Identity.Line);

    private static string Kind(string id) => id[..id.IndexOf(':', StringComparison.Ordinal)];
}
