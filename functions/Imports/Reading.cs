using System.Globalization;
using System.Net;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Imports;

/// <summary>Rows of a file in our own words. Pure; what is wrong throws a <see cref="BadLineException"/> with its place.</summary>
/// <param name="now">What is said to have happened later is wrong.</param>
public sealed class Reading(string source, ShopSettings shop, DateTimeOffset now)
{
    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy/M/d", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy年M月d日", "yyyy年M月d日 H:mm", "yyyy年M月d日 H時m分"];
    private static readonly string[] Yes = ["given", "yes", "true", "1", "subscribed", "はい", "希望する", "許可", "登録", "登録済み", "購読", "○", "〇"];
    private static readonly string[] No = ["withdrawn", "no", "false", "0", "unsubscribed", "いいえ", "希望しない", "拒否", "未登録", "解除", "停止", "×"];
    private readonly TimeZoneInfo zone = Zones.Find(shop.TimeZone) ?? TimeZoneInfo.Utc;

    /// <summary>The person of a row; as of no particular time, so that it only fills what is not known.</summary>
    public Buyer Buyer(ImportRow row)
    {
        var email = row[Columns.Email] is not { } text ? null : EmailAddress.Normalize(text) ?? throw Bad(row, Columns.Email, $"'{text}' is no e-mail address");
        var phone = row[Columns.Phone] is not { } number ? null : PhoneNumber.Normalize(number, shop.PhoneCountry) ?? throw Bad(row, Columns.Phone, $"'{number}' is no phone number");
        var (family, given) = Names(row);
        List<Identity> identities = [];
        if (row[Columns.CustomerId] is { } id) identities.Add(new Identity(source, id));
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
            Tags = row[Columns.Tags]?.Split([',', '、', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Consent = Consent(row) is { } consent ? new Dictionary<string, ConsentRecord> { ["email"] = consent } : [],
            SeenAt = DateTimeOffset.MinValue,
        };
    }

    /// <summary>The order whose rows these are: one row for each of its lines.</summary>
    public Order Order(IReadOnlyList<ImportRow> rows)
    {
        var first = rows[0];
        var placed = Moment(first, Columns.OrderedAt) ?? throw Bad(first, Columns.OrderedAt, "is empty");
        var cancelled = Moment(first, Columns.CancelledAt);
        return new Order
        {
            Source = source,
            Id = first[Columns.OrderId]!,
            Number = first[Columns.OrderId]!,
            PlacedAt = placed,
            UpdatedAt = cancelled ?? placed,
            CancelledAt = cancelled,
            Currency = first[Columns.Currency]?.ToUpperInvariant() ?? shop.Currency,
            Total = Money(first, Columns.Total) ?? throw Bad(first, Columns.Total, "is empty"),
            Status = "imported",
            Lines = [.. rows.Where(row => row[Columns.Title] is not null || row[Columns.ProductId] is not null).Select(Line)],
        };
    }

    private static OrderLine Line(ImportRow row) => new()
    {
        ProductId = row[Columns.ProductId],
        Title = row[Columns.Title] ?? row[Columns.ProductId]!,
        Quantity = Money(row, Columns.Quantity) ?? 1,
        Price = Money(row, Columns.Price) ?? 0,
    };

    private ConsentRecord? Consent(ImportRow row)
    {
        if (row[Columns.Consent] is not { } said) return null;
        var given = Yes.Contains(said, StringComparer.OrdinalIgnoreCase);
        if (!given && !No.Contains(said, StringComparer.OrdinalIgnoreCase)) throw Bad(row, Columns.Consent, $"'{said}' is neither yes nor no");
        var at = Moment(row, Columns.ConsentAt);
        if (given && at is null) throw Bad(row, Columns.ConsentAt, "a consent counts only with the day it was given");
        if (given && row[Columns.ConsentEvidence] is null && row[Columns.ConsentPage] is null) throw Bad(row, Columns.ConsentEvidence, "a consent counts only with how we know, e.g. 会員登録フォーム");
        return new ConsentRecord(given ? ConsentState.Given : ConsentState.Withdrawn, at ?? DateTimeOffset.UnixEpoch, "import", row[Columns.ConsentEvidence])
        {
            Wording = row[Columns.ConsentWording],
            Page = row[Columns.ConsentPage],
            Ip = row[Columns.ConsentIp] is not { } ip ? null : IPAddress.TryParse(ip, out _) ? ip : throw Bad(row, Columns.ConsentIp, $"'{ip}' is no IP address"),
        };
    }

    private static (string? Family, string? Given) Names(ImportRow row)
    {
        if (row[Columns.FamilyName] is not null || row[Columns.GivenName] is not null) return (row[Columns.FamilyName], row[Columns.GivenName]);
        return row[Columns.Name]?.Split([' ', '　'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
        {
            [var family, var given] => (family, given),
            [var family] => (family, null),
            _ => (null, null),
        };
    }

    private DateTimeOffset? Moment(ImportRow row, string column) =>
        row[column] is not { } text ? null : Moment(row, column, text) is var at && at > now.AddDays(1) ? throw Bad(row, column, $"'{text}' is in the future") : at;

    private DateTimeOffset Moment(ImportRow row, string column, string text)
    {
        if (DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return Zones.Instant(local, zone);
        if (text.Contains(':', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)) return exact.ToUniversalTime();
        throw Bad(row, column, $"'{text}' is no date; write 2026-11-22, 2026/11/22 9:30 or 2026-11-22T09:30:00+09:00");
    }

    private static decimal? Money(ImportRow row, string column)
    {
        if (row[column] is not { } text) return null;
        var number = text.Trim('¥', '￥', '円', '"', ' ').Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(row, column, $"'{text}' is no number");
    }

    private static BadLineException Bad(ImportRow row, string column, string reason) => new(new BadLine(row.Line, column, reason));
}

/// <summary>Carries what is wrong with a line to whoever counts it.</summary>
public sealed class BadLineException(BadLine bad) : Exception(bad.ToString())
{
    public BadLine Bad => bad;
}
