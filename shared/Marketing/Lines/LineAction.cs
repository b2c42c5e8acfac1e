using System.Text.Json.Nodes;

namespace Automation.Marketing.Lines;

/// <summary>What happens when something is tapped (Messaging API, "Action objects"). Pure.</summary>
public static class LineAction
{
    /// <summary>Characters of a button's words, of an address, and of what a tap says.</summary>
    public const int LongestWords = 20, LongestAddress = 1000, LongestData = 300;

    /// <summary>Before what <c>line.tapped</c> says: <c>tap:yes</c>.</summary>
    public const string Tap = "tap:";

    /// <summary>Could it be where a button leads?</summary>
    public static bool IsTarget(string text) =>
        text.StartsWith(Tap, StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)
        || text.StartsWith("tel:", StringComparison.Ordinal);

    /// <summary>Addresses LINE opens.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "https" or "line" or "tel";

    /// <summary>A link, or a tap that we hear of.</summary>
    /// <exception cref="LineShapeException">It leads nowhere, or is too long.</exception>
    public static JsonObject To(string leads, string words)
    {
        words = Words(words);
        if (!leads.StartsWith(Tap, StringComparison.Ordinal))
            return new() { ["type"] = "uri", ["label"] = words, ["uri"] = Address(leads) };
        var data = leads[Tap.Length..];
        if (data.Length is 0 or > LongestData)
            throw new LineShapeException($"\"{Tap}\" is followed by 1 to {LongestData} characters", leads);
        return new() { ["type"] = "postback", ["label"] = words, ["data"] = data, ["displayText"] = words };
    }

    /// <summary>The words are said for the customer.</summary>
    /// <inheritdoc cref="To"/>
    public static JsonObject Say(string words) =>
        new() { ["type"] = "message", ["label"] = Words(words), ["text"] = words };

    /// <inheritdoc cref="To"/>
    public static string Address(string url) =>
        !IsAddress(url) ? throw new LineShapeException(
            $"\"{url}\" leads nowhere from LINE; links read \"https://…\", \"tel:…\", \"line://…\", or \"tap:…\"", url)
        : url.Length > LongestAddress ? throw new LineShapeException(
            $"an address has at most {LongestAddress} characters", url)
        : url;

    private static string Words(string words) => words.Length is > 0 and <= LongestWords ? words
        : throw new LineShapeException(words.Length == 0
            ? "a button has no words"
            : $"a button's words have at most {LongestWords} characters; \"{words}\" has {words.Length}", words);
}

/// <summary>LINE would not take it: what and where.</summary>
/// <param name="near">A piece of the text that is near the place.</param>
public sealed class LineShapeException(string message, string near) : Exception(message)
{
    public string Near => near;
}
