using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Insights;

/// <summary>Where a send's figures belong: to a step of a journey or to an issue, and to its mail.</summary>
public sealed record SendPlace(string Prefix, string Mail, EnrollmentId? Enrollment, string? Cursor)
{
    /// <summary>Of a send; what went by LINE has figures of its own, and of both ways of a step each has.</summary>
    public static SendPlace? Of(Send send) => Of(
        Ledger.Shared(send.For), send.Channel == Identity.Line ? $"{Identity.Line}:{send.Mail}" : send.Mail);

    /// <summary>Null where the reason for the send is of no known kind.</summary>
    public static SendPlace? Of(string reason, string mail)
    {
        const string newsletter = "newsletter:";
        if (reason.StartsWith(newsletter, StringComparison.Ordinal))
            return IssueId.Parse(reason[newsletter.Length..]) is { } issue
                ? new($"issue|{issue.Newsletter}|{issue.RowKey}|", mail, null, null) : null;
        return reason.Split('@') is [var walk, var cursor] && EnrollmentId.Parse(walk) is { } enrollment
            ? At(enrollment, cursor.Split('~')[0], mail)
            : null;
    }

    /// <param name="cursor">Without the version that a moved walk's place may name.</param>
    private static SendPlace At(EnrollmentId enrollment, string cursor, string mail) =>
        new($"journey|{enrollment.Journey}|step|{cursor}|{mail}|", mail, enrollment, cursor);

    public bool IsIssue => Enrollment is null;

    /// <summary>Counts it once where it belongs and once for the mail.</summary>
    public void Count(Figures figures, string what, decimal amount = 1)
    {
        figures.Add($"{Prefix}{what}", amount);
        figures.Add($"mail|{Mail}|{what}", amount);
    }
}
