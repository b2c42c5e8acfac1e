using System.Globalization;
using Automation.Marketing;
using Automation.Marketing.People;

namespace Automation.Functions.Imports;

/// <summary>What an import would do, in words: how each column is read, the first rows as they would become, what is
/// left out and why. Reads only.</summary>
public static class Preview
{
    private const int Shown = 3;

    /// <summary>Answers what could not be imported.</summary>
    public static IReadOnlyList<BadLine> Print(ImportFile file, Reading reading, TextWriter to)
    {
        to.WriteLine($"{file.Name}: read as {file.Reading.As}, {(file.Reading.HasOrders ? "orders" : "customers")}");
        foreach (var (header, column) in file.Reading.Headers.Zip(file.Reading.Columns))
            to.WriteLine($"  {Columns.Bare(header)} → {column ?? "left out"}");
        List<BadLine> bad = [];
        var good = 0;
        foreach (var group in Entries.Of(file))
        {
            if (group.Bad is not null) { bad.Add(group.Bad); continue; }
            try
            {
                var entry = reading.Read(group.Rows, file.Reading.HasOrders);
                if (good++ == 0) to.WriteLine($"The first {Shown} as they would become:");
                if (good <= Shown) to.WriteLine($"  line {group.Rows[0].Line}: {Words(entry)}");
            }
            catch (BadLineException wrong)
            {
                bad.Add(wrong.Bad);
            }
        }
        if (bad.Count > 0) to.WriteLine("Left out:");
        foreach (var line in bad) to.WriteLine($"  {line}");
        to.WriteLine($"{good} would be imported, {Amount.Of(bad.Count, "line")} could not be");
        return bad;
    }

    private static string Words(ImportEntry entry) =>
        string.Join(", ", (entry.Order is { } order ? Words(order) : []).Concat(Words(entry.Buyer))
            .Concat(entry.Attributes.Select(attribute => $"{attribute.Key} {attribute.Value}")));

    private static IEnumerable<string> Words(Order order)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"order {order.Number} (id {order.Id}) of {order.PlacedAt:yyyy-MM-dd HH:mm} UTC, {order.Total} "
            + $"{order.Currency}");
        if (order.CancelledAt is not null) yield return "cancelled";
        if (order.Refunds.Count > 0) yield return string.Create(
            CultureInfo.InvariantCulture, $"{order.Refunds.Sum(refund => refund.Amount)} refunded");
        foreach (var line in order.Lines)
            yield return string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} × {line.Title} at {line.Price}");
    }

    private static IEnumerable<string> Words(Buyer buyer)
    {
        yield return $"family name {buyer.FamilyName ?? "–"}, given name {buyer.GivenName ?? "–"}";
        yield return buyer.Identities.Count == 0 ? "nobody known"
            : $"known by {string.Join(" and ", buyer.Identities)}";
        if (buyer.Phone is { } phone && buyer.Email is not null) yield return $"phone {phone}";
        foreach (var (channel, said) in buyer.Consent) yield return $"{channel} consent {Words(said)}";
    }

    private static string Words(ConsentRecord said) => said.State == ConsentState.Unknown
        ? $"unknown, for want of a day ({said.Evidence}); --consent-as-of DATE asserts one"
        : string.Create(CultureInfo.InvariantCulture,
            $"{said.State.ToString().ToLowerInvariant()} as of {said.At:yyyy-MM-dd} ({said.Evidence})");
}
