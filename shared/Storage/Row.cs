using System.Collections;

namespace Automation.Storage;

/// <summary>Version of a stored row, as in Table Storage; compare only for equality. <see cref="All"/> matches
/// any.</summary>
public readonly record struct ETag(string Value)
{
    public static ETag All => new("*");
    public override string ToString() => Value ?? "";
}

/// <summary>A row: keys and up to 252 typed properties (string, byte[], bool, int, long, double, DateTimeOffset, Guid),
/// as in Azure Table Storage; strings and binaries at most 64 KiB, 1 MiB in all. Names are letters, digits and
/// underscores. A null property is not stored.</summary>
public sealed class Row(string partitionKey, string rowKey) : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> properties = [];

    public string PartitionKey { get; } = partitionKey;
    public string RowKey { get; } = rowKey;
    public ETag ETag { get; set; }
    public DateTimeOffset? Timestamp { get; set; }
    public int Count => properties.Count;

    public object? this[string name]
    {
        get
        {
            foreach (var property in properties) if (property.Key == name) return property.Value;
            return null;
        }
        set
        {
            var index = 0;
            while (index < properties.Count && properties[index].Key != name) index++;
            if (index == properties.Count) { if (value is not null) properties.Add(new(name, value)); }
            else if (value is null) properties.RemoveAt(index);
            else properties[index] = new(name, value);
        }
    }

    /// <summary>Lets a new row be written as a collection expression of its properties.</summary>
    public void Add(string name, object? value) => this[name] = value;

    public string? GetString(string name) => this[name] as string;
    public byte[]? GetBinary(string name) => this[name] as byte[];
    public bool? GetBoolean(string name) => this[name] as bool?;
    public int? GetInt32(string name) => this[name] as int?;
    public long? GetInt64(string name) => this[name] is int small ? small : this[name] as long?;
    public double? GetDouble(string name) => this[name] as double?;
    public DateTimeOffset? GetDateTimeOffset(string name) => this[name] as DateTimeOffset?;

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => properties.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
