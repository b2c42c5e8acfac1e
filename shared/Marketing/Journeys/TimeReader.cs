using Automation.Marketing.Files;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Reads windows and moments to wait for.</summary>
public static class TimeReader
{
    public static readonly IReadOnlyDictionary<string, IfMissing> Missings = Reads.Words<IfMissing>();

    public static Window? Window(this Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, JourneyShapes.Window, "a window") is not { } entries) return null;
        var window = new Window(reading.Weekdays(entries["days"], "days"), entries.Time("from"), entries.Time("to"));
        if (entries.Node.Members.Count == 0) reading.Say(entries.Node, "this window is always open: leave it out");
        else if (window.From is { } from && window.From == window.To) reading.Say(entries["to"]!,
            $"from {from:HH\\:mm} to {from:HH\\:mm} is not a time at all; for whole days leave both out");
        return window;
    }

    public static WaitUntil? Until(this Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, JourneyShapes.Until, "until") is not { } entries) return null;
        var until = new WaitUntil
        {
            Days = reading.Weekdays(entries["days"], "days"),
            At = entries.Time("at"),
            Field = Field(reading, entries["field"]),
            Offset = entries.Period("offset"),
            Before = entries.Flag("before"),
            Yearly = entries.Flag("yearly"),
            Missing = entries.Word("missing", Missings)
        };
        if (entries.Has("field"))
        {
            if (entries.Has("days"))
                reading.Say(entries["days"]!, "\"days\" and \"field\" are two different moments: choose one");
            if (until.Before && !entries.Has("offset"))
                reading.Say(entries["before"]!, "\"before\" needs \"offset\": how long before?");
        }
        else
        {
            foreach (var name in (string[])["offset", "before", "yearly", "missing"])
                if (entries[name] is { } stray) reading.Say(stray, $"\"{name}\" belongs to a \"field\"");
            if (!entries.Has("at"))
                reading.Say(entries.Node, "until needs \"at\": the time of day (or \"field\": a date)");
        }
        return until;
    }

    /// <summary>As long as a field says.</summary>
    public static WaitLength? Length(this Reading reading, Node? node, string? eventType)
    {
        if (Entries.Of(reading, node, JourneyShapes.Length, "for") is not { } entries) return null;
        var field = PeriodField(reading, entries["field"], eventType);
        var length = new WaitLength(
            field ?? "", entries.Number("factor", 0.01m, 100) ?? 1, entries.Period("offset"), entries.Flag("before"))
        { Missing = entries.Word("missing", Missings) };
        if (length.Before && !entries.Has("offset"))
            reading.Say(entries["before"]!, "\"before\" needs \"offset\": how much shorter?");
        return field is null ? null : length;
    }

    private static string? PeriodField(Reading reading, Node? node, string? eventType)
    {
        if (reading.Text(node, "field") is not { } name) return null;
        var shop = reading.Known.Shop;
        if (shop is null) return name;
        if (Fields.Find(name, shop, eventType) is not { } field)
            reading.Unknown(node!, "field", name,
                Fields.Of(shop, eventType).Where(CountsDays).Select(each => each.Name));
        else if (!CountsDays(field))
            reading.Say(node!, $"{name} is {Operands.InWords(field.Type)}, and no number of days to wait for",
                Nearest.To(name, Fields.All.Where(each => each.IsPeriod).Select(each => each.Name)));
        else return name;
        return null;
    }

    /// <summary>A number that the shop itself declares may be one of days.</summary>
    private static bool CountsDays(Field field) => field.IsPeriod
        || field.Type == FieldType.Number && !Fields.TryFind(field.Name, out _);

    internal static string? Field(Reading reading, Node? node)
    {
        if (reading.Text(node, "field") is not { } name) return null;
        var shop = reading.Known.Shop;
        if (shop is null && name.StartsWith(Fields.AttributePrefix, StringComparison.Ordinal)) return name;
        if (Fields.Find(name, shop) is not { } field)
            reading.Unknown(node!, "field", name, (shop is null ? Fields.All : Fields.Of(shop))
                .Where(each => each.Type == FieldType.Time).Select(each => each.Name));
        else if (field.Type != FieldType.Time)
            reading.Say(node!, $"{name} is {Operands.InWords(field.Type)}, not a time");
        else return name;
        return null;
    }
}
