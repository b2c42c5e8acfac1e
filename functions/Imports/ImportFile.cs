using System.Text;
using Automation.Marketing.Shop;
using CsvHelper;

namespace Automation.Functions.Imports;

/// <summary>One row of an import file: the line it begins in (from 1), its values by column.</summary>
public sealed record ImportRow(int Line, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The trimmed value, without the ' that spreadsheets put before what is not to become a number; null
    /// where the column is missing or empty.</summary>
    public string? this[string column] =>
        Values.TryGetValue(column, out var value) && Bare(value.Trim()) is { Length: > 0 } text ? text : null;

    private static string Bare(string text) =>
        text is ['\'', (>= '0' and <= '9') or '+' or '-' or '=' or '@', ..] ? text[1..] : text;
}

/// <summary>A line that cannot be imported; column is null where the line as a whole is meant.</summary>
public sealed record BadLine(int Line, string? Column, string Reason)
{
    public override string ToString() =>
        Column is null ? $"line {Line}: {Reason}" : $"line {Line}, column {Column}: {Reason}";
}

/// <summary>A CSV file of customers or orders, UTF-8 or Shift_JIS.</summary>
public sealed class ImportFile
{
    private readonly string path;
    private readonly Encoding encoding;

    private ImportFile(string path, Encoding encoding, FileReading reading) =>
        (this.path, this.encoding, Reading) = (path, encoding, reading);

    public FileReading Reading { get; }

    /// <summary>The file's name, as evidence.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>All of it.</summary>
    public string Text() => File.ReadAllText(path, encoding);

    /// <summary>The file and how its columns are read. InvalidDataException says what is missing.</summary>
    /// <param name="mapping">A JSON file that says which column is which; null: as recognised.</param>
    public static ImportFile Open(string path, ShopSettings shop, string? mapping = null)
    {
        var encoding = Detect(path);
        if (OpenQuote(path, encoding) is { } line) throw new InvalidDataException(
            $"{path}: the quote that opens in line {line} is never closed; everything after it would be one value.");
        using var csv = Reader(path, encoding);
        try
        {
            return new ImportFile(path, encoding,
                FileReading.Of([.. csv.Headers], shop, mapping is null ? null : FileReading.Mapping(mapping)));
        }
        catch (InvalidDataException refused)
        {
            throw new InvalidDataException($"{path}: {refused.Message}");
        }
    }

    /// <summary>The rows after the header, and what is not a row, in their order.</summary>
    public IEnumerable<(ImportRow? Row, BadLine? Bad)> Rows()
    {
        var columns = Reading.Columns;
        using var csv = Reader(path, encoding);
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (csv.FieldCount != columns.Count)
            {
                yield return (null,
                    new BadLine(line, null, $"{csv.FieldCount} values where the header has {columns.Count}"));
                continue;
            }
            var values = new Dictionary<string, string>(columns.Count);
            for (var n = 0; n < columns.Count; n++) if (columns[n] is { } column) values[column] = csv.GetString(n);
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
            // a doubled quote closes and opens
            if (read == '"')
                opened = opened is not null ? null : before is '\n' or ',' or ';' or '\t' or '"' ? line : null;
            if (read == '\n') line++;
        }
        return opened;
    }

    /// <summary>Japanese shop systems still write Shift_JIS: what is not UTF-8 is taken for that.</summary>
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
