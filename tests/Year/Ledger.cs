using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Year.Tests;

/// <summary>What the product itself says it did: its enrollments, its sends, its issues.</summary>
public sealed record Ledger(IReadOnlyList<Enrollment> Walks, IReadOnlyList<Send> Sends, IReadOnlyList<Issue> Issues)
{
    public static async Task<Ledger> Read(OneMachine product)
    {
        var (walks, sends) = (new List<Enrollment>(), new List<Send>());
        await foreach (var row in product.Get<Tables>().Timeline.Query(new TableQuery()))
        {
            if (row.RowKey.StartsWith("e|", StringComparison.Ordinal)) walks.Add(Enrollment.Read(row).Value);
            if (row.RowKey.StartsWith("s|", StringComparison.Ordinal))
                sends.Add(Documents.Read(row, SendJson.Send).Value);
        }
        return new(walks, sends, await product.Get<IssueStore>().Of("weekly").ToListAsync());
    }

    /// <summary>The journey a send is of.</summary>
    public static string Journey(Send send) => EnrollmentId.Parse(send.For.Split('@')[0])!.Value.Journey;

    /// <summary>Journey × mail × what became of it × why, with how many: as it stands in docs/insights.md.</summary>
    public IReadOnlyList<string> Table() =>
    [
        "| journey | mail | what became of it | why | sends |",
        "|---|---|---|---|---|",
        .. from send in Sends
           group send by (
               Journey: Journey(send),
               send.Mail,
               State: send.State.ToString().ToLowerInvariant(),
               Why: send.Reason ?? "") into row
           orderby row.Key.Journey, row.Key.Mail, row.Key.State, row.Key.Why
           select $"| {row.Key.Journey} | {row.Key.Mail} | {row.Key.State} | {row.Key.Why} | {row.Count()} |",
    ];

    /// <summary>How the walks ended.</summary>
    public IReadOnlyList<string> Endings() =>
    [
        "| journey | how it ended | why | walks |",
        "|---|---|---|---|",
        .. from walk in Walks
           group walk by (
               walk.Id.Journey,
               How: walk.Outcome?.ToString().ToLowerInvariant() ?? "still walking",
               Why: walk.Because ?? "") into row
           orderby row.Key.Journey, row.Key.How, row.Key.Why
           select $"| {row.Key.Journey} | {row.Key.How} | {row.Key.Why} | {row.Count()} |",
    ];
}
