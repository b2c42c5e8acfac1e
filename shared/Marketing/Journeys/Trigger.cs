using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What starts a journey.</summary>
/// <param name="Where">Only then; null: always.</param>
public abstract record Trigger(Condition? Where)
{
    /// <summary>Something happens to the customer.</summary>
    public sealed record On(EventNames Events, Condition? Where = null) : Trigger(Where);

    /// <summary>A date of the customer's is reached, each on their own day (<see cref="Occurrences"/>).</summary>
    public sealed record Dated(WaitUntil When, Condition? Where = null) : Trigger(Where);

    /// <summary>The condition holds and did not before (<see cref="Becoming"/>).</summary>
    public sealed record Becomes(Condition If) : Trigger((Condition?)null);

    /// <summary>May it start somebody to whom nothing happens, by a day having passed?</summary>
    public bool ComesByNight => this is Dated or Becomes;

    /// <summary>Do all walks begin with an order?</summary>
    public bool IsOfOrder => this is On { Events.All: var events } && events.All(IsOfAnOrder);

    /// <summary>What it is called in a list: the events, the date, or the condition.</summary>
    public string InWords => this switch
    {
        On on => on.Events.ToString(),
        Dated dated => dated.When.Field!,
        Becomes becomes => $"becomes {Conditions.InWords(becomes.If)}",
        _ => throw new InvalidOperationException($"No words for {GetType().Name}."),
    };

    /// <summary>What the event is called that begins a walk by somebody's hand.</summary>
    public string FirstEvent => this switch
    {
        On on => on.Events.All[0],
        Dated => EventTypes.DateReached,
        _ => EventTypes.Became,
    };

    internal static bool IsOfAnOrder(string type) => type.StartsWith("order.", StringComparison.Ordinal);
}

/// <summary>From when until when a journey starts anybody; whoever is in it goes on.</summary>
/// <param name="From">On the shop's calendar; null: from ever.</param>
/// <param name="Until">The last day; null: for good.</param>
public sealed record Active(DateOnly? From, DateOnly? Until)
{
    /// <param name="day">On the shop's calendar.</param>
    public bool Includes(DateOnly day) => !(day < From) && !(day > Until);
}
