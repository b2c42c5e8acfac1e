using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Intake;

/// <summary>What somebody changes about a customer: attributes (null takes one away), tags, language, time zone. Name,
/// addresses and orders are the sources' to say, consent has its own way.</summary>
public sealed partial record CustomerPatch
{
    public static readonly Shape Shape = new("A customer's changes.",
        new("attributes", "attributes", "Attributes to set; null clears one."),
        new("tags", "texts", "All tags from now on."),
        new("addTags", "texts", "Tags to add."),
        new("removeTags", "texts", "Tags to take away."),
        new("language", "language", "BCP 47; null: not known."),
        new("timeZone", "timeZone", "IANA; null: the shop's."));

    public IReadOnlyDictionary<string, JsonElement> Attributes { get; private init; } =
        new Dictionary<string, JsonElement>();

    /// <summary>Null: they stay.</summary>
    public IReadOnlyList<string>? Tags { get; private init; }
    public IReadOnlyList<string> AddTags { get; private init; } = [];
    public IReadOnlyList<string> RemoveTags { get; private init; } = [];

    /// <summary>Of one entry: what it is to be; null: it stays.</summary>
    public IReadOnlyList<string?>? Language { get; private init; }

    /// <inheritdoc cref="Language"/>
    public IReadOnlyList<string?>? TimeZone { get; private init; }

    private CustomerPatch() { }

    /// <summary>The changes of a body, or what is wrong with it, each mistake with its place.</summary>
    public static (CustomerPatch? Patch, IReadOnlyList<Problem> Problems) Read(
        ReadOnlySpan<byte> json, ShopSettings shop)
    {
        var reading = new Reading("customer", json, new Names { Shop = shop });
        var root = reading.Parse();
        if (root?.Members.FirstOrDefault(member => member.Name == "consent") is { } consent)
        {
            reading.Say(consent.At, "consent is told by PUT /api/customers/{id}/consent, with its evidence");
            return (null, reading.Problems);
        }
        if (Entries.Of(reading, root, Shape, "the change") is not { } entries) return (null, reading.Problems);
        if (entries.Has("tags") && (entries.Has("addTags") || entries.Has("removeTags")))
            reading.Say(entries["tags"]!, "either \"tags\" (all of them) or \"addTags\" and \"removeTags\"");
        if (root!.Members.Count == 0) reading.Say(root, "this changes nothing");
        var patch = new CustomerPatch
        {
            Attributes = Kept(
                reading.Attributes(entries["attributes"], "attributes", mayClear: true), shop),
            Tags = entries["tags"] is { Kind: JsonValueKind.Array, Items.Count: 0 } ? [] : Tagged(entries, "tags"),
            AddTags = Tagged(entries, "addTags") ?? [],
            RemoveTags = Tagged(entries, "removeTags") ?? [],
            Language = One(reading, entries, "language", text => LanguageTag().IsMatch(text),
                "is not a language; languages read \"ja\", \"en-GB\""),
            TimeZone = One(reading, entries, "timeZone", text => Zones.Find(text) is not null,
                "is not an IANA time zone; zones read \"Asia/Tokyo\""),
        };
        return (reading.Failed ? null : patch, reading.Problems);
    }

    /// <summary>The customer with the changes; the same again changes nothing more. Pure.</summary>
    public Customer Apply(Customer customer)
    {
        return customer.Having(Attributes) with
        {
            Tags = Tags ?? [.. customer.Tags.Except(RemoveTags).Union(AddTags)],
            Language = Language is [var language] ? language : customer.Language,
            TimeZone = TimeZone is [var zone] ? zone : customer.TimeZone,
        };
    }

    /// <summary>As they are kept: texts on one line, dates in one form. What is of another type was said.</summary>
    private static Dictionary<string, JsonElement> Kept(
        IReadOnlyDictionary<string, JsonElement>? attributes, ShopSettings shop)
    {
        var kept = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in attributes ?? kept)
            if (value.ValueKind is JsonValueKind.Null) kept[name] = value;
            else if (shop.Attributes.TryGetValue(name, out var type)
                && TypedValues.Of(value, type, shop) is { } fitting) kept[name] = fitting;
        return kept;
    }

    private static IReadOnlyList<string>? Tagged(Entries entries, string name) =>
        entries.Texts(name) is { } tags
            ? [.. tags.Select(tag => Wording.Title(tag)).OfType<string>().Distinct()]
            : null;

    private static IReadOnlyList<string?>? One(
        Reading reading, Entries entries, string name, Func<string, bool> fits, string otherwise)
    {
        if (entries[name] is not { } node) return null;
        if (node.Kind is JsonValueKind.Null) return [null];
        if (entries.Text(name) is not { } text) return null;
        if (!fits(text)) reading.Say(node, $"\"{text}\" {otherwise}");
        return [text];
    }

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] private static partial Regex LanguageTag();
}
