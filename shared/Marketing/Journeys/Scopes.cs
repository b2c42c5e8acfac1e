using Automation.Marketing.Files;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What the conditions of a journey can look at, by where they stand. Of several events each has to
/// have it.</summary>
internal static class Scopes
{
    /// <summary>In the steps: what began the walk.</summary>
    public static IReadOnlyList<Scope> Within(Trigger? trigger) => trigger switch
    {
        null => [Scope.Anything],
        Trigger.On on => [.. on.Events.All.Select(name => Scope.On(name, name))],
        _ => [Scope.Customer],
    };

    /// <summary>On what happens to a walk.</summary>
    public static IReadOnlyList<Scope> Of(EventNames? events, Trigger? trigger) =>
        events is null || trigger is null
            ? [Scope.On(events?.All is [var only] ? only : null, null)]
            : [.. (from name in events.All
                   from begun in (trigger as Trigger.On)?.Events.All ?? [name]
                   select Scope.On(name, begun)).Distinct()];

    /// <summary>Reads a condition that has to be right in every scope; what is wrong in one is said once.</summary>
    public static Condition? Condition(this Reading reading, Node? node, IReadOnlyList<Scope> scopes)
    {
        Condition? read = null;
        foreach (var scope in scopes)
        {
            var before = reading.Problems.Count;
            read = reading.Condition(node, scope);
            if (reading.Problems.Count > before) break;
        }
        return read;
    }

    /// <summary>One event, or a list of which any will do.</summary>
    public static EventNames? Events(this Reading reading, Node? node)
    {
        if (node is not { Kind: System.Text.Json.JsonValueKind.Array })
            return reading.Event(node) is { } one ? new(one) : null;
        var names = reading.List(node, "event", reading.Event) ?? [];
        foreach (var again in node.Items.Where((item, n) =>
            node.Items.Take(n).Any(earlier => earlier.Text is { } text && text == item.Text)))
            reading.Say(again, $"{again.Text} is here twice");
        return names.Count == 0 ? null : new(names);
    }
}
