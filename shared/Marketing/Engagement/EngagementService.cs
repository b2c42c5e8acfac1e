using Automation.Marketing.Sending;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Engagement;

/// <summary>Takes in what the provider says became of mails. Events of one send are folded together: a read and a write
/// each, consequences first, the row last, so that a kill in between lets them be drawn again. A row that says so
/// already makes a repetition nothing.</summary>
public sealed partial class EngagementService(
    EngagementStore store, ToldSends sends, Effects effects, MarketingOptions options,
    ILogger<EngagementService> log)
{
    /// <summary>Customers looked after at the same time: each is a few small reads and writes that wait for the disk or
    /// the network.</summary>
    private const int AtOnce = 32;

    /// <summary>What links in mails that lead to the opt-out page begin with: whoever follows one is not
    /// interested.</summary>
    private readonly string optOut = $"{options.PublicUrl}/u/";

    /// <summary>Takes a batch; may be called again with it, and with any part of it in any order.</summary>
    public async Task Take(IReadOnlyList<SendGridEvent> notices, CancellationToken cancellation = default)
    {
        var stories = new Dictionary<string, SendStory>();
        var strangers = new List<SendGridEvent.OfMail>();
        foreach (var notice in notices)
        {
            switch (notice)
            {
                case SendGridEvent.OfMail { Event: MailEvent.Clicked clicked } when clicked.Url.StartsWith(
                    optOut, StringComparison.OrdinalIgnoreCase):
                    break;
                case SendGridEvent.OfMail { SendId: { } id } mail when EngagementStore.Customer(id) is not null:
                    Add(stories, id, mail);
                    break;
                case SendGridEvent.OfMail mail: strangers.Add(mail); break;
                case SendGridEvent.OfAccount account: await effects.Draw(account); break;
                case SendGridEvent.Unknown unknown: LogUnknown(unknown.Kind); break;
            }
        }
        await Parallel.ForEachAsync(stories.Values, Options(cancellation), Look);
        // Most mails are issues': these are asked first.
        await sends.AskIssues(stories.Values, cancellation);
        await Parallel.ForEachAsync(
            stories.Values.Where(story => story.Sent is null), Options(cancellation), sends.AskLedger);
        await Parallel.ForEachAsync(stories.Values.Where(story => story.Sent is not null)
            .GroupBy(story => story.Customer), Options(cancellation),
            async (ofOne, token) => { foreach (var story in ofOne) await Take(story, token); });
        var foreign = stories.Values.Where(story => story.Sent is null).ToList();
        foreach (var story in foreign) strangers.AddRange(
            story.Events.Select(happened => new SendGridEvent.OfMail(null, story.Address, happened)));
        foreach (var stranger in strangers) await effects.Draw(stranger);
        if (strangers.Count > 0) LogNotOurs(strangers.Count, foreign.Count);
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };

    private static void Add(Dictionary<string, SendStory> stories, string id, SendGridEvent.OfMail mail)
    {
        if (!stories.TryGetValue(id, out var story)) stories[id] = story = new(id);
        story.Events.Add(mail.Event);
        story.Address ??= mail.Address;
    }

    /// <summary>What is known of it from an earlier batch.</summary>
    private async ValueTask Look(SendStory story, CancellationToken cancellation)
    {
        story.Known = await store.Find(story.SendId, cancellation);
        if (story.Known is { Value: var known }) story.Sent = new(known.Mail, known.For);
    }

    private async Task Take(SendStory story, CancellationToken cancellation)
    {
        while (true)
        {
            var before = story.Known?.Value ?? new EngagementRecord { Mail = story.Sent!.Mail, For = story.Sent.For };
            var after = story.Events.Aggregate(before, Engagements.After);
            if (ReferenceEquals(before, after)) return;
            foreach (var consequence in Consequences.Of(before, after))
                await effects.Draw(consequence, story, after, cancellation);
            if (await store.Write(story.SendId, after, story.Known, cancellation)) return;
            story.Known = await store.Find(story.SendId, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "events of the unknown kind {Kind} are ignored")]
    private partial void LogUnknown(string kind);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Count} events belong to no send of this shop ({Sends} unknown send ids)")]
    private partial void LogNotOurs(int count, int sends);
}
