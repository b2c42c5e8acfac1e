using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Automation.Marketing.Files;

namespace Automation.Marketing.Journeys;

/// <summary>A shipped journey that a new one may begin as.</summary>
public sealed record JourneyTemplate(string Id, string Text, Journey Journey)
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Its text, under another name.</summary>
    public string Named(string name)
    {
        string Line(string what) => $"\"name\": {JsonSerializer.Serialize(what, Readable)}";
        return Text.Replace(Line(Journey.Name), Line(name), StringComparison.Ordinal);
    }
}

/// <summary>The journeys this product is shipped with, as a shop that changed its own may still begin with
/// them.</summary>
public static class JourneyTemplates
{
    private const string Folder = "journeys/";

    private static readonly Lazy<IReadOnlyList<JourneyTemplate>> Read = new(() =>
    [
        .. typeof(JourneyTemplates).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(Open),
    ]);

    public static IReadOnlyList<JourneyTemplate> All => Read.Value;

    public static JourneyTemplate? Find(string? id) => All.FirstOrDefault(one => one.Id == id);

    private static JourneyTemplate Open(string name)
    {
        using var stream = typeof(JourneyTemplates).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (text, id) = (reader.ReadToEnd(), Path.GetFileNameWithoutExtension(name));
        var (journey, problems) = JourneyReader.Read($"{id}.json", Encoding.UTF8.GetBytes(text), Names.Unchecked);
        return new(id, text, journey ?? throw new InvalidOperationException($"{name}: {string.Join(", ", problems)}"));
    }
}
