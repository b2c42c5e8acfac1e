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
        blanks.RegisterHelper("say", (output, _, arguments) => output.Write(Spoken.Say(Given(arguments))));
        blanks.RegisterHelper("money", (output, _, arguments) => output.Write(Spoken.Money(Given(arguments), Named(arguments), arguments.Length > 2 ? arguments[2] as string : null)));
        blanks.RegisterHelper("date", (output, _, arguments) => output.Write(Spoken.Date(Given(arguments), Named(arguments), arguments.Length > 2 ? arguments[2] as string : null)));
        blanks.RegisterHelper("default", (output, _, arguments) => output.Write(IsMissing(arguments[0]) ? (string)arguments[2]! : Spoken.Say(arguments[0]!)));
        blanks.RegisterHelper("sama", (output, _, arguments) => output.Write($"{Spoken.Say(Given(arguments))} 様"));
        blanks.RegisterHelper("link", (output, _, arguments) => output.Write(Spoken.Link(Spoken.Say(Given(arguments)), Named(arguments))));
        blanks.RegisterHelper("part", (output, _, arguments) => output.Write(Uri.EscapeDataString(Spoken.Say(Given(arguments)))));
        return blanks;
    }

    private static object Given(Arguments arguments) => IsMissing(arguments[0]) ? throw new MissingValueException(Named(arguments)) : arguments[0]!;
    private static string Named(Arguments arguments) => (string)arguments[1]!;
    private static bool IsMissing(object? value) => value is null or UndefinedBindingResult or "";
}

/// <summary>A blank that had to be filled and could not be: the name as written in the mail.</summary>
public sealed class MissingValueException(string name) : Exception($"{name} is not known")
{
    public string Name { get; } = name;
}
