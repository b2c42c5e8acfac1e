using Automation.Marketing.Files;

namespace Automation.Marketing.Mails;

/// <summary>
/// What the helpers of a page make of a value. Each throws <see cref="MissingValueException"/> rather than write nothing.
/// </summary>
public static class Blanks
{
    /// <summary>A value as a helper writes it, before any escaping.</summary>
    /// <exception cref="MissingValueException">It is not known, or of no use here.</exception>
    public static string Shape(string helper, object? value, string name, string? argument)
    {
        if (value is null or "") return helper == "default" ? argument! : throw new MissingValueException(name);
        return helper switch
        {
            "money" => Spoken.Money(value, name, argument),
            "date" => Spoken.Date(value, name, argument),
            "sama" => $"{Spoken.Say(value)} 様",
            "link" => Spoken.Link(Spoken.Say(value), name),
            "part" => Uri.EscapeDataString(Spoken.Say(value)),
            _ => Spoken.Say(value),
        };
    }
}

/// <summary>A blank that had to be filled and could not be: the name as written in the mail.</summary>
public sealed class MissingValueException(string name) : Exception($"{name} is not known")
{
    public string Name { get; } = name;
}
