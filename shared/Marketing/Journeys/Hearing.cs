namespace Automation.Marketing.Journeys;

/// <summary>What an event means to an enrollment. <paramref name="ReachedGoal"/>: it is what the journey was
/// for.</summary>
public abstract record Hearing(bool ReachedGoal)
{
    /// <summary>The journey ends here; <paramref name="Because"/> is the event.</summary>
    public sealed record Leaves(string Because, bool ReachedGoal) : Hearing(ReachedGoal);

    /// <summary>What was waited for; the walk goes on at <paramref name="Into"/>.</summary>
    public sealed record Proceeds(Walk Into, string Decision, bool ReachedGoal) : Hearing(ReachedGoal);

    public sealed record Ignores(bool ReachedGoal) : Hearing(ReachedGoal);
}
