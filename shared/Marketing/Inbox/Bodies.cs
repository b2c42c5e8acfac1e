using Automation.Storage;

namespace Automation.Marketing.Inbox;

/// <summary>Bytes as rows: pieces of 60 KB, 6 to a row (as base64 that is half of what a request may have), further
/// rows <c>name+1</c>, <c>name+2</c> …; the first row, written last, says how many.</summary>
public static class Bodies
{
    private const int Piece = 60_000;
    private const int PerRow = 6 * Piece;

    public static async Task Write(
        Table table, string partition, string name, ReadOnlyMemory<byte> body, CancellationToken cancellation = default)
    {
        var rows = Math.Max(1, (body.Length + PerRow - 1) / PerRow);
        for (var row = rows - 1; row >= 0; row--)
        {
            var entity = new Row(partition, RowKey(name, row));
            if (row == 0) entity["Rows"] = rows;
            var part = body.Slice(row * PerRow, Math.Min(PerRow, body.Length - row * PerRow));
            for (var (at, n) = (0, 0); at < part.Length; at += Piece, n++)
                entity[$"B{n}"] = part.Slice(at, Math.Min(Piece, part.Length - at)).ToArray();
            await table.Upsert(entity, UpdateMode.Replace, cancellation);
        }
    }

    /// <summary>The bytes, or null where there is no such body.</summary>
    public static async Task<byte[]?> Read(
        Table table, string partition, string name, CancellationToken cancellation = default)
    {
        if (await table.Find(partition, name, cancellation) is not { } first) return null;
        var body = new MemoryStream();
        for (var row = 0; row < (first.GetInt32("Rows") ?? 1); row++)
        {
            var entity = row == 0 ? first : await table.Find(partition, RowKey(name, row), cancellation);
            if (entity is null) return null;
            for (var n = 0; entity.GetBinary($"B{n}") is { } piece; n++) body.Write(piece);
        }
        return body.ToArray();
    }

    /// <summary>Deletes the first row last, so that a deletion cut short can be repeated.</summary>
    public static async Task Delete(
        Table table, string partition, string name, CancellationToken cancellation = default)
    {
        if (await table.Find(partition, name, cancellation) is not { } first) return;
        for (var row = (first.GetInt32("Rows") ?? 1) - 1; row >= 0; row--)
            await table.Delete(partition, RowKey(name, row), cancellation: cancellation);
    }

    private static string RowKey(string name, int row) => row == 0 ? name : $"{name}+{row}";
}
