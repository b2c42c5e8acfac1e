using System.Globalization;
using Automation.Marketing.Files;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>Reads the holidays of shop.json.</summary>
internal static class HolidayReader
{
    public static readonly IReadOnlyDictionary<string, bool> Countries =
        new Dictionary<string, bool> { ["japan"] = true, ["none"] = false };

    public static Holidays? Holidays(this Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.Holidays, "holidays") is not { } entries) return null;
        if (entries.Node.Members.Count == 0)
            reading.Say(entries.Node, "\"holidays\" says nothing: leave it out, or say country or closed");
        return new Holidays
        {
            Japan = entries.Word("country", Countries) ?? true,
            Closed = reading.List(entries["closed"], "closed", item => Closing(reading, item)) ?? []
        };
    }

    private static Closing? Closing(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, ShopShapes.Closing, "a closing") is not { } entries) return null;
        if (Day(reading, entries, "from") is not { } from) return null;
        var to = entries.Has("to") ? Day(reading, entries, "to") : from;
        if (to is not { } last) return null;
        if (from.Year is null != last.Year is null) reading.Say(entries["to"]!,
            "\"from\" and \"to\" are both days of one year (2026-08-13), or both of every year (08-13)");
        else if (from.Year is { } year && from.In(year) > last.In(last.Year!.Value))
            reading.Say(entries["to"]!, "\"to\" is before \"from\"");
        return new Closing(entries.Text("name") ?? "", from, last);
    }

    private static ClosingDay? Day(Reading reading, Entries entries, string name)
    {
        if (entries.Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new(day.Year, day.Month, day.Day);
        if (DateOnly.TryParseExact($"2000-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out day)) return new(null, day.Month, day.Day);
        reading.Say(entries[name]!, $"\"{text}\" is not a day; days read \"2026-08-13\", or \"08-13\" for every year");
        return null;
    }
}
