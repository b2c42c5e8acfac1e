namespace Automation.Marketing.Journeys;

/// <summary>Journeys that start each other for ever without letting any time pass.</summary>
public static class Loops
{
    /// <summary>The journeys this one may start at the very moment it begins: no certain wait comes before.</summary>
    public static IReadOnlySet<string> StartsWithoutWaiting(Journey journey)
    {
        var found = new HashSet<string>();
        PassesAtOnce(journey.Steps, found);
        return found;
    }

    /// <summary>Every journey on a circle of starts without a wait.</summary>
    public static IReadOnlySet<string> Find(IEnumerable<Journey> journeys)
    {
        var starts = journeys.ToDictionary(journey => journey.Id, StartsWithoutWaiting);
        return starts.Keys.Where(id => Reaches(id, id, [])).ToHashSet();

        bool Reaches(string from, string to, HashSet<string> seen) =>
            starts.TryGetValue(from, out var next)
            && next.Any(id => id == to || (seen.Add(id) && Reaches(id, to, seen)));
    }

    /// <summary>Can a walk come out at the end of the steps without having waited? A date may be past, and what is
    /// waited for may have happened: neither is a certain wait. The next anniversary of a date always lies
    /// ahead.</summary>
    private static bool PassesAtOnce(IReadOnlyList<Step> steps, HashSet<string> found)
    {
        foreach (var step in steps)
        {
            var passes = step switch
            {
                Step.Wait { Until: { Field: not null } until } => !until.Yearly || until.Missing == IfMissing.Continue,
                // What a field says may be nothing at all.
                Step.Wait { Length: not null } => true,
                Step.Wait => false,
                Step.Leave => false,
                Step.WaitFor waitFor => PassesAtOnce(waitFor.Then ?? [], found),
                Step.Branch branch => PassesAtOnce(branch.Then, found) | PassesAtOnce(branch.Else ?? [], found),
                Step.Split split => split.Arms.Where(arm => !arm.Holdout)
                    .Select(arm => PassesAtOnce(arm.Steps ?? [], found)).ToList().Contains(true),
                Step.Start start => found.Add(start.Journey) || true,
                _ => true,
            };
            if (!passes) return false;
        }
        return true;
    }
}
