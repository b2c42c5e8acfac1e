using Automation.Marketing.People;

namespace Automation.Marketing.Search;

/// <summary>What a customer is found by, as beginnings of row keys: <c>e|…</c> addresses, <c>n|…</c> names in both
/// orders, <c>o|…</c> numbers of orders, <c>p|…</c> phone numbers with and without their country. Pure.</summary>
public static class SearchTerms
{
    /// <summary>A customer's terms and those they had before fit into one transaction, whatever they are called and
    /// have bought.</summary>
    public const int Orders = 30, Addresses = 8;

    /// <param name="numbers">What their orders are called, by key.</param>
    public static IReadOnlyList<string> Of(Customer customer, IReadOnlyDictionary<string, string> numbers)
    {
        if (customer.MergedInto is not null || customer.ErasedAt is not null) return [];
        var (family, given) = (SearchText.Name(customer.FamilyName ?? ""), SearchText.Name(customer.GivenName ?? ""));
        IEnumerable<(char Kind, string Text)> all =
        [
            .. Known(customer, Identity.Email, customer.Email).Take(Addresses)
                .Select(one => ('e', SearchText.Address(one))),
            ('n', family + given), ('n', given + family),
            .. numbers.Values.Select(number => ('o', SearchText.Number(number))),
            .. Known(customer, Identity.Phone, customer.Phone).Take(2).SelectMany(Phone),
        ];
        return [.. all.Where(one => one.Text.Length > 0).Select(one => Key(one.Kind, one.Text)).Distinct()
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Which terms begin with what somebody typed; none: nothing can be found by it.</summary>
    public static IReadOnlyList<string> Asked(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains('＠', StringComparison.Ordinal))
            return [Key('e', SearchText.Address(text))];
        (char Kind, string Text)[] all =
            [('e', SearchText.Address(text)), ('n', SearchText.Name(text)), ('o', SearchText.Number(text)),
                ('p', SearchText.Digits(text))];
        return [.. all.Where(one => one.Text.Length > 0).Select(one => Key(one.Kind, one.Text))];
    }

    /// <summary>The keys of the orders that are found by their numbers, the latest.</summary>
    public static IEnumerable<string> OrderKeys(Customer customer) =>
        customer.Orders.Latest.Reverse().Take(Orders).Select(order => order.Key);

    private static string Key(char kind, string text) => $"{kind}|{SearchText.Key(text)}";

    private static IEnumerable<string> Known(Customer customer, string kind, string? own) =>
        ((string?[])[own, .. customer.Identities.Select(Identity.Parse).Where(one => one?.Kind == kind)
            .Select(one => one!.Value.Value)])
            .OfType<string>()
            .Distinct();

    private static IEnumerable<(char, string)> Phone(string number)
    {
        yield return ('p', SearchText.Digits(number));
        if (PhoneNumber.National(number) is { } national) yield return ('p', SearchText.Digits(national));
    }
}
