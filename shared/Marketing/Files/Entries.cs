using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Time;

namespace Automation.Marketing.Files;

/// <summary>The properties of one object, read by its shape: what is unknown, missing or of the wrong type has been
/// said, and reads as absent.</summary>
public sealed class Entries
{
    private readonly Reading reading;

    private Entries(Reading reading, Node node) => (this.reading, Node) = (reading, node);

    public Node Node { get; }

    /// <summary>Null where the node is not an object (said so). <paramref name="what"/> names it in messages: "a
    /// step".</summary>
    public static Entries? Of(Reading reading, Node? node, Shape shape, string what)
    {
        if (node is null) return null;
        if (node.Kind != JsonValueKind.Object)
        {
            reading.Say(node, $"{what} must be an object {{ }}, not {node.InWords}");
            return null;
        }
        foreach (var member in node.Members)
            if (!shape.Properties.Any(p => p.Name == member.Name))
                reading.Say(member.At, $"{what} has no \"{member.Name}\"",
                    Nearest.To(member.Name, shape.Properties.Select(p => p.Name)));
        foreach (var property in shape.Properties)
            if (property.Required && node.Members.All(m => m.Name != property.Name))
                reading.Say(node, $"{what} needs \"{property.Name}\"");
        return new Entries(reading, node);
    }

    public Node? this[string name] => Node.Members.FirstOrDefault(m => m.Name == name)?.Value;
    public bool Has(string name) => this[name] is not null;

    public string? Text(string name) => reading.Text(this[name], name);
    public Period? Period(string name) => reading.Period(this[name], name);
    public TimeOnly? Time(string name) => reading.Time(this[name], name);

    /// <summary>A day of the calendar.</summary>
    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        reading.Say(this[name]!, $"\"{text}\" is not a date; dates read \"2026-11-25\"");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name) =>
        reading.List(this[name], name, item => reading.Text(item, name));

    public bool Flag(string name)
    {
        if (this[name] is not { } node) return false;
        if (node.Kind is JsonValueKind.True or JsonValueKind.False) return node.Kind == JsonValueKind.True;
        reading.Say(node, $"\"{name}\" must be true or false, not {node.InWords}");
        return false;
    }

    /// <summary>A number in a range, both ends included.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (this[name] is not { } node) return null;
        if (node.Kind != JsonValueKind.Number) reading.Say(node, $"\"{name}\" must be a number, not {node.InWords}");
        else if (!reading.Element(node).TryGetDecimal(out var number) || number < least || number > most)
            reading.Say(
                node, string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be from {least} to {most}"));
        else return number;
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (Number(name, least, most) is not { } number) return null;
        if (number == decimal.Truncate(number)) return (int)number;
        reading.Say(this[name]!, $"\"{name}\" must be a whole number");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text(name) is not { } word) return null;
        if (words.TryGetValue(word, out var meaning)) return meaning;
        reading.Unknown(this[name]!, name, word, words.Keys);
        return null;
    }
}
