using System.Text.Json;
using Automation.Marketing.Files;

namespace Automation.Marketing.Journeys;

/// <summary>Reads the arms of a split.</summary>
internal sealed class SplitReader(Reading reading, StepReader steps)
{
    public IReadOnlyList<Arm> Arms(Node? node)
    {
        var arms = reading.List(node, "arms", Arm) ?? [];
        if (node is not { Kind: JsonValueKind.Array } || arms.Count == 0 || arms.Count != node.Items.Count) return arms;
        if (arms.Count == 1) reading.Say(node, "a split needs at least two arms");
        if (arms.All(arm => arm.Percent > 0) && arms.Sum(arm => arm.Percent) is var sum and not 100)
            reading.Say(node, $"the arms' percents add up to {sum}, not 100");
        if (arms.Count(arm => arm.Holdout) > 1) reading.Say(node, "a split has at most one holdout arm");
        for (var i = 1; i < arms.Count; i++)
            if (arms.Take(i).Any(arm => arm.Name == arms[i].Name))
                reading.Say(node.Items[i], $"there is already an arm \"{arms[i].Name}\" in this split");
        return arms;
    }

    private Arm? Arm(Node node)
    {
        if (Entries.Of(reading, node, JourneyShapes.Arm, "an arm") is not { } entries) return null;
        var (name, percent, holdout) =
            (entries.Text("name"), entries.Whole("percent", 1, 100), entries.Flag("holdout"));
        var arm = new Arm(name ?? "", percent ?? 0, steps.Steps(entries["steps"], "steps"), holdout);
        if (name is not null && !name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'))
            reading.Say(
                entries["name"]!, $"an arm's name is made of letters, digits, hyphens and underscores, not \"{name}\"");
        if (holdout && entries.Has("steps")) reading.Say(entries["steps"]!, "a holdout gets nothing: it has no steps");
        if (!holdout && !entries.Has("steps")) reading.Say(node, "an arm needs \"steps\" (or \"holdout\": true)");
        return arm;
    }
}
