using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Tests.Newsletters.Issues;

public class IssueTests
{
    [Theory]
    [InlineData(IssueState.Sent, true, true)]
    [InlineData(IssueState.Cancelled, true, true)]      // somebody may have got it
    [InlineData(IssueState.Sending, false, true)]
    [InlineData(IssueState.Cancelled, false, false)]
    [InlineData(IssueState.Paused, false, false)]
    public void An_issue_is_under_way_from_when_it_is_sent_also_where_it_was_cancelled_later(
        IssueState state, bool hasStarted, bool isUnderWay)
    {
        var slot = DateTimeOffset.Parse("2026-12-02T10:00+09:00", null);
        var issue = new Issue { State = state, Slot = slot, StartedAt = hasStarted ? slot : null };
        Assert.Equal(isUnderWay, issue.IsUnderWay);
    }
}
