using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;

namespace Automation.Marketing.Mails;

/// <summary>
/// Handlebars as mails use it: it sees only the plain dictionaries of <see cref="MailModel"/>, has no partials and these filters, each of
/// which throws <see cref="MissingValueException"/> rather than write nothing. HTML is escaped; the text environment writes as is.
/// </summary>
public static class Blanks
{
    private static readonly IHandlebars HtmlBlanks = Environment(html: true);
    private static readonly IHandlebars TextBlanks = Environment(html: false);

    public static HandlebarsTemplate<object, object> Html(string template) => HtmlBlanks.Compile(template);
    public static HandlebarsTemplate<object, object> Text(string template) => TextBlanks.Compile(template);

    private static IHandlebars Environment(bool html)
    {
        var blanks = Handlebars.Create(new HandlebarsConfiguration { NoEscape = !html, TextEncoder = new HtmlEncoder(), FormatProvider = CultureInfo.InvariantCulture });
        foreach (var word in (string[])["say", "money", "date", "default", "sama", "link", "part"])
            blanks.RegisterHelper(word, (output, _, arguments) => output.Write(Shape(word, Known(arguments[0]), (string)arguments[1]!, arguments.Length > 2 ? arguments[2] as string : null)));
        return blanks;
    }

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

    private static object? Known(object? value) => value is UndefinedBindingResult ? null : value;
}

/// <summary>A blank that had to be filled and could not be: the name as written in the mail.</summary>
public sealed class MissingValueException(string name) : Exception($"{name} is not known")
{
    public string Name { get; } = name;
}
