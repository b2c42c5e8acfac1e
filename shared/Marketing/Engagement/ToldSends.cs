using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>Finds out which send a provider speaks of: an issue's, or one of the ledger's.</summary>
public sealed class ToldSends(IIssueSends issues, Ledger ledger)
{
    internal async Task AskIssues(IReadOnlyCollection<SendStory> stories, CancellationToken cancellation)
    {
        var unknown = stories.Where(story => story.Sent is null).ToList();
        if (unknown.Count == 0) return;
        var found = await issues.Settle([.. unknown.Select(Word)], cancellation);
        foreach (var story in unknown) story.Sent = found.GetValueOrDefault(story.SendId);
    }

    internal async ValueTask AskLedger(SendStory story, CancellationToken cancellation)
    {
        if (await ledger.Find(story.SendId, cancellation) is { Send: var send })
            (story.Sent, story.IsOpen) =
                (new(send.Mail, send.For), send.State is SendState.Uncertain or SendState.Claimed);
    }

    private static ProviderWord Word(SendStory story)
    {
        var dropped = story.Events.OfType<MailEvent.Dropped>().MinBy(happened => happened.At);
        return new(story.SendId, dropped is null || story.Events.Any(happened => happened is not MailEvent.Dropped),
            dropped?.Reason);
    }
}
