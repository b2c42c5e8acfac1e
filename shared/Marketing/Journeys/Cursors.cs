using System.Globalization;

namespace Automation.Marketing.Journeys;

/// <summary>Places in a journey: the step's number in its list, and for nested lists the way there — <c>2</c>,
/// <c>2/then/0</c>, <c>3/arms/b/1</c>. One past the last step of the journey is its end.</summary>
public static class Cursors
{
    /// <summary>The step at a cursor; null at the end, or where it resolves to nothing (<see cref="Resolves"/> tells
    /// which).</summary>
    public static Step? Find(Journey journey, string cursor) =>
        Resolve(journey, cursor) is { } place && place.Index < place.Steps.Count ? place.Steps[place.Index] : null;

    public static bool Resolves(Journey journey, string cursor) => Resolve(journey, cursor) is not null;

    /// <summary>The first step behind a door (<c>then</c>, <c>else</c>, <c>arms/b</c>) of the step at the
    /// cursor.</summary>
    public static string Into(string cursor, string door) => $"{cursor}/{door}/0";

    /// <summary>Where the walk goes on after the step at the cursor: the next line, or the line after the steps it is
    /// nested in. Null where the cursor resolves to nothing.</summary>
    public static string? After(Journey journey, string cursor)
    {
        while (true)
        {
            if (Resolve(journey, cursor) is not var (steps, index)) return null;
            var slash = cursor.LastIndexOf('/');
            if (slash < 0 || index + 1 < steps.Count)
                return $"{cursor[..(slash + 1)]}"
                    + $"{Math.Min(index + 1, steps.Count).ToString(CultureInfo.InvariantCulture)}";
            cursor = Parent(cursor[..slash]);
        }
    }

    /// <summary><c>3/arms/b</c> and <c>2/then</c> without their door.</summary>
    private static string Parent(string door)
    {
        var slash = door.LastIndexOf('/');
        var parent = door[..slash];
        return parent.EndsWith("/arms", StringComparison.Ordinal) ? parent[..^"/arms".Length] : parent;
    }

    private static (IReadOnlyList<Step> Steps, int Index)? Resolve(Journey journey, string cursor)
    {
        var steps = journey.Steps;
        var rest = cursor.AsSpan();
        while (true)
        {
            var number = Cut(ref rest);
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index > steps.Count) return null;
            if (rest.IsEmpty) return index < steps.Count || steps == journey.Steps ? (steps, index) : null;
            if (index == steps.Count || Behind(steps[index], ref rest) is not { } nested) return null;
            steps = nested;
        }
    }

    private static IReadOnlyList<Step>? Behind(Step step, ref ReadOnlySpan<char> rest)
    {
        var door = Cut(ref rest);
        if (step is Step.Split split && door is "arms")
        {
            var name = Cut(ref rest);
            foreach (var arm in split.Arms)
                if (name.SequenceEqual(arm.Name)) return arm.Steps;
            return null;
        }
        return step switch
        {
            Step.Branch branch => door is "then" ? branch.Then : door is "else" ? branch.Else : null,
            Step.WaitFor waitFor => door is "then" ? waitFor.Then : door is "else" ? waitFor.Else : null,
            _ => null,
        };
    }

    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var part = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return part;
    }
}
