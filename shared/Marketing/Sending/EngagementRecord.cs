using System.Text.Json.Serialization.Metadata;

namespace Automation.Marketing.Sending;

/// <summary>A happening with the reason that was given for it.</summary>
/// <param name="Class">The provider's word for the kind of reason.</param>
public sealed record Mark(DateTimeOffset At, string? Reason, string? Class = null);

/// <summary>A link of a mail (without query) and when it was clicked.</summary>
public sealed record LinkClicks(string Link, DateTimeOffset First, DateTimeOffset Last);

/// <summary>What became of a send (<c>Timeline</c>, <c>g|{send id}</c>): the first time of each happening, whatever the
/// order and however often it was told. Rates and branches look at <see cref="OpenedAt"/> and <see cref="ClickedAt"/>,
/// which are people's.</summary>
public sealed record EngagementRecord
{
    /// <summary>The mail's name.</summary>
    public required string Mail { get; init; }

    /// <summary>What the send was for (<see cref="People.Send.For"/>).</summary>
    public required string For { get; init; }

    public DateTimeOffset? ProcessedAt { get; init; }
    public Mark? Deferred { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Hard.</summary>
    public Mark? Bounced { get; init; }
    public Mark? SoftBounced { get; init; }
    public Mark? Dropped { get; init; }

    /// <summary>By a person, as far as one can tell.</summary>
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? MachineOpenedAt { get; init; }

    /// <summary>Clicks of those who do not call themselves programs; null: none.</summary>
    public IReadOnlyList<LinkClicks>? Links { get; init; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset? ComplainedAt { get; init; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset? UnsubscribedAt { get; init; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset? ResubscribedAt { get; init; }

    /// <summary>The first click of a program that said so.</summary>
    public DateTimeOffset? MachineClickedAt { get; init; }

    /// <summary>The first click of a person, as far as one can tell.</summary>
    public DateTimeOffset? ClickedAt => Links?.Min(Human);

    /// <summary>When it was first heard of; null: never.</summary>
    public DateTimeOffset? At =>
        ((DateTimeOffset?[])[ProcessedAt, Deferred?.At, DeliveredAt, Bounced?.At, SoftBounced?.At, Dropped?.At,
            OpenedAt, MachineOpenedAt,
            Links?.Min(link => link.First), ComplainedAt, UnsubscribedAt, ResubscribedAt, MachineClickedAt]).Min();

    /// <summary>When a person clicked this link; null: nobody but programs did.</summary>
    public DateTimeOffset? Human(LinkClicks link) =>
        !Machines.Clicked(link.Link, link.First, DeliveredAt, Links ?? []) ? link.First
        : !Machines.Clicked(link.Link, link.Last, DeliveredAt, Links ?? []) ? link.Last
        : null;
}

/// <summary>JSON of the rows.</summary>
public static class EngagementJson
{
    public static JsonTypeInfo<EngagementRecord> Record { get; } = RowJson.Options.Of<EngagementRecord>();
}
