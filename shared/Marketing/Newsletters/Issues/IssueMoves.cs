namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What a person can do to an issue.</summary>
public enum IssueMove { Pause, Resume, Cancel, Retry }

/// <summary>The issue after a move, or why it cannot be made.</summary>
public sealed record Moved(Issue? Issue, string? Refusal);

/// <summary>Which moves an issue allows. Pure.</summary>
public static class IssueMoves
{
    public static Moved Make(IssueMove move, Issue issue, DateTimeOffset now) => (move, issue.State) switch
    {
        (IssueMove.Pause, IssueState.Sending) => Yes(issue with { State = IssueState.Paused, Because = Issue.ByHand }),
        (IssueMove.Pause, IssueState.Paused) => Yes(issue),
        (IssueMove.Resume, IssueState.Paused) => Yes(issue with { State = IssueState.Sending, Because = null }),
        (IssueMove.Resume, IssueState.Sending) => Yes(issue),
        (IssueMove.Cancel, IssueState.Cancelled) => Yes(issue),
        (IssueMove.Cancel, IssueState.Sent) => No("it has been sent"),
        (IssueMove.Cancel, _) =>
            Yes(issue with { State = IssueState.Cancelled, Because = Issue.ByHand, EndedAt = now }),
        (IssueMove.Retry, IssueState.Sent or IssueState.Paused) =>
            Yes(issue with { State = IssueState.Sending, Because = null, EndedAt = null, Round = issue.Round + 1 }),
        (IssueMove.Retry, IssueState.Sending) => No("it is being sent; failures are tried again once it is done"),
        _ => No($"it is {issue.State.ToString().ToLowerInvariant()}"),
    };

    private static Moved Yes(Issue issue) => new(issue, null);
    private static Moved No(string why) => new(null, why);
}
