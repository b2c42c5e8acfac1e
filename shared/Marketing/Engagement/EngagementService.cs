using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Engagement;

/// <summary>Takes in what the provider says became of mails. Events of one send are folded together: a read and a write
/// each, consequences first, the row last, so that a kill in between lets them be drawn again. A row that says so
/// already makes a repetition nothing.</summary>
public sealed partial class EngagementService(
    EngagementStore store, Ledger ledger, IIssueSends issues, CustomerStore customers, AddressBlocking stops,
    Reconciliation settling, AccountAttention attention, PublishedJourneys journeys, IShopEvents events,
    MarketingOptions options, ILogger<EngagementService> log)
{
    private const string Provider = "SendGrid";

    /// <summary>Customers looked after at the same time: each is a few small reads and writes that wait for the disk or
    /// the network.</summary>
    private const int AtOnce = 32;

    /// <summary>What links in mails that lead to the opt-out page begin with: whoever follows one is not
    /// interested.</summary>
    private readonly string optOut = $"{options.PublicUrl}/u/";

    /// <summary>What is told of one send, and what is known of it; <see cref="Sent"/> null: it is none of
    /// ours.</summary>
    private sealed class Story(string sendId)
    {
        public string SendId => sendId;
        public CustomerId Customer { get; } = new(sendId[..24]);
        public List<MailEvent> Events { get; } = [];
        public string? Address { get; set; }
        public SentMail? Sent { get; set; }

        /// <summary>Its outcome is unknown as far as the ledger goes.</summary>
        public bool IsOpen { get; set; }
        public Stored<EngagementRecord>? Known { get; set; }
    }

    /// <summary>Takes a batch; may be called again with it, and with any part of it in any order.</summary>
    public async Task Take(IReadOnlyList<SendGridEvent> notices, CancellationToken cancellation = default)
    {
        var stories = new Dictionary<string, Story>();
        var strangers = new List<SendGridEvent.OfMail>();
        foreach (var notice in notices)
        {
            switch (notice)
            {
                case SendGridEvent.OfMail { Event: MailEvent.Clicked clicked } when clicked.Url.StartsWith(
                    optOut, StringComparison.OrdinalIgnoreCase):
                    break;
                case SendGridEvent.OfMail { SendId: { } id } mail when EngagementStore.Customer(id) is not null:
                    Add(
                    stories, id, mail); break;
                case SendGridEvent.OfMail mail: strangers.Add(mail); break;
                case SendGridEvent.OfAccount account: await Note(account); break;
                case SendGridEvent.Unknown unknown: LogUnknown(unknown.Kind); break;
            }
        }
        await Parallel.ForEachAsync(stories.Values, Options(cancellation), Look);
        // Most mails are issues': these are asked first.
        await AskIssues(stories, cancellation);
        await Parallel.ForEachAsync(
            stories.Values.Where(story => story.Sent is null), Options(cancellation), AskLedger);
        await Parallel.ForEachAsync(stories.Values.Where(story => story.Sent is not null)
            .GroupBy(story => story.Customer), Options(cancellation),
            async (ofOne, token) => { foreach (var story in ofOne) await Take(story, token); });
        var foreign = stories.Values.Where(story => story.Sent is null).ToList();
        foreach (var story in foreign) strangers.AddRange(
            story.Events.Select(happened => new SendGridEvent.OfMail(null, story.Address, happened)));
        foreach (var stranger in strangers) await Take(stranger);
        if (strangers.Count > 0) LogNotOurs(strangers.Count, foreign.Count);
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };

    private static void Add(Dictionary<string, Story> stories, string id, SendGridEvent.OfMail mail)
    {
        if (!stories.TryGetValue(id, out var story)) stories[id] = story = new(id);
        story.Events.Add(mail.Event);
        story.Address ??= mail.Address;
    }

    /// <summary>What is known of it from an earlier batch.</summary>
    private async ValueTask Look(Story story, CancellationToken cancellation)
    {
        story.Known = await store.Find(story.SendId, cancellation);
        if (story.Known is { Value: var known }) story.Sent = new(known.Mail, known.For);
    }

    private async Task AskIssues(Dictionary<string, Story> stories, CancellationToken cancellation)
    {
        var unknown = stories.Values.Where(story => story.Sent is null).ToList();
        if (unknown.Count == 0) return;
        var found = await issues.Settle([.. unknown.Select(Word)], cancellation);
        foreach (var story in unknown) story.Sent = found.GetValueOrDefault(story.SendId);
    }

    private async ValueTask AskLedger(Story story, CancellationToken cancellation)
    {
        if (await ledger.Find(story.SendId, cancellation) is { Send: var send })
            (story.Sent, story.IsOpen) =
                (new(send.Mail, send.For), send.State is SendState.Uncertain or SendState.Claimed);
    }

    private static ProviderWord Word(Story story)
    {
        var dropped = story.Events.OfType<MailEvent.Dropped>().MinBy(happened => happened.At);
        return new(story.SendId, dropped is null || story.Events.Any(happened => happened is not MailEvent.Dropped),
            dropped?.Reason);
    }

    private async Task Take(Story story, CancellationToken cancellation)
    {
        while (true)
        {
            var before = story.Known?.Value ?? new EngagementRecord { Mail = story.Sent!.Mail, For = story.Sent.For };
            var after = story.Events.Aggregate(before, Engagements.After);
            if (ReferenceEquals(before, after)) return;
            foreach (var consequence in Consequences.Of(before, after))
                await Carry(consequence, story, after, cancellation);
            if (await store.Write(story.SendId, after, story.Known, cancellation)) return;
            story.Known = await store.Find(story.SendId, cancellation);
        }
    }

    private async Task Carry(Consequence consequence, Story story, EngagementRecord now, CancellationToken cancellation)
    {
        switch (consequence)
        {
            case Consequence.Settle(var processed, var reason):
                if (story.IsOpen) await settling.Settle(story.SendId, processed, reason, cancellation);
                break;
            case Consequence.Suppress(var reason, var at):
                if (await Address(story) is { } address) await stops.Suppress(address, reason, at);
                break;
            case Consequence.Withdraw(var how, var at):
                await stops.Withdraw(story.Customer, how, at, story.SendId);
                break;
            case Consequence.WeighSoftBounces(var at):
                var all = await store.Of(story.Customer, cancellation);
                all[story.SendId] = now;
                if (SoftBounceRule.GivesUp(all.Values) && await Address(story) is { } soft)
                    await stops.Suppress(soft, Consequences.SoftBounces, at);
                break;
            case Consequence.Attend(var what, var at):
                LogAttention(Provider, what);
                await attention.Note(Provider, what, at);
                break;
            case Consequence.Tell tell:
                if (IsHeard(tell, story)
                    && await customers.Find(story.Customer) is { Value: { ErasedAt: null } customer })
                    await events.Handle(Event(tell, story, customer), customer, null, false);
                break;
        }
    }

    /// <summary>Of an issue's mails only journeys that begin with such an event want to know; most shops have none, and
    /// their issues are large.</summary>
    private bool IsHeard(Consequence.Tell tell, Story story) =>
        EnrollmentId.Parse(story.Sent!.For.Split('@')[0]) is not null || journeys.TriggeredBy(tell.Type).Any();

    /// <summary>Whom it was written to; where the event does not say, the customer's address.</summary>
    private async ValueTask<string?> Address(Story story) =>
        story.Address ?? (await customers.Find(story.Customer))?.Value.Email;

    private static ShopEvent Event(Consequence.Tell tell, Story story, Customer customer) => new()
    {
        Id = $"{story.SendId}:{tell.Type}{(tell.Key is { } key ? $":{key}" : "")}",
        Type = tell.Type,
        At = tell.At,
        Customer = customer.Id,
        Mail = story.Sent!.Mail,
        For = story.Sent.For,
        Data = tell.Data,
    };

    /// <summary>A mail that is none of ours: what it says of one of our customers' addresses holds all the
    /// same.</summary>
    private async Task Take(SendGridEvent.OfMail stranger)
    {
        var nothing = new EngagementRecord { Mail = "", For = "" };
        var drawn = Consequences.Stops(nothing, nothing.After(stranger.Event)).ToList();
        if (drawn.Count == 0 || stranger.Address is not { } address
            || await customers.FindByIdentity(new(Identity.Email, address)) is not { } owner) return;
        foreach (var consequence in drawn)
        {
            if (consequence is Consequence.Suppress(var reason, var at)) await stops.Suppress(address, reason, at);
            if (consequence is Consequence.Withdraw(var how, var when))
                await stops.Withdraw(owner.Value.Id, how, when, null);
        }
    }

    private Task Note(SendGridEvent.OfAccount account)
    {
        LogAttention(Provider, account.Change);
        return attention.Note(Provider, $"account: {account.Change}", account.At);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} reports {Matter}")]
    private partial void LogAttention(string provider, string matter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "events of the unknown kind {Kind} are ignored")]
    private partial void LogUnknown(string kind);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Count} events belong to no send of this shop ({Sends} unknown send ids)")]
    private partial void LogNotOurs(int count, int sends);
}
