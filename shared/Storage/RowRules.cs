using System.Buffers;

namespace Automation.Storage;

/// <summary>What Table Storage refuses, refused here too
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).</summary>
internal static class RowRules
{
    public const int LargestEntity = 1024 * 1024;
    public const int MostProperties = 252;
    private const int MostActions = 100;
    private const int LargestPage = 1000;
    private const int LargestValue = 64 * 1024;
    public const int LongestKey = 512;   // 1 KiB of UTF-16
    private static readonly DateTimeOffset EarliestDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> RefusedInKeys =
        SearchValues.Create(
            [.. "/\\#?", .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => (char)c)]);

    /// <summary>1 to 100 actions on different rows of one partition.</summary>
    public static void CheckTransaction(IReadOnlyList<RowAction> actions)
    {
        if (actions.Count is 0 or > MostActions)
            throw new ArgumentException(
                $"A transaction has 1 to {MostActions} actions, not {actions.Count}.", nameof(actions));
        var seen = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
        {
            var row = actions[i].Row;
            if (row.PartitionKey != actions[0].Row.PartitionKey)
                throw new ArgumentException($"Action {i} is for another partition.", nameof(actions));
            if (!seen.Add(row.RowKey))
                throw new ArgumentException($"Action {i} is for the same row as an earlier one.", nameof(actions));
        }
    }

    public static void CheckPageSize(TableQuery query)
    {
        if (query.PageSize is < 1 or > LargestPage)
            throw new ArgumentException($"A page has 1 to 1,000 rows, not {query.PageSize}.", nameof(query));
    }

    public static void CheckKeys(string partitionKey, string rowKey)
    {
        CheckKey(partitionKey, "PartitionKey");
        CheckKey(rowKey, "RowKey");
    }

    private static void CheckKey(string key, string name)
    {
        if (key is null) throw new ArgumentException($"{name} is missing.", name);
        if (key.Length > LongestKey)
            throw new ArgumentException($"{name} has {key.Length} characters; at most {LongestKey}.", name);
        if (key.AsSpan().ContainsAny(RefusedInKeys))
            throw new ArgumentException($"{name} '{key}' has one of / \\ # ? or a control character.", name);
    }

    /// <summary>Keys, names, number and sizes of the properties, counted as the service counts them (two bytes a
    /// character). Answers the entity's size.</summary>
    public static int Check(Row entity)
    {
        CheckKeys(entity.PartitionKey, entity.RowKey);
        if (entity.Count > MostProperties)
            throw new ArgumentException($"The entity has {entity.Count} properties; at most {MostProperties}.");
        var size = 4 + 2 * (entity.PartitionKey.Length + entity.RowKey.Length);
        foreach (var (name, value) in entity)
        {
            CheckName(name);
            var bytes = Bytes(name, value);
            if (bytes > LargestValue) throw new ArgumentException(
                $"Property {name} has {bytes} bytes; at most {LargestValue} (a string: {LargestValue / 2} characters).",
                name);
            size += 8 + 2 * name.Length + bytes + (value is string or byte[]? 4 : 0);
            if (size > LargestEntity) throw new ArgumentException(
                $"The entity has more than {LargestEntity} bytes with property {name}.", name);
        }
        return size;
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 255 || char.IsAsciiDigit(name[0])) throw new ArgumentException(
            $"'{name}' is not a property name: 1 to 255 letters, digits and underscores, no digit first.", name);
        foreach (var c in name)
            if (c != '_' && !char.IsLetterOrDigit(c)) throw new ArgumentException(
                $"'{name}' is not a property name: only letters, digits and underscores.", name);
        if (name is "PartitionKey" or "RowKey" or "Timestamp")
            throw new ArgumentException($"'{name}' belongs to the row itself and cannot be a property's name.", name);
    }

    private static int Bytes(string name, object value) => value switch
    {
        string text => 2 * text.Length,
        byte[] binary => binary.Length,
        bool => 1,
        int => 4,
        double number when double.IsInfinity(number) => throw new ArgumentException(
            $"Property {name} is infinite.", name),
        long or double => 8,
        DateTimeOffset date => date >= EarliestDate ? 8
            : throw new ArgumentException($"Property {name} is {date:O}; dates start in 1601.", name),
        Guid => 16,
        _ => throw new ArgumentException(
            $"Property {name} is a {value.GetType().Name}; not a type of Table Storage.", name),
    };
}
