using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>A walk in a list: who, where, since when.</summary>
public sealed record EnrollmentSummary
{
    public required string Id { get; init; }
    public required CustomerId Customer { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>The step they are at, e.g. <c>2/then/0</c>.</summary>
    public required string Cursor { get; init; }

    /// <summary>When they came there.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when they wait there, as long as they walk.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Null: they still walk.</summary>
    public Outcome? Outcome { get; init; }
    public string? Because { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? GoalAt { get; init; }

    public static EnrollmentSummary Of(Enrollment enrollment) => new()
    {
        Id = enrollment.Id.ToString(),
        Customer = enrollment.Id.Customer,
        Version = enrollment.Version,
        StartedAt = enrollment.StartedAt,
        StartedBy = $"{enrollment.Trigger.Type} {enrollment.Trigger.Id}",
        Cursor = enrollment.Walk.Cursor,
        Since = enrollment.Walk.Since,
        Until = enrollment.IsLive ? enrollment.Walk.HeldUntil ?? enrollment.Until : null,
        Outcome = enrollment.Outcome,
        Because = enrollment.Because,
        EndedAt = enrollment.EndedAt,
        GoalAt = enrollment.GoalAt,
    };
}
