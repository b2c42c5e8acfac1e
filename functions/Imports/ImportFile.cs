using System.Text;
using CsvHelper;

namespace Automation.Functions.Imports;

/// <summary>One row of an import file: the line it begins in (from 1), its values by column.</summary>
public sealed record ImportRow(int Line, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The trimmed value; null where the column is missing or empty.</summary>
    public string? this[string column] => Values.TryGetValue(column, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>A line that cannot be imported; column is null where the line as a whole is meant.</summary>
public sealed record BadLine(int Line, string? Column, string Reason)
{
    public override string ToString() => Column is null ? $"line {Line}: {Reason}" : $"line {Line}, column {Column}: {Reason}";
}

/// <summary>A CSV file of customers or orders, UTF-8 or Shift_JIS, its columns recognised by their headers.</summary>
public sealed class ImportFile
{
    private readonly string path;
    private readonly Encoding encoding;
    private readonly string?[] columns;

    private ImportFile(string path, Encoding encoding, string?[] columns, IReadOnlyList<string> unknown) =>
        (this.path, this.encoding, this.columns, UnknownHeaders) = (path, encoding, columns, unknown);

    /// <summary>Headers that name no column of ours; they are left out.</summary>
    public IReadOnlyList<string> UnknownHeaders { get; }

    /// <summary>Orders (one row per line of an order), or customers.</summary>
    public bool HasOrders => columns.Contains(Columns.OrderId);

    /// <summary>The file's headers. InvalidDataException says what is missing.</summary>
    public static ImportFile Open(string path)
    {
        var encoding = Detect(path);
        if (OpenQuote(path, encoding) is { } line) throw new InvalidDataException($"{path}: the quote that opens in line {line} is never closed; everything after it would be one value.");
        using var csv = Reader(path, encoding);
        string[] headers = [.. csv.Headers];
        if (headers is []) throw new InvalidDataException($"{path} is empty.");
        string?[] columns = [.. headers.Select(Columns.Find)];
        if (columns.OfType<string>().GroupBy(c => c).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"{path}: two headers mean {twice.Key}: {string.Join(", ", headers.Where(h => Columns.Find(h) == twice.Key))}.");
        string[] needed = columns.Contains(Columns.OrderId) ? [Columns.OrderedAt, Columns.Total] : [];
        if (needed.Except(columns).FirstOrDefault() is { } missing) throw new InvalidDataException($"{path}: orders need a column {missing}.");
        if (!columns.Contains(Columns.Email) && !columns.Contains(Columns.Phone) && !columns.Contains(Columns.CustomerId))
            throw new InvalidDataException($"{path}: no column says who it is: {Columns.Email}, {Columns.Phone} or {Columns.CustomerId}. The headers are {string.Join(", ", headers)}.");
        return new ImportFile(path, encoding, columns, [.. headers.Where((_, n) => columns[n] is null)]);
    }

    /// <summary>The rows after the header, and what is no row, in their order.</summary>
    public IEnumerable<(ImportRow? Row, BadLine? Bad)> Rows()
    {
        using var csv = Reader(path, encoding);
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (csv.FieldCount != columns.Length)
            {
                yield return (null, new BadLine(line, null, $"{csv.FieldCount} values where the header has {columns.Length}"));
                continue;
            }
            var values = new Dictionary<string, string>(columns.Length);
            for (var n = 0; n < columns.Length; n++) if (columns[n] is { } column) values[column] = csv.GetString(n);
            yield return (new ImportRow(line, values), null);
        }
    }

    private static CsvReader Reader(string path, Encoding encoding) =>
        CsvReader.FromFile(path, new CsvReaderOptions { Encoding = encoding, TrackLineNumbers = true });

    /// <summary>The line of a quote that begins a value and is never closed; null: there is none.</summary>
    private static int? OpenQuote(string path, Encoding encoding)
    {
        using var reader = new StreamReader(path, encoding);
        var (line, opened, before) = (1, (int?)null, '\n');
        for (int read; (read = reader.Read()) >= 0; before = (char)read)
        {
            if (read == '"') opened = opened is not null ? null : before is '\n' or ',' or ';' or '\t' or '"' ? line : null;   // a doubled quote closes and opens
            if (read == '\n') line++;
        }
        return opened;
    }

    /// <summary>Japanese shop systems still write Shift_JIS: what is no UTF-8 is taken for that.</summary>
    private static Encoding Detect(string path)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        try
        {
            using var reader = new StreamReader(path, strict);
            var buffer = new char[32 * 1024];
            while (reader.Read(buffer) > 0) { }
            return strict;
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(932);
        }
    }
}
