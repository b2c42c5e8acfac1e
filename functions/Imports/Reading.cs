using System.Net;
using System.Text.Json;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Functions.Imports;

/// <summary>What the rows that belong together become: a customer, or an order and who placed it.</summary>
public sealed record ImportEntry(Buyer Buyer, IReadOnlyDictionary<string, JsonElement> Attributes, Order? Order);

/// <summary>Rows of a file in our own words. Pure; what is wrong throws a <see cref="BadLineException"/> with its
/// place.</summary>
/// <param name="now">What is said to have happened later is wrong.</param>
/// <param name="consentAsOf">The operator's word that the consents of the file held then; null: one without a day stays
/// unknown.</param>
public sealed class Reading(string source, ShopSettings shop, DateTimeOffset now, string file, Format? format = null,
    DateTimeOffset? consentAsOf = null)
{
    private readonly Values values = new(shop, now);

    /// <param name="rows">Of one order, or one customer's.</param>
    public ImportEntry Read(IReadOnlyList<ImportRow> rows, bool isOrder)
    {
        var buyer = Buyer(rows[0]) with { AtCheckout = isOrder };
        if (!isOrder && !buyer.IsReachable) throw new BadLineException(new BadLine(
            rows[0].Line, null, "nobody could be written to: no e-mail address, no phone number"));
        return new ImportEntry(buyer, isOrder ? [] : values.Attributes(rows[0]), isOrder ? Order(rows) : null);
    }

    /// <summary>The person of a row; as of no particular time, so that it only fills what is not known.</summary>
    private Buyer Buyer(ImportRow row)
    {
        var email = row[Columns.Email] is not { } text ? null : EmailAddress.Normalize(text)
            ?? throw Values.Bad(row, Columns.Email, $"'{text}' is not an e-mail address");
        var phone = row[Columns.Phone] is not { } number ? null : PhoneNumber.Normalize(number, shop.PhoneCountry)
            ?? throw Values.Bad(row, Columns.Phone, $"'{number}' is not a phone number");
        var (family, given) = Names(row);
        List<Identity> identities = [];
        if (Id(row, Columns.CustomerId) is { } id && id != "0") identities.Add(new Identity(source, id));
        if (email is not null) identities.Add(new Identity(Identity.Email, email));
        if (phone is not null && email is null) identities.Add(new Identity(Identity.Phone, phone));
        return new Buyer
        {
            Identities = identities,
            Email = email,
            Phone = phone,
            FamilyName = family,
            GivenName = given,
            Language = row[Columns.Language],
            Tags = row[Columns.Tags]?.Split([',', '、', ';'], StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Consent = Consent(row) is { } consent ? new Dictionary<string, ConsentRecord> { ["email"] = consent } : [],
            SeenAt = DateTimeOffset.MinValue,
        };
    }

    /// <summary>The order whose rows these are: one row for each of its lines. All of them say the same of the order,
    /// or nothing.</summary>
    private Order Order(IReadOnlyList<ImportRow> rows)
    {
        var first = rows[0];
        foreach (var column in (string[])[Columns.OrderId, Columns.Email, Columns.OrderedAt, Columns.Total,
            Columns.Currency, Columns.CustomerId])
            if (rows.FirstOrDefault(row => row[column] is { } other && other != first[column]) is { } contrary)
                throw Values.Bad(
                    contrary, column, $"'{contrary[column]}', where the first row of the order says '{first[column]}'");
        var placed = values.Moment(first, Columns.OrderedAt) ?? throw Values.Bad(first, Columns.OrderedAt, "is empty");
        var currency = (Filled(first, Columns.Currency) ?? shop.Currency).ToUpperInvariant();
        if (!Currencies.All.Contains(currency))
            throw Values.Bad(first, Columns.Currency, $"'{first[Columns.Currency]}' is not a currency");
        var total = Values.Amount(first, Columns.Total, currency) ?? throw Values.Bad(first, Columns.Total, "is empty");
        var state = State(first);
        var cancelled = values.Moment(first, Columns.CancelledAt) ?? (state == OrderState.Cancelled ? placed : null);
        var refunded = Values.Amount(first, Columns.Refunded, currency) ?? (state == OrderState.Refunded ? total : 0);
        if (state == OrderState.PartlyRefunded && refunded == 0)
            throw Values.Bad(first, Columns.Refunded, $"'{first[Columns.Status]}', and no amount");
        if (refunded > total) throw Values.Bad(first, Columns.Refunded, $"{refunded} is more than the order's {total}");
        return new Order
        {
            Source = source,
            Id = Id(first, Columns.OrderId) ?? throw Values.Bad(first, Columns.OrderId, "is empty"),
            Number = first[Columns.Number] ?? first[Columns.OrderId]!,
            PlacedAt = placed,
            UpdatedAt = cancelled > placed ? cancelled.Value : placed,
            PaidAt = values.Moment(first, Columns.PaidAt),
            FulfilledAt = values.Moment(first, Columns.FulfilledAt),
            CancelledAt = cancelled,
            Currency = currency,
            Total = total,
            Refunds = refunded > 0 ? [new Refund(Refund.Imported, cancelled ?? placed, refunded, [])] : [],
            Status = "imported",
            Lines = [.. rows.Where(HasLine).Select(row => Line(row, currency))],
        };
    }

    private OrderState State(ImportRow row)
    {
        if (Filled(row, Columns.Status) is not { } said) return OrderState.Placed;
        if (format is null) throw Values.Bad(
            row, Columns.Status, "a status is understood in a platform's own export only; leave the column out");
        if (!format.Statuses.TryGetValue(said.StartsWith("wc-", StringComparison.Ordinal) ? said[3..] : said,
            out var state)) throw Values.Bad(row, Columns.Status, $"'{said}' is not a status we know");
        return state != OrderState.NotPlaced ? state
            : throw Values.Bad(row, Columns.Status, $"'{said}': the order was never placed");
    }

    private static bool HasLine(ImportRow row)
    {
        if (row[Columns.Title] is not null || row[Columns.ProductId] is not null) return true;
        if (((string[])[Columns.Sku, Columns.Quantity, Columns.Price, Columns.LineTotal]).FirstOrDefault(
            column => row[column] is not null) is { } left)
            throw Values.Bad(row, Columns.Title, $"is empty, where {left} is not");
        return false;
    }

    /// <summary>The value; null where the file has no such column. An empty one is wrong: what it was is anybody's
    /// guess.</summary>
    private static string? Filled(ImportRow row, string column) =>
        row[column] ?? (row.Values.ContainsKey(column) ? throw Values.Bad(row, column, "is empty") : null);

    private OrderLine Line(ImportRow row, string currency)
    {
        foreach (var column in (string[])[Columns.Quantity, Columns.Price]) Filled(row, column);
        var quantity = Values.Amount(row, Columns.Quantity, null) ?? 1;
        return new OrderLine
        {
            ProductId = Id(row, Columns.ProductId),
            Sku = row[Columns.Sku],
            Title = row[Columns.Title] ?? row[Columns.ProductId]!,
            Quantity = quantity,
            Price = Values.Amount(row, Columns.Price, currency)
                ?? (Values.Amount(row, Columns.LineTotal, currency) is { } all && quantity > 0 ? all / quantity : 0),
        };
    }

    /// <summary>An id is one word, a platform's a number; one that a spreadsheet has rounded is another's.</summary>
    private string? Id(ImportRow row, string column)
    {
        if (row[column] is not { } id) return null;
        if (id.Contains("E+", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(id[0]))
            throw Values.Bad(
                row, column, $"'{id}' was rounded by a spreadsheet; export it again, and do not save it there");
        var fits = format is null ? id.Length <= 200 && !id.Any(c => c == ',' || char.IsWhiteSpace(c))
            : id.Length <= 20 && id.All(char.IsAsciiDigit);
        return fits ? id : throw Values.Bad(row, column, $"'{id}' is not an id");
    }

    /// <summary>A yes or no counts as of its day. Without one it is on record, the file its evidence, and says nothing:
    /// unknown.</summary>
    private ConsentRecord? Consent(ImportRow row)
    {
        var at = values.Moment(row, Columns.ConsentAt) ?? consentAsOf;
        if (Values.Answer(row, Columns.Consent) is not { } given) return null;
        var evidence = row[Columns.ConsentEvidence]
            ?? $"{file}, line {row.Line}: {row[Columns.Consent]}"
                + $"{(consentAsOf == at && at is not null ? ", asserted as of that day" : "")}";
        var state = at is null ? ConsentState.Unknown : given ? ConsentState.Given : ConsentState.Withdrawn;
        return new ConsentRecord(state, at ?? DateTimeOffset.UnixEpoch, "import", evidence)
        {
            Wording = row[Columns.ConsentWording],
            Page = row[Columns.ConsentPage],
            Ip = row[Columns.ConsentIp] is not { } ip ? null : IPAddress.TryParse(ip, out _)
                ? ip : throw Values.Bad(row, Columns.ConsentIp, $"'{ip}' is not an IP address"),
        };
    }

    /// <summary>A number, a date or #1001 stands in the wrong column.</summary>
    private static (string? Family, string? Given) Names(ImportRow row)
    {
        foreach (var column in (string[])[Columns.FamilyName, Columns.GivenName, Columns.Name])
            if (row[column] is { } name && name.Any(char.IsAsciiDigit) && !name.Any(c => char.IsLetter(c)
                && c is not ('E' or 'e'))) throw Values.Bad(row, column, $"'{row[column]}' is not a name");
        if (row[Columns.FamilyName] is not null || row[Columns.GivenName] is not null)
            return (row[Columns.FamilyName], row[Columns.GivenName]);
        return row[Columns.Name]?.Split([' ', '　'], 2, StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries) switch
        {
            [var family, var given] => (family, given),
            [var family] => (family, null),
            _ => (null, null),
        };
    }
}
