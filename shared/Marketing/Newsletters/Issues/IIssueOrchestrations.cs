using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Wakes issues: the row says what is to be done, this only makes somebody look at it.</summary>
public interface IIssueOrchestrations
{
    /// <summary>Makes sure that the issue is looked at now, asleep or not begun.</summary>
    Task Wake(IssueId issue);

    /// <summary>Makes sure that somebody has it in hand; whoever does is left alone.</summary>
    Task Ensure(IssueId issue);
}
