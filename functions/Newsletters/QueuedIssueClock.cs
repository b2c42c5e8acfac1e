using System.Text;
using Automation.DurableTask.Functions;
using Automation.Marketing.Newsletters;
using Automation.Storage;

namespace Automation.Functions.Newsletters;

/// <summary>Wakes issues under the Functions host, where HTTP functions are not told the durable client's address: through queue <c>alarms</c>.</summary>
public sealed class QueuedIssueClock(FunctionsDurableTaskClient client, QueueClient queue) : IIssueClock
{
    private const string Word = "issue ";
    private readonly DurableIssueClock issues = new(client);

    public Task Wake(IssueId issue) => queue.SendMessageAsync(Encoding.UTF8.GetBytes(Word + issue));

    public Task Ensure(IssueId issue) => client.IsKnown ? issues.Ensure(issue) : Wake(issue);

    /// <summary>The issue a message of the queue is about; null: it is about something else.</summary>
    public static IssueId? Read(ReadOnlyMemory<byte> message) =>
        Encoding.UTF8.GetString(message.Span) is var text && text.StartsWith(Word, StringComparison.Ordinal) ? IssueId.Parse(text[Word.Length..]) : null;
}
