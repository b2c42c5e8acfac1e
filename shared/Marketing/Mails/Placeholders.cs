namespace Automation.Marketing.Mails;

/// <summary>What the helpers of a page make of a value. Each throws <see cref="MissingValueException"/> rather than
/// write nothing.</summary>
public static class Placeholders
{
    /// <summary>A value as a helper writes it, before any escaping.</summary>
    /// <param name="argument">Of <c>default</c>, <c>link</c> and <c>part</c>: what stands for a value that is not
    /// known; of the others how it is written.</param>
    /// <exception cref="MissingValueException">It is not known, or of no use here.</exception>
    public static string Shape(string helper, object? value, string name, string? argument)
    {
        if (value is null or "")
            value = helper is "default" or "link" or "part" && argument is not null
                ? argument : throw new MissingValueException(name);
        return helper switch
        {
            "money" => ValueFormat.Money(value, name, argument),
            "date" => ValueFormat.Date(value, name, argument),
            "day" => ValueFormat.Day(value, name, argument!),
            "told" => value is DateTimeOffset ? ValueFormat.Day(value, name, argument!) : ValueFormat.Say(value),
            "sama" => $"{ValueFormat.Say(value)} 様",
            "link" => ValueFormat.Link(ValueFormat.Say(value), name),
            "part" => Uri.EscapeDataString(ValueFormat.Say(value)),
            _ => ValueFormat.Say(value),
        };
    }
}

/// <summary>A blank that had to be filled and could not be: the name as written in the mail.</summary>
public sealed class MissingValueException(string name) : Exception($"{name} is not known")
{
    public string Name { get; } = name;
}
