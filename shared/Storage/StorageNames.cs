using System.Text.RegularExpressions;

namespace Automation.Storage;

/// <summary>What tables and queues may be called; ArgumentException where the service would refuse the name.</summary>
internal static partial class StorageNames
{
    public static string Table(string name) => TableName().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' is not a table name: 3 to 63 letters and digits, a letter first.");

    public static string Queue(string name) => QueueName().IsMatch(name)
        ? name
        : throw new ArgumentException(
            $"'{name}' is not a queue name: 3 to 63 lower-case letters, digits and single dashes inside.");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex TableName();

    [GeneratedRegex("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]\\z")]
    private static partial Regex QueueName();
}
