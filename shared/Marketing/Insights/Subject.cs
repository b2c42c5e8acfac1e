using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>What became of a send, as far as it is counted.</summary>
public sealed record Engaged
{
    public required string SendId { get; init; }
    public required SendPlace Place { get; init; }
    public required DateTimeOffset? DeliveredAt { get; init; }
    public required bool Opened { get; init; }
    public required bool Clicked { get; init; }
    public required bool Bounced { get; init; }
    public required bool Unsubscribed { get; init; }
    public required bool Complained { get; init; }
}

/// <summary>Everything one timeline tells that is counted, with its customer's orders.</summary>
public sealed record Subject
{
    /// <summary>The row of exactly this id; null: not written yet.</summary>
    public Customer? Own { get; init; }

    /// <summary>Whose timeline it is: the same, or whom this one was merged into.</summary>
    public Customer? Owner { get; init; }
    public IReadOnlyList<Enrollment> Enrollments { get; init; } = [];
    public IReadOnlyList<Send> Sends { get; init; } = [];
    public IReadOnlyList<Engaged> Engagements { get; init; } = [];

    /// <summary>Sends that were answered with the opt-out link.</summary>
    public IReadOnlyList<string> OptedOut { get; init; } = [];

    /// <summary>Sorts a timeline's rows.</summary>
    public static Subject Of(IEnumerable<Row> timeline)
    {
        var (enrollments, sends, engagements, optedOut) =
            (new List<Enrollment>(), new List<Send>(), new List<Engaged>(), new List<string>());
        foreach (var row in timeline)
            switch (row.RowKey[..2])
            {
                case "e|": enrollments.Add(Enrollment.Read(row).Value); break;
                case "s|": sends.Add(Ledger.Read(row).Send); break;
                case "g|" when Read(row) is { } engaged: engagements.Add(engaged); break;
                case "c|" when Documents.Read(row, CustomerJson.ConsentRecord).Value
                    is { State: ConsentState.Withdrawn, Evidence: { Length: 41 } send }:
                    optedOut.Add(send); break;
                default: break;
            }
        return new() { Enrollments = enrollments, Sends = sends, Engagements = engagements, OptedOut = optedOut };
    }

    private static Engaged? Read(Row row)
    {
        var what = Documents.Read(row, EngagementJson.Record).Value;
        return SendPlace.Of(what.For, what.Mail) is { } place
            ? new()
            {
                SendId = row.RowKey[2..],
                Place = place,
                DeliveredAt = what.DeliveredAt,
                Opened = what.OpenedAt is not null,
                Clicked = what.ClickedAt is not null,
                Bounced = what.Bounced is not null,
                Unsubscribed = what.UnsubscribedAt is not null,
                Complained = what.ComplainedAt is not null,
            }
            : null;
    }
}
