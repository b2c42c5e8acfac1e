using System.Buffers.Text;
using System.Text.Json;

namespace Automation.Storage.Azure;

/// <summary>A row as read, with the mark of the write that made it.</summary>
internal readonly record struct MarkedRow(Row Entity, string? Mark);

/// <summary>Reads entities from the service's answers. One reader per answer: rows of a page have the same names in the same order, so a name is made once.</summary>
internal sealed class EntityReader
{
    private enum Edm { None, Int64, Double, DateTime, Guid, Binary, Other }

    private readonly List<string> names = [];
    private readonly List<KeyValuePair<string, object>> properties = [];

    /// <summary>The row of a point read.</summary>
    public static MarkedRow One(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return new EntityReader().Row(ref json);
    }

    /// <summary>The rows of a query: the array <c>value</c>.</summary>
    public static List<Row> Page(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        var reader = new EntityReader();
        var rows = new List<Row>();
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isRows = json.ValueTextEquals("value"u8);
            json.Read();
            if (!isRows) { json.Skip(); continue; }
            while (json.Read() && json.TokenType is JsonTokenType.StartObject) rows.Add(reader.Row(ref json).Entity);
        }
        return rows;
    }

    private MarkedRow Row(ref Utf8JsonReader json)
    {
        string? partitionKey = null, rowKey = null, mark = null, etag = null;
        DateTimeOffset? timestamp = null;
        var type = Edm.None;
        var position = 0;
        properties.Clear();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (json.ValueSpan.EndsWith("@odata.type"u8))   // stands before the property it speaks of
            {
                json.Read();
                type = TypeOf(json.ValueSpan);
            }
            else if (json.ValueTextEquals("PartitionKey"u8)) partitionKey = Text(ref json);
            else if (json.ValueTextEquals("RowKey"u8)) rowKey = Text(ref json);
            else if (json.ValueTextEquals("odata.etag"u8)) etag = Text(ref json);
            else if (json.ValueTextEquals(WriteMark.Property)) mark = Text(ref json);
            else if (json.ValueTextEquals("Timestamp"u8)) { json.Read(); timestamp = json.GetDateTimeOffset(); type = Edm.None; }
            else if (json.ValueSpan.StartsWith("odata."u8)) { json.Read(); json.Skip(); }
            else
            {
                var name = Name(ref json, position++);
                json.Read();
                if (json.TokenType is not JsonTokenType.Null) properties.Add(new(name, Value(ref json, type)));
                type = Edm.None;
            }
        }
        var entity = new Row(partitionKey ?? "", rowKey ?? "") { ETag = new ETag(etag!), Timestamp = timestamp };
        foreach (var (name, value) in properties) entity.Add(name, value);
        return new MarkedRow(entity, mark);
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    private string Name(ref Utf8JsonReader json, int position)
    {
        if (position < names.Count && json.ValueTextEquals(names[position])) return names[position];
        var name = json.GetString()!;
        if (position == names.Count) names.Add(name);
        else if (position < names.Count) names[position] = name;
        return name;
    }

    private static Edm TypeOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("Edm.Int64"u8) ? Edm.Int64
        : type.SequenceEqual("Edm.Double"u8) ? Edm.Double
        : type.SequenceEqual("Edm.DateTime"u8) ? Edm.DateTime
        : type.SequenceEqual("Edm.Guid"u8) ? Edm.Guid
        : type.SequenceEqual("Edm.Binary"u8) ? Edm.Binary
        : Edm.Other;

    private static object Value(ref Utf8JsonReader json, Edm type) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => Number(ref json, type),
        JsonTokenType.String => type switch
        {
            Edm.Int64 => Utf8Parser.TryParse(json.ValueSpan, out long number, out _) ? number : throw new JsonException("This is no Edm.Int64."),
            Edm.Double => Double(json.ValueSpan),
            Edm.DateTime => json.GetDateTimeOffset(),
            Edm.Guid => json.GetGuid(),
            Edm.Binary => json.GetBytesFromBase64(),
            _ => json.GetString()!,
        },
        _ => throw new JsonException($"An entity's property cannot be a {json.TokenType}."),
    };

    private static object Number(ref Utf8JsonReader json, Edm type) =>
        type is Edm.Int64 ? (object)json.GetInt64()
        : type is Edm.Double || json.ValueSpan.ContainsAny(".eE"u8) || !json.TryGetInt32(out var small) ? (object)json.GetDouble()
        : small;

    private static double Double(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("NaN"u8) ? double.NaN
        : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
        : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
        : Utf8Parser.TryParse(text, out double number, out _) ? number : throw new JsonException("This is no Edm.Double.");
}
