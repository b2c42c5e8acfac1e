using System.Globalization;
using Automation.Marketing.Journeys;

namespace Automation.Marketing.Insights;

/// <summary>Who is compared with whom: those whom the journey's split held out, and those it let walk on. Who left
/// before they came to the split is in neither group, whichever arm was theirs. Pure.</summary>
public static class ControlGroup
{
    public const string Held = "held", Walked = "walked";

    /// <summary>Null: in neither group, or the journey's control group is not at its outermost level.</summary>
    public static string? Of(Enrollment walk, Journey? journey)
    {
        if (journey is null || Split(journey) is not { } split) return null;
        var top = walk.Walk.Cursor.Split('/');
        if (!int.TryParse(top[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return null;
        if (walk.Outcome == Outcome.Holdout) return at == split && top.Length == 1 ? Held : null;
        return at > split || at == split && top.Length > 1 ? Walked : null;
    }

    /// <summary>The number of the first outermost step that holds people out.</summary>
    public static int? Split(Journey journey)
    {
        for (var n = 0; n < journey.Steps.Count; n++)
            if (journey.Steps[n] is Step.Split split && split.Arms.Any(arm => arm.Holdout)) return n;
        return null;
    }
}
