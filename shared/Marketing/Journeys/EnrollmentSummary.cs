using System.Text.Json.Serialization;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>A walk in a list: who, where, since when.</summary>
public sealed record EnrollmentSummary([property: JsonIgnore] Enrollment Of)
{
    public string Id => Of.Id.ToString();
    public CustomerId Customer => Of.Id.Customer;
    public int Version => Of.Version;
    public DateTimeOffset StartedAt => Of.StartedAt;
    public string StartedBy => $"{Of.Trigger.Type} {Of.Trigger.Id}";

    /// <summary>The step they are at, e.g. <c>2/then/0</c>.</summary>
    public string Cursor => Of.Walk.Cursor;

    /// <summary>When they came there.</summary>
    public DateTimeOffset Since => Of.Walk.Since;

    /// <summary>Until when they wait there, as long as they walk.</summary>
    public DateTimeOffset? Until => Of.IsLive ? Of.Walk.HeldUntil ?? Of.Until : null;

    /// <summary>Null: they still walk.</summary>
    public Outcome? Outcome => Of.Outcome;
    public string? Because => Of.Because;
    public DateTimeOffset? EndedAt => Of.EndedAt;
    public DateTimeOffset? GoalAt => Of.GoalAt;
}
