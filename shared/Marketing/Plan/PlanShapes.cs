using Automation.Marketing.Files;

namespace Automation.Marketing.Plan;

/// <summary>What <c>plan</c> in shop.json may hold.</summary>
public static class PlanShapes
{
    public static readonly Shape Plan = new(
        "The shop's sending discipline: it holds for marketing, never for order mail.",
        new("caps", "caps", "How many marketing messages a customer gets at most, newsletters counted first."),
        new("newsletterDay", "newsletterDay",
            "keepsBack: on the day of a customer's newsletter journeys keep their marketing back."),
        new(
            "journeysMayStarve",
            "flag",
            "true: newsletters may take every place under a cap, so that journeys never send marketing."),
        new("groups", "groups", "Journeys of which a customer walks only one at a time."),
        new("expires", "period",
            "A marketing message held back longer than this is not sent any more; 7 days where left out."));

    public static readonly Shape Cap = new("At most so many messages within any stretch of time that long.",
        new("messages", "messages", "How many.", Required: true),
        new("per", "period", "Within how long; a day counts 24 hours, a month 30 days.", Required: true));

    public static readonly Shape Group = new("Journeys of which a customer walks only the first of the list.",
        new("name", "text", "As people call it.", Required: true),
        new("journeys", "journeys", "The one with precedence first.", Required: true),
        new("rule", "groupRule",
            "What becomes of the others: they wait until the first is over (wait, also where left out), or do not "
            + "begin, and end where they had begun (refuse)."));
}
