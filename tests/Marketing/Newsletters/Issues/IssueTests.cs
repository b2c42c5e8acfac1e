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

    [Theory]
    [InlineData("---\nsubject: a\n---\nx\ndraft: true\n", true, "---\ndraft: true\nsubject: a\n---\nx\ndraft: true\n")]
    [InlineData("---\nsubject: a\ndraft: false\n---\nx\n", true, "---\ndraft: true\nsubject: a\n---\nx\n")]
    [InlineData("---\ndraft: true\nsubject: a\n---\nx\n", false, "---\nsubject: a\n---\nx\n")]
    [InlineData("---\r\nsubject: a\r\n---\r\nx\r\n", false, "---\nsubject: a\n---\nx\n")]
    [InlineData("no front matter\n", true, "no front matter\n")]
    [InlineData("---\nsubject: never closed\n", true, "---\nsubject: never closed\n")]
    public void A_text_becomes_a_draft_and_none_again_in_its_front_matter_alone(
        string text, bool isDraft, string expected) =>
        Assert.Equal(expected, IssueSource.Drafted(text, isDraft));
}
