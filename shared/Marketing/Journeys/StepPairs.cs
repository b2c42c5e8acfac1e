namespace Automation.Marketing.Journeys;

/// <summary>Which step of a version is which of another: those that are the same, and those that took their place.
/// Pure.</summary>
public static class StepPairs
{
    /// <summary>By cursors, old to new; a step of the old version that has none is gone.</summary>
    public static IReadOnlyDictionary<string, string> Of(Journey old, Journey now)
    {
        var (before, after) = (PlacedSteps.Of(old), PlacedSteps.Of(now));
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var (i, j) = (0, 0);
        foreach (var (left, right) in LongestCommon.Of(
            [.. before.Select(step => step.Signature)], [.. after.Select(step => step.Signature)]))
        {
            Alike(before, i, left, after, j, right, pairs);
            if (left < before.Count) pairs[before[left].Cursor] = after[right].Cursor;
            (i, j) = (left + 1, right + 1);
        }
        return pairs;
    }

    /// <summary>Between two that are the same, steps of one kind that were changed (a wait of 10 days for one of 14),
    /// in order.</summary>
    private static void Alike(
        IReadOnlyList<PlacedStep> before, int from, int to, IReadOnlyList<PlacedStep> after, int begin, int end,
        Dictionary<string, string> pairs)
    {
        for (var i = from; i < to; i++)
            for (var j = begin; j < end; j++)
                if (before[i].Step.GetType() == after[j].Step.GetType())
                {
                    pairs[before[i].Cursor] = after[j].Cursor;
                    begin = j + 1;
                    break;
                }
    }
}
