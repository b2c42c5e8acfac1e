using System.Text.Json;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Imports;

/// <summary>How the columns of one file are read: as a platform's export, by our own names, or by a mapping. Never by a
/// guess.</summary>
/// <param name="As">What it was taken for, in words.</param>
/// <param name="Headers">As they stand in the file.</param>
/// <param name="Columns">For each header ours, or null: it is left out.</param>
public sealed record FileReading(
    string As, IReadOnlyList<string> Headers, IReadOnlyList<string?> Columns, Format? Format)
{
    /// <summary>Orders (one row per line of an order), or customers.</summary>
    public bool HasOrders => Columns.Contains(Imports.Columns.OrderId);

    /// <summary>InvalidDataException says what was understood, and what to do.</summary>
    /// <param name="mapping">Header → column, or null: left out; null: as recognised.</param>
    public static FileReading Of(
        IReadOnlyList<string> headers, ShopSettings shop, IReadOnlyDictionary<string, string?>? mapping)
    {
        if (headers.Count == 0 || headers.All(header => Imports.Columns.Bare(header).Length == 0))
            throw Refused("the file is empty.");
        if (headers.GroupBy(Imports.Columns.Plain)
            .FirstOrDefault(same => same.Key.Length > 0 && same.Count() > 1) is { } twice)
            throw Refused($"two headers are the same: {string.Join(", ", twice)}.");
        var reading = mapping is not null ? Mapped(headers, mapping) : Recognised(headers);
        Check(reading, shop);
        return reading;
    }

    /// <summary>The mapping in a JSON file: <c>{ "header": "column", "other header": null }</c>.</summary>
    public static IReadOnlyDictionary<string, string?> Mapping(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var mapping = new Dictionary<string, string?>();
            foreach (var entry in json.RootElement.EnumerateObject())
                if (!mapping.TryAdd(Imports.Columns.Plain(entry.Name), entry.Value.GetString()))
                    throw new InvalidDataException($"{path}: \"{entry.Name}\" is there twice.");
            return mapping;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{path} is not a mapping: {{ \"header in the file\": \"column\", \"header to leave out\": null }}. "
                + $"{wrong.Message}");
        }
    }

    private static FileReading Mapped(IReadOnlyList<string> headers, IReadOnlyDictionary<string, string?> mapping)
    {
        foreach (var (header, column) in mapping)
        {
            if (!headers.Any(known => Imports.Columns.Plain(known) == header))
                throw Refused($"the mapping names \"{header}\", which is not a header of the file.", headers);
            if (column is not null && Imports.Columns.Named(column) is null)
                throw Refused(
                    $"the mapping reads \"{header}\" as \"{column}\", which is not a "
                    + $"column{(Imports.Columns.Meant(column) is { } meant ? $" (did you mean {meant}?)" : "")}. "
                    + $"Columns are {string.Join(", ", Imports.Columns.All)}.");
        }
        return new("a file of its own, by the mapping", headers,
            [.. headers.Select(header => mapping.GetValueOrDefault(Imports.Columns.Plain(header)))], null);
    }

    private static FileReading Recognised(IReadOnlyList<string> headers)
    {
        var there = headers.Select(Imports.Columns.Plain).ToHashSet();
        var fitting = Formats.All.Where(format => format.Signature.All(Has)).ToList();
        if (fitting.Count > 1) throw Refused(
            $"it may be {string.Join(", or ", fitting.Select(format => format.Name))}. Say which column is which with "
            + $"--mapping.",
            headers);
        if (fitting is [var one]) return new(one.Name, headers, [.. headers.Select(header => Named(one, header))], one);
        if (Formats.All.Where(format => format.Telling.Count(Has) >= 2)
            .MaxBy(format => format.Telling.Count(Has) + format.Signature.Count(Has)) is { } near)
            throw Refused(
                $"it looks like {near.Name}, without "
                + $"{string.Join(", ", near.Signature.Where(header => !Has(header)))}. Export it whole, or say which "
                + $"column is which with --mapping.",
                headers);
        return new("a file with our own columns", headers, [.. headers.Select(Imports.Columns.Find)], null);

        bool Has(string header) => there.Contains(Imports.Columns.Plain(header));

        static string? Named(Format format, string header) =>
            format.Columns.FirstOrDefault(column =>
                Imports.Columns.Plain(column.Key) == Imports.Columns.Plain(header)).Value;
    }

    private static void Check(FileReading reading, ShopSettings shop)
    {
        string[] columns = [.. reading.Columns.OfType<string>()];
        if (columns.GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Refused(
                $"two headers mean {twice.Key}: "
                + $"{string.Join(", ", reading.Headers.Where((_, n) => reading.Columns[n] == twice.Key))}. Remove "
                + $"one, or leave one out with --mapping.");
        var orders = columns.Where(Imports.Columns.IsOfOrders).ToArray();
        if (!reading.HasOrders && orders.Length > 0)
            throw Refused(
                $"{string.Join(", ", orders)} are of orders, and no column says of which order "
                + $"({Imports.Columns.OrderId}): it may be customers or orders. Add it, or leave the others out with "
                + $"--mapping.",
                reading);
        if (reading.HasOrders && ((string[])[Imports.Columns.OrderedAt, Imports.Columns.Total]).Except(columns)
            .FirstOrDefault() is { } missing)
            throw Refused($"orders need a column {missing}.", reading);
        if (!((string[])[Imports.Columns.Email, Imports.Columns.Phone, Imports.Columns.CustomerId])
            .Intersect(columns).Any())
            throw Refused(
                $"no column says who it is: {Imports.Columns.Email}, {Imports.Columns.Phone} or "
                + $"{Imports.Columns.CustomerId}.",
                reading);
        foreach (var name in columns.Where(column => column.StartsWith(Imports.Columns.Attribute,
            StringComparison.Ordinal)).Select(column => column[Imports.Columns.Attribute.Length..]))
        {
            if (reading.HasOrders) throw Refused(
                $"{Imports.Columns.Attribute}{name} is of customers, and this file holds orders.", reading);
            if (!shop.Attributes.ContainsKey(name))
                throw Refused(
                    $"shop.json declares no attribute \"{name}\""
                    + (Nearest.To(name, shop.Attributes.Keys) is { } meant ? $" (did you mean {meant}?)." : "."),
                    reading);
        }
    }

    private static InvalidDataException Refused(string why, FileReading reading) =>
        new($"{why} Read as {reading.As}: {string.Join(", ", reading.Headers.Select(
            (header, n) => $"{Imports.Columns.Bare(header)} → {reading.Columns[n] ?? "left out"}"))}.");

    private static InvalidDataException Refused(string why, IReadOnlyList<string>? headers = null) =>
        new(headers is null
            ? why : $"{why} The headers are {string.Join(", ", headers.Select(Imports.Columns.Bare))}.");
}
