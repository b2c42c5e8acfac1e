using System.Globalization;
using Automation.Marketing.Journeys;

namespace Automation.Marketing.Insights;

/// <summary>Which mail of a journey is the thank-you: one that goes out at once. Pure.</summary>
public static class Thanks
{
    /// <summary>Nothing on the way to the step waits, and no window or quiet hour holds it back.</summary>
    public static bool IsAtOnce(Journey journey, string cursor)
    {
        if (journey.Window is not null || journey.Purpose == Purpose.Marketing) return false;
        var (steps, way) = (journey.Steps, cursor.Split('/'));
        for (var at = 0; at < way.Length;)
        {
            if (!int.TryParse(way[at], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= steps.Count) return false;
            if (Steps.All(steps.Take(index)).Any(step => step is Step.Wait or Step.WaitFor)) return false;
            if (at == way.Length - 1) return true;
            at += steps[index] is Step.Split ? 3 : 2;
            var nested = steps[index] switch
            {
                Step.Branch branch => way[at - 1] == "then" ? branch.Then : branch.Else,
                Step.Split split => split.Arms.FirstOrDefault(arm => arm.Name == way.ElementAtOrDefault(at - 1))?.Steps,
                _ => null,
            };
            if (nested is null) return false;
            steps = nested;
        }
        return false;
    }
}
