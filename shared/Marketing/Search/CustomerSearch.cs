using System.Buffers.Text;
using System.Text;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Search;

/// <summary>Whom does somebody mean who types a name, an address, a phone number, an order's number, or the beginning
/// of one? Whole addresses, numbers and orders are asked for themselves too: who ordered a moment ago is found at
/// once.</summary>
public sealed class CustomerSearch(SearchIndex index, CustomerStore customers, OrderStore orders, CurrentShop shop)
{
    /// <summary>How many are found at once, and how many signs of a text are looked at.</summary>
    public const int AtOnce = 25;
    private const int Longest = 200;

    /// <summary>A page of those meant, best first; null: where it goes on is not one of ours.</summary>
    /// <param name="sources">The shop's sources: an order may be one of theirs.</param>
    public async Task<Page<Customer>?> Find(
        string text, IEnumerable<string> sources, string? next, CancellationToken cancellation)
    {
        var asked = text.Length > Longest ? text[..Longest] : text;
        if (!TryBehind(next, out var behind)) return null;
        var exact = behind is null ? Exactly(asked.Trim(), sources) : Task.FromResult<IReadOnlyList<Customer>>([]);
        var (rows, more) = await Led(SearchTerms.Asked(asked), behind, cancellation);
        var led = await Task.WhenAll(
            rows.Select(row => row.Customer).Distinct().Select(id => customers.Find(id).AsTask()));
        var found = (await exact).Concat(led.Select(one => one?.Value).OfType<Customer>())
            .Where(customer => customer.ErasedAt is null)
            .DistinctBy(customer => customer.Id)
            .ToList();
        return new(found, more ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(rows[^1].Row)) : null);
    }

    private static bool TryBehind(string? next, out string? behind)
    {
        behind = null;
        if (next is null) return true;
        if (next.Length > 600 || !Base64Url.IsValid(next)) return false;
        behind = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(next));
        return behind.Length > 0 && behind.All(c => c is >= '!' and <= '|' and not ('/' or '\\' or '#' or '?'));
    }

    private async Task<(List<(string Row, CustomerId Customer)> Rows, bool More)> Led(
        IReadOnlyList<string> terms, string? behind, CancellationToken cancellation)
    {
        var rows = new List<(string Row, CustomerId Customer)>();
        foreach (var term in terms)
        {
            if (behind is not null && string.CompareOrdinal($"{term}~", behind) <= 0) continue;
            rows.AddRange(await index.Led(term, behind, AtOnce + 1 - rows.Count, cancellation));
            if (rows.Count > AtOnce) return (rows[..AtOnce], true);
        }
        return (rows, false);
    }

    /// <summary>By whole keys alone: an address, a number, an order, an id of a source or of ours.</summary>
    private async Task<IReadOnlyList<Customer>> Exactly(string text, IEnumerable<string> sources)
    {
        var asked = new List<Task<Customer?>>();
        if (CustomerId.Parse(text) is { } id) asked.Add(Of(id));
        Identity?[] identities =
        [
            EmailAddress.Normalize(text) is { } email ? new(Identity.Email, email) : null,
            PhoneNumber.Normalize(text, null, shop.Settings.PhoneCountry) is { } phone
                ? new(Identity.Phone, phone) : null,
            Identity.Parse(text) is { } known && Keys.CanBe(known.Kind) ? known : null,
        ];
        asked.AddRange(identities.OfType<Identity>().Distinct().Select(Of));
        if (text.Contains(':', StringComparison.Ordinal)) asked.Add(Of(text));
        else if (text.Any(char.IsAsciiDigit) && !text.Contains('@', StringComparison.Ordinal))
            asked.AddRange(sources.Select(source => Of($"{source}:{text.TrimStart('#', '＃')}")));
        return [.. (await Task.WhenAll(asked)).OfType<Customer>()];
    }

    private async Task<Customer?> Of(CustomerId id) => (await customers.Find(id))?.Value;
    private async Task<Customer?> Of(Identity identity) => (await customers.FindByIdentity(identity))?.Value;

    private async Task<Customer?> Of(string order) =>
        await orders.Find(order) is { Value.Customer: { } customer } ? await Of(customer) : null;
}
