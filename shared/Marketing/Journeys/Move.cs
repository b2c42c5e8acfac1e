namespace Automation.Marketing.Journeys;

/// <summary>Where an enrollment is: the step to do or wait in (<c>2/then/0</c>), and since when.</summary>
public sealed record Walk(string Cursor, DateTimeOffset Since)
{
    /// <summary>Since when the send at the cursor is held back; null: it is not.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Until when, as things stood when it was asked last; null: it is not, or by a provider that is asked
    /// again soon.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Since when the walk stands still behind another journey of its group; null: it does not.</summary>
    public DateTimeOffset? BehindSince { get; init; }

    /// <summary>As if the time of standing still had not been.</summary>
    public Walk GoingOn(DateTimeOffset now) =>
        BehindSince is { } since ? this with { Since = Since + (now - since), BehindSince = null } : this;

    /// <summary>Moments that have not come were noted while the clock was ahead: they are cut to now. What was held
    /// back until then is asked again.</summary>
    public Walk CutTo(DateTimeOffset now) => !IsAhead(now) ? this : this with
    {
        Since = Cut(Since, now),
        HeldSince = HeldSince is { } held ? Cut(held, now) : null,
        BehindSince = BehindSince is { } behind ? Cut(behind, now) : null,
    };

    /// <summary>Does it stand where it stands since a moment that has not come?</summary>
    public bool IsAhead(DateTimeOffset now) =>
        ClockJumps.IsAhead(Since, now) || HeldSince is { } held && ClockJumps.IsAhead(held, now)
        || BehindSince is { } behind && ClockJumps.IsAhead(behind, now);

    private static DateTimeOffset Cut(DateTimeOffset moment, DateTimeOffset now) =>
        ClockJumps.IsAhead(moment, now) ? now : moment;

    public static Walk Begin(DateTimeOffset now) => new("0", now);
}

/// <summary>What to do next. <see cref="At"/> is where the walk then stands; <see cref="Decisions"/> say in words what
/// was decided on the way there.</summary>
public abstract record Move(Walk At, IReadOnlyList<string> Decisions)
{
    /// <summary>Carry out a send, update, call or start; afterwards go on from the step after it.</summary>
    public sealed record Act(Walk At, Step Step, IReadOnlyList<string> Decisions) : Move(At, Decisions);

    /// <summary>Nothing to do before <paramref name="Until"/> (a wait, a waitFor's limit, a window that is
    /// closed).</summary>
    public sealed record Pause(Walk At, DateTimeOffset Until, IReadOnlyList<string> Decisions) : Move(At, Decisions);

    /// <summary>The walk is over.</summary>
    public sealed record Finish(
        Walk At, Outcome Outcome, string? Because, IReadOnlyList<string> Decisions) : Move(At, Decisions);
}

/// <summary>How an enrollment ended.</summary>
public enum Outcome { Completed, Left, Holdout, Failed }
