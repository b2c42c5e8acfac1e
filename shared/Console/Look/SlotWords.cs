using Automation.Marketing.Newsletters.Issues;

namespace Automation.Console.Look;

/// <summary>How states of issues are called, and how urgent they look.</summary>
public static class SlotWords
{
    public static string Name(this IssueState state, Language say) => state switch
    {
        IssueState.Empty => say["原稿なし", "no issue yet"],
        IssueState.Draft => say["下書き", "draft"],
        IssueState.Ready => say["準備完了", "ready"],
        IssueState.Sending => say["配信中", "sending"],
        IssueState.Paused => say["一時停止中", "paused"],
        IssueState.Sent => say["配信済み", "sent"],
        IssueState.Cancelled => say["配信なし", "does not go out"],
        _ => "",
    };

    public static string? Style(this IssueState state) => state switch
    {
        IssueState.Empty or IssueState.Paused => "warn",
        IssueState.Draft => "warn",
        IssueState.Ready or IssueState.Sent => "good",
        IssueState.Cancelled => "quiet",
        _ => null,
    };
}
