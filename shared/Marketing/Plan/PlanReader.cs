using Automation.Marketing.Files;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Plan;

/// <summary>Reads <c>plan</c> of shop.json.</summary>
internal static class PlanReader
{
    public static readonly IReadOnlyDictionary<string, GroupRule> Rules = Reads.Words<GroupRule>();
    public static readonly IReadOnlyDictionary<string, bool> NewsletterDays =
        new Dictionary<string, bool> { ["keepsBack"] = true, ["ignored"] = false };

    public static ShopPlan? Read(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, PlanShapes.Plan, "the plan") is not { } entries) return null;
        var plan = new ShopPlan();
        var taken = new Dictionary<string, string>();
        return plan with
        {
            Caps = reading.List(entries["caps"], "caps", item => Cap(reading, item)) ?? [],
            NewsletterDayKeepsBack = entries.Word("newsletterDay", NewsletterDays) ?? false,
            JourneysMayStarve = entries.Flag("journeysMayStarve"),
            Groups = reading.List(entries["groups"], "groups", item => Group(reading, item, taken)) ?? [],
            Expires = entries.Period("expires") ?? plan.Expires,
        };
    }

    private static Cap? Cap(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, PlanShapes.Cap, "a cap") is not { } entries) return null;
        var (messages, per) = (entries.Whole("messages", 1, 1_000), entries.Period("per"));
        return messages is { } count && per is { } period ? new Cap(count, period) : null;
    }

    private static Group? Group(Reading reading, Node item, Dictionary<string, string> taken)
    {
        if (Entries.Of(reading, item, PlanShapes.Group, "a group") is not { } entries) return null;
        var name = entries.Text("name") ?? "";
        var journeys = reading.List(entries["journeys"], "journeys", one =>
        {
            if (reading.Name(one, "journey", reading.Known.Journeys) is not { } journey) return null;
            if (!taken.TryAdd(journey, name)) reading.Say(
                one, $"{journey} is in the group \"{taken[journey]}\" already: a journey is in one group, once");
            return journey;
        });
        return new Group(name, journeys ?? [], entries.Word("rule", Rules) ?? GroupRule.Wait);
    }
}
