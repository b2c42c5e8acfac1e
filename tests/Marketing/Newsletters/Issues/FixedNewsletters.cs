using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;


namespace Automation.Marketing.Tests.Newsletters.Issues;

/// <summary>Newsletters that nobody published: each issue goes out with the same text.</summary>
internal sealed class FixedNewsletters(params IReadOnlyList<Newsletter> newsletters) : INewsletters
{
    public Func<IssueId, IssueText?> Pinned { get; init; } = _ => null;

    public SubjectTest Tried { get; init; } = SubjectTest.None;

    public IReadOnlyList<Newsletter> All() => newsletters;

    public ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation = default) => new(Pinned(id));

    public ValueTask<SubjectTest> Test(IssueId id) => new(Tried);
}
