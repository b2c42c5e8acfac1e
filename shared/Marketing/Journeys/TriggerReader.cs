using Automation.Marketing.Files;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Reads what starts a journey, and whom it is walked for.</summary>
internal static class TriggerReader
{
    private static readonly string[] Kinds = ["event", "date", "becomes"];

    /// <summary>Belongs to a date.</summary>
    private static readonly string[] OfDates = ["yearly", "offset", "before", "at"];

    public static Trigger? Trigger(this Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, JourneyShapes.Trigger, "the trigger") is not { } entries) return null;
        var kinds = Kinds.Where(entries.Has).ToList();
        if (kinds.Count == 0)
            reading.Say(entries.Node, "the trigger needs \"event\", \"date\" or \"becomes\": what starts the journey?");
        foreach (var more in kinds.Skip(1))
            reading.Say(entries[more]!, $"\"{kinds[0]}\" and \"{more}\" are two different triggers: choose one");
        if (!entries.Has("date"))
            foreach (var name in OfDates)
                if (entries[name] is { } stray) reading.Say(stray, $"\"{name}\" belongs to a \"date\"");
        return kinds.FirstOrDefault() switch
        {
            "date" => Dated(reading, entries),
            "becomes" => Becomes(reading, entries),
            _ => On(reading, entries),
        };
    }

    private static Journeys.Trigger.On? On(Reading reading, Entries entries)
    {
        var events = reading.Events(entries["event"]);
        var where = reading.Condition(
            entries["where"], events is null ? [Scope.On(null, null)] : Scopes.Within(new Journeys.Trigger.On(events)));
        return events is null ? null : new Journeys.Trigger.On(events, where);
    }

    private static Journeys.Trigger.Dated? Dated(Reading reading, Entries entries)
    {
        var field = TimeReader.Field(reading, entries["date"]);
        if (field is not null && !field.StartsWith("customer.", StringComparison.Ordinal))
        {
            reading.Say(entries["date"]!, $"{field} is no date of the customer's: nothing has happened yet");
            field = null;
        }
        var when = new WaitUntil
        {
            Days = null,
            At = entries.Time("at"),
            Field = field,
            Offset = entries.Period("offset"),
            Before = entries.Flag("before"),
            Yearly = entries.Flag("yearly"),
        };
        if (when.Before && !entries.Has("offset"))
            reading.Say(entries["before"]!, "\"before\" needs \"offset\": how long before?");
        var where = reading.Condition(entries["where"], Scope.Customer);
        return field is null ? null : new(when, where);
    }

    private static Journeys.Trigger.Becomes? Becomes(Reading reading, Entries entries)
    {
        if (entries["where"] is { } where)
            reading.Say(where, "what \"becomes\" has no \"where\": put it into the condition");
        return reading.Condition(entries["becomes"], Scope.Customer) is { } condition ? new(condition) : null;
    }

    public static Per Per(this Reading reading, Node? node, Trigger? trigger)
    {
        if (reading.Text(node, "per") is not { } word || word == "customer") return Journeys.Per.Customer;
        if (word == "order")
        {
            foreach (var name in Events(trigger))
                if (People.EventTypes.All.Contains(name) && !Journeys.Trigger.IsOfAnOrder(name))
                    reading.Say(node!, $"{name} is not about an order, so the journey cannot be walked per order");
            if (trigger is Journeys.Trigger.Dated or Journeys.Trigger.Becomes)
                reading.Say(node!, "no order starts it, so the journey cannot be walked per order");
            return Journeys.Per.Order;
        }
        if (!word.StartsWith(Fields.EventPrefix, StringComparison.Ordinal))
            reading.Say(node!, $"unknown per \"{word}\"; it is \"customer\", \"order\" or a field of the event",
                Time.Nearest.To(word, ["customer", "order"]));
        else if (trigger is Journeys.Trigger.Dated or Journeys.Trigger.Becomes)
            reading.Say(node!, $"no event starts it, so there is no {word} to walk it for");
        else if (reading.Known.Shop is { } shop)
            foreach (var name in Events(trigger)) Check(reading, node!, word, name, shop);
        return new Per.EachValue(word);
    }

    private static void Check(Reading reading, Node node, string word, string type, Shop.ShopSettings shop)
    {
        if (Fields.Find(word, shop, type) is not { } field)
            reading.Unknown(node, $"field of {type}", word,
                EventFields.Of(shop, type).Where(IsName).Select(each => each.Name));
        else if (!IsName(field))
            reading.Say(node, $"{word} is {Operands.InWords(field.Type)}, which names nothing to walk it for");
    }

    private static bool IsName(Field field) => field.Type is FieldType.Text or FieldType.Number;

    private static IReadOnlyList<string> Events(Trigger? trigger) => (trigger as Journeys.Trigger.On)?.Events.All ?? [];

    public static Active? Active(this Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, JourneyShapes.Active, "active") is not { } entries) return null;
        var active = new Active(entries.Date("from"), entries.Date("until"));
        if (entries.Node.Members.Count == 0) reading.Say(entries.Node, "this is always: leave \"active\" out");
        else if (active.Until < active.From)
            reading.Say(entries["until"]!, $"it ends on {active.Until:yyyy-MM-dd}, before it begins");
        return active;
    }
}
