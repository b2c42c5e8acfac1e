using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Steps a customer walks, as the marketer writes them (shop/journeys/{id}.json).</summary>
public sealed record Journey
{
    /// <summary>The file's name without its ending: what others call it by.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name people read.</summary>
    public required string Name { get; init; }
    public required Purpose Purpose { get; init; }
    public required Trigger Trigger { get; init; }
    public Reentry Reentry { get; init; } = Reentry.Never;
    public Per Per { get; init; } = Per.Customer;
    public IReadOnlyList<EventMatch> LeaveOn { get; init; } = [];

    /// <summary>It ends as soon as this is found to hold; null: never for that.</summary>
    public Condition? LeaveWhen { get; init; }

    /// <summary>When it starts anybody; null: always.</summary>
    public Active? Active { get; init; }
    public Goal? Goal { get; init; }

    /// <summary>Days and hours in which its mails may go out; null: any time.</summary>
    public Window? Window { get; init; }
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Does it start anybody at the moment?</summary>
    public bool IsActive(DateTimeOffset moment, TimeZoneInfo shop) =>
        Active is not { } active || active.Includes(Zones.Day(moment, shop));
}

/// <summary>An event, narrowed by a condition.</summary>
public sealed record EventMatch(string Event, Condition? Where = null);

/// <summary>What the journey is for: counted when it happens within the period after the start.</summary>
public sealed record Goal(string Event, Period Within, Condition? Where = null);

/// <summary>May a customer who was here come again?</summary>
public abstract record Reentry
{
    public static readonly Reentry Never = new NeverAgain();
    public static readonly Reentry Always = new AsSoonAsLeft();

    public sealed record NeverAgain : Reentry;

    /// <summary>Whenever the customer is not in it just now.</summary>
    public sealed record AsSoonAsLeft : Reentry;

    /// <summary>A period after the last start, and not in it just now.</summary>
    public sealed record AfterPeriod(Period After) : Reentry;

    private Reentry() { }
}
