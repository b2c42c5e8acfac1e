using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>Reads <c>brand</c> and <c>languages</c> of shop.json: colours that can be read on each other, fonts that
/// cannot end an attribute, pictures that are there.</summary>
internal static partial class BrandReader
{
    /// <summary>A card is 600 pixels wide, with 40 at each side.</summary>
    public const int WidestLogo = 520;

    private static readonly string[] Generic = ["serif", "sans-serif", "monospace", "cursive", "system-ui"];

    /// <summary>The accent of the brand; null: it has none.</summary>
    public static string? Accent(Reading reading, Node? brand) =>
        brand?.Members.FirstOrDefault(member => member.Name == "colors")?.Value is { } colors
            && colors.Members.FirstOrDefault(member => member.Name == "accent")?.Value is { Text: { } accent }
            && Colour.Is(accent) ? accent : null;

    public static Brand Read(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, BrandShapes.Brand, "brand") is not { } entries) return Brand.Plain;
        var brand = Brand.Plain with
        {
            Logo = Logo(reading, entries["logo"]),
            Font = Font(reading, entries) ?? Brand.Plain.Font,
            Footer = Links(reading, entries, "footer") ?? [],
            Social = Links(reading, entries, "social") ?? [],
        };
        return entries["colors"] is { } colors ? Coloured(reading, colors, brand) : brand;
    }

    public static Dictionary<string, ShopLanguage> Languages(Reading reading, Node? node)
    {
        var languages = new Dictionary<string, ShopLanguage>();
        if (node is null) return languages;
        if (node.Kind != System.Text.Json.JsonValueKind.Object)
            reading.Say(node, $"languages must be an object {{ }}, not {node.InWords}");
        foreach (var member in node.Members)
            if (!ShopReader.IsLanguage(member.Name))
                reading.Say(member.At, $"\"{member.Name}\" is not a language; languages read \"en\", \"zh-Hant\"",
                    member.Name.Equals("jp", StringComparison.OrdinalIgnoreCase) ? "ja" : null);
            else if (Entries.Of(reading, member.Value, BrandShapes.Language, "a language") is { } entries)
                languages[member.Name.ToLowerInvariant()] = new ShopLanguage
                {
                    Name = entries.Text("name"),
                    PostalAddress = entries.Text("postalAddress"),
                    OptOut = entries.Text("optOut"),
                    Unsubscribe = entries.Text("unsubscribe"),
                    Contact = entries.Text("contact"),
                    Salutation = ShopReader.Checked(
                        reading, entries, "salutation", text => text.Contains("{name}", StringComparison.Ordinal),
                        "has no {name} in it; salutations read \"Bonjour {name}\""),
                    Somebody = entries.Text("somebody"),
                    Footer = Links(reading, entries, "footer"),
                };
        return languages;
    }

    private static Logo? Logo(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, BrandShapes.Logo, "the logo") is not { } entries) return null;
        var logo = new Logo(
            ShopReader.Picture(reading, entries, "picture") ?? "", ShopReader.Picture(reading, entries, "dark"));
        return logo with { Width = entries.Whole("width", 16, WidestLogo) ?? logo.Width };
    }

    /// <summary>Text and accent are read on the card, the small print on the page around it.</summary>
    private static Brand Coloured(Reading reading, Node node, Brand brand)
    {
        if (Entries.Of(reading, node, BrandShapes.Colors, "colors") is not { } entries) return brand;
        var accent = ShopReader.Color(reading, entries, "accent");
        brand = brand with
        {
            Text = ShopReader.Color(reading, entries, "text") ?? brand.Text,
            Card = ShopReader.Color(reading, entries, "card") ?? brand.Card,
            Page = ShopReader.Color(reading, entries, "page") ?? brand.Page,
        };
        Held("text", brand.Text);
        if (accent is not null) Held("accent", accent);
        return brand with { Quiet = Colour.Readable(brand.Quiet, brand.Page) };

        void Held(string name, string colour)
        {
            if (Colour.IsReadable(colour, brand.Card)) return;
            reading.Say(entries[name] ?? entries["card"]!, FormattableString.Invariant(
                $"{name} {colour} cannot be read on the card {brand.Card}: contrast ")
                + FormattableString.Invariant($"{Colour.Contrast(colour, brand.Card):0.0}, at least ")
                + FormattableString.Invariant($"{Colour.LeastContrast}"), Colour.Readable(colour, brand.Card));
        }
    }

    /// <summary>Names only, the last one of a kind that every reader has; quotes go, CSS does without them.</summary>
    private static string? Font(Reading reading, Entries entries)
    {
        if (entries.Text("font") is not { } text) return null;
        var names = text.Split(',').Select(name => name.Trim().Trim('\'', '"').Trim()).ToList();
        var wrong = names.FirstOrDefault(name => !FontName().IsMatch(name));
        if (wrong is not null)
            reading.Say(entries["font"]!, $"\"{wrong}\" is not the name of a font; fonts read \"Yu Mincho, serif\"");
        else if (!Generic.Contains(names[^1]))
            reading.Say(entries["font"]!, $"the last font is one of {string.Join(", ", Generic)}",
                Nearest.To(names[^1], Generic) is { } near
                    ? string.Join(", ", [.. names[..^1], near]) : $"{text}, sans-serif");
        return string.Join(',', names);
    }

    private static IReadOnlyList<BrandLink>? Links(Reading reading, Entries entries, string name) =>
        reading.List(entries[name], name, item =>
            Entries.Of(reading, item, BrandShapes.Link, "a link") is not { } link ? null
                : new BrandLink(link.Text("words") ?? "", ShopReader.Web(reading, link, "url") ?? ""));

    [GeneratedRegex(@"^-?[\p{L}_][\p{L}\p{N}_-]*( +[\p{L}_][\p{L}\p{N}_-]*)*\z")]
    private static partial Regex FontName();
}
