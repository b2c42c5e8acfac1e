using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Automation.Functions.OpenApi;

/// <summary>What the source says of its types and functions, from the documentation files beside the program.</summary>
public sealed partial class Summaries
{
    private readonly Dictionary<Assembly, IReadOnlyDictionary<string, string>> read = [];

    /// <summary>The function's own words, or its class's; null: they were not published.</summary>
    public string? Of(MethodInfo function) =>
        Words(function.DeclaringType!.Assembly)
            .FirstOrDefault(one => one.Key.StartsWith(
                $"M:{function.DeclaringType}.{function.Name}(", StringComparison.Ordinal))
            .Value ?? Of(function.DeclaringType!);

    public string? Of(Type type) => Words(type.Assembly).GetValueOrDefault($"T:{type}");

    private IReadOnlyDictionary<string, string> Words(Assembly assembly)
    {
        if (read.TryGetValue(assembly, out var known)) return known;
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return read[assembly] =
            !File.Exists(file) ? new Dictionary<string, string>() : XDocument.Load(file).Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(
                    member => member.Attribute("name")!.Value,
                    member => Spaces().Replace(Text(member.Element("summary")!), " ").Trim());
    }

    /// <summary>A reference is the last part of its name.</summary>
    private static string Text(XElement summary) => string.Concat(summary.Nodes().Select(node => node switch
    {
        XElement element when element.Attribute("cref") is { } named => named.Value.Split('.')[^1],
        XElement element => element.Value,
        _ => $"{node}",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
