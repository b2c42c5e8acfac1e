using System.Globalization;
using System.Text.Json;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Files;

/// <summary>The small values every file of the shop is made of. Each says what is wrong and reads as null
/// then.</summary>
public static class Reads
{
    public static readonly IReadOnlyDictionary<string, DayOfWeek> Days = Words<DayOfWeek>();

    /// <summary>The words of a file for what there is to choose from: its names in camelCase.</summary>
    public static IReadOnlyDictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString()));

    public static string? Text(this Reading reading, Node? node, string name)
    {
        if (node is null) return null;
        if (node.Kind != JsonValueKind.String) reading.Say(node, $"\"{name}\" must be a text, not {node.InWords}");
        else if (string.IsNullOrWhiteSpace(node.Text)) reading.Say(node, $"\"{name}\" must not be empty");
        else return node.Text;
        return null;
    }

    public static Period? Period(this Reading reading, Node? node, string name)
    {
        if (reading.Text(node, name) is not { } text) return null;
        if (Marketing.Time.Period.TryParse(text, out var period, out var problem)) return period;
        reading.Say(node!, problem.Message, problem.Suggestion);
        return null;
    }

    /// <summary>A time of day, 00:00 to 23:59.</summary>
    public static TimeOnly? Time(this Reading reading, Node? node, string name)
    {
        if (reading.Text(node, name) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        var meant = text == "24:00" ? "00:00"
            : TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var loose)
            ? loose.ToString("HH:mm", CultureInfo.InvariantCulture) : null;
        reading.Say(node!, $"\"{text}\" is not a time of day; times read \"09:00\", \"21:30\"", meant);
        return null;
    }

    /// <summary>A list that is not empty; entries that could not be read are left out (said so).</summary>
    public static IReadOnlyList<T>? List<T>(
        this Reading reading, Node? node, string name, Func<Node, T?> read) where T : class
    {
        if (node is null) return null;
        if (node.Kind != JsonValueKind.Array) reading.Say(node, $"\"{name}\" must be a list [ ], not {node.InWords}");
        else if (node.Items.Count == 0) reading.Say(node, $"\"{name}\" is empty: leave it out, or put something in");
        else return [.. node.Items.Select(read).OfType<T>()];
        return null;
    }

    /// <summary>Weekdays, each once.</summary>
    public static IReadOnlyList<DayOfWeek>? Weekdays(this Reading reading, Node? node, string name)
    {
        var days = new List<DayOfWeek>();
        reading.List(node, name, item =>
        {
            if (reading.Text(item, name) is not { } word) return null;
            if (!Days.TryGetValue(word, out var day)) reading.Unknown(item, "day", word, Days.Keys);
            else if (days.Contains(day)) reading.Say(item, $"{word} is here twice");
            else days.Add(day);
            return word;
        });
        return days.Count > 0 ? days : null;
    }

    public static void Unknown(this Reading reading, Node at, string what, string word, IEnumerable<string> known) =>
        reading.Unknown(at.Start, what, word, known);

    public static void Unknown(this Reading reading, int at, string what, string word, IEnumerable<string> known)
    {
        var all = known.ToList();
        var near = Nearest.To(word, all);
        var choice = near is null && all.Count is > 0 and <= 12 ? $"; known: {string.Join(", ", all)}" : "";
        reading.Say(at, $"unknown {what} \"{word}\"{choice}", near);
    }

    /// <summary>An event the product or the shop knows.</summary>
    public static string? Event(this Reading reading, Node? node)
    {
        if (reading.Text(node, "event") is not { } name || reading.Known.Shop is not { } shop) return node?.Text;
        if (EventTypes.All.Contains(name) || shop.Events.Contains(name)) return name;
        reading.Unknown(node!, "event", name, [.. EventTypes.All, .. shop.Events]);
        return null;
    }

    /// <summary>A name among those known, if they are.</summary>
    public static string? Name(this Reading reading, Node? node, string what, IReadOnlyCollection<string>? known)
    {
        if (reading.Text(node, what) is not { } name) return null;
        if (known is null || known.Contains(name)) return name;
        reading.Unknown(node!, what, name, known);
        return null;
    }
}
