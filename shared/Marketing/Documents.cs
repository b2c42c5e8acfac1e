using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Automation.Storage;

namespace Automation.Marketing;

/// <summary>A record as read from its row, with the version a conditional write must match.</summary>
public sealed record Stored<T>(T Value, ETag ETag);

/// <summary>Records as rows: JSON text in <c>Doc</c>, continued in <c>Doc1</c>, <c>Doc2</c> … every 32,000
/// characters.</summary>
public static class Documents
{
    private const int Piece = 32_000;

    public static Row Entity<T>(string partitionKey, string rowKey, T value, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(value, type);
        var entity = new Row(partitionKey, rowKey);
        for (var (at, n) = (0, 0); at < text.Length || n == 0; at += Piece, n++)
            entity[n == 0 ? "Doc" : $"Doc{n}"] = text.Substring(at, Math.Min(Piece, text.Length - at));
        return entity;
    }

    public static Stored<T> Read<T>(Row entity, JsonTypeInfo<T> type)
    {
        var value = JsonSerializer.Deserialize(Text(entity), type)
            ?? throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} holds null.");
        return new Stored<T>(value, entity.ETag);
    }

    /// <summary>The row's document as it is stored. InvalidDataException where it holds none.</summary>
    public static string Text(Row entity)
    {
        var text = entity.GetString("Doc")
            ?? throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} holds no document.");
        for (var n = 1; entity.GetString($"Doc{n}") is { } more; n++) text += more;
        return text;
    }
}
