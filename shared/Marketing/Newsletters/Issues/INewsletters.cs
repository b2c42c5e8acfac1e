using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>The shop's newsletters and what their issues go out with.</summary>
public interface INewsletters
{
    IReadOnlyList<Newsletter> All();

    /// <summary>What an issue goes out with, as it was pinned; null: there is none.</summary>
    ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation = default);

    /// <summary>How an issue's subjects are tried, as it is pinned or written just now.</summary>
    ValueTask<SubjectTest> Test(IssueId id);

    /// <summary>How it goes to who follows the shop on LINE, as it is pinned or written just now; null: by mail as to
    /// all others.</summary>
    ValueTask<SendBy?> ByLine(IssueId id) => new((SendBy?)null);
}
