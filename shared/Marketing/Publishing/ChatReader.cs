using Automation.Marketing.Answers;
using Automation.Marketing.Files;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>Reads <c>chat</c> of shop.json.</summary>
internal static class ChatReader
{
    public static ChatSettings? Read(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.Chat, "chat") is not { } entries) return null;
        return new ChatSettings
        {
            Hours = reading.List(entries["hours"], "hours", item => Hours(reading, item)) ?? [],
            Notify = reading.List(entries["notify"], "notify", item => Address(reading, item)) ?? [],
            ToPeople = reading.List(entries["toPeople"], "toPeople", item => Word(reading, item)) ?? [],
            Origins = reading.List(entries["origins"], "origins", item => Origin(reading, item)) ?? [],
        };
    }

    private static Window? Hours(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, ShopShapes.Hours, "hours") is not { } entries) return null;
        var (days, from, to) = (reading.Weekdays(entries["days"], "days"), entries.Time("from"), entries.Time("to"));
        if (from is { } opens && to is { } closes && opens == closes)
            reading.Say(entries["to"]!, "hours from and to the same time: choose two");
        return new(days, from, to);
    }

    private static string? Address(Reading reading, Node item)
    {
        if (reading.Text(item, "notify") is not { } address) return null;
        if (!Mailbox.IsAddress(address)) reading.Say(item, $"\"{address}\" is not an e-mail address");
        return address;
    }

    private static string? Word(Reading reading, Node item)
    {
        if (reading.Text(item, "toPeople") is not { } word) return null;
        if (QuestionText.Fold(word).Length == 0) reading.Say(item, $"\"{word}\" has no letters");
        return word;
    }

    /// <summary>As browsers write it: scheme, host, and a port that is not the scheme's own.</summary>
    private static string? Origin(Reading reading, Node item)
    {
        if (reading.Text(item, "origins") is not { } text) return null;
        if (text.Contains('*', StringComparison.Ordinal))
            reading.Say(item, $"\"{text}\" names more than one origin: write down each, as \"https://shop.example\"");
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
            || url.IdnHost.Length == 0)
            reading.Say(item, $"\"{text}\" is not an origin; origins read \"https://shop.example\"",
                Uri.TryCreate($"https://{text}", UriKind.Absolute, out var meant) && meant.IdnHost.Contains('.')
                    ? Written(meant) : null);
        else if (url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            reading.Say(item, $"\"{text}\" is more than an origin", Written(url));
        else if (url.Scheme == "http" && !url.IsLoopback)
            reading.Say(item, $"\"{text}\" is not encrypted: anybody on the way reads along",
                $"https://{url.IdnHost}");
        else return Written(url);
        return null;
    }

    private static string Written(Uri url) =>
        $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : FormattableString.Invariant($":{url.Port}"))}";
}
