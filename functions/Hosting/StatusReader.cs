namespace Automation.Functions.Hosting;

/// <summary><c>Sources:{name}:PlacedStatuses</c> and <c>DeliveredStatuses</c>: words separated by commas, or a
/// list.</summary>
public static class StatusReader
{
    /// <summary>Null where nothing is said: those of the platform.</summary>
    public static IReadOnlyList<string>? Read(
        IConfigurationSection source, string name, string? platform, List<string> problems)
    {
        var said = source.GetSection(name);
        string[] words =
        [
            .. said.GetChildren().Select(one => one.Value).Append(said.Value).OfType<string>()
                .SelectMany(text => text.Split(
                    ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
        if (words.Length == 0) return null;
        if (platform == "generic")
            problems.Add($"{said.Path}: a generic source has no statuses; it says order.placed when an order is one.");
        if (name == "DeliveredStatuses" && platform == "shopify")
            problems.Add($"{said.Path}: Shopify's fulfillments say what was delivered.");
        foreach (var odd in words.Where(word => !word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            problems.Add($"{said.Path} names '{odd}'; statuses read \"on-hold, processing, completed\" "
                + "(Shopify: states of payment, \"paid, authorized\").");
        // WordPress keeps them as wc-processing, its webhooks say processing.
        return [.. words.Select(word => word.StartsWith("wc-", StringComparison.Ordinal) ? word[3..] : word)];
    }
}
