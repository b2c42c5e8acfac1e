using System.Collections.Concurrent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Chat;

/// <summary>A conversation as people of the shop see it.</summary>
/// <param name="Said">Oldest first.</param>
/// <param name="Customer">Whose it is; null: nobody's we know.</param>
public sealed record ConversationView(Conversation Conversation, IReadOnlyList<Exchange> Said, Customer? Customer);

/// <summary>What became of a person's answer.</summary>
public enum DeskOutcome
{
    /// <summary>It is where they asked.</summary>
    Sent,

    /// <summary>It went by mail: where they asked they cannot be reached.</summary>
    Mailed,

    /// <summary>Not now; the same may be handed in again, and is one answer.</summary>
    Later,

    /// <summary>Neither there nor by mail.</summary>
    Nowhere,

    /// <summary>A mail was begun, and nobody knows whether it went; it does not go again.</summary>
    Unclear,
}

/// <summary>People of the shop answer: where the customer asked, else by mail. The same form handed in twice is one
/// answer.</summary>
public sealed class ChatDesk(
    Conversations conversations, ChatNotes notes, CustomerStore customers, IEnumerable<ReplySink> sinks,
    AnswerMails mails, TimeProvider time)
{
    /// <summary>Characters of an answer.</summary>
    public const int Longest = 2000;

    private const string Mark = "by:";

    /// <summary>An answer of a person that was written and has not gone; null: there is none.</summary>
    /// <param name="said">Oldest first.</param>
    public static (string Form, string Text)? Unsent(IReadOnlyList<Exchange> said) =>
        said.LastOrDefault(one => one.By is not null) is { Fate: ReplyFate.Decided } left
            ? (left.Id[Mark.Length..], left.Reply.Text) : null;

    /// <summary>Null: there is no such conversation.</summary>
    public async Task<ConversationView?> Look(string id, CancellationToken cancellation)
    {
        if (await conversations.Find(id, cancellation) is not { Value: var conversation }) return null;
        return new(conversation, await conversations.All(id, cancellation), await Whose(conversation));
    }

    /// <summary>Hands the answer over; whoever waited waits no more once it went.</summary>
    /// <param name="form">Names this answer, so that handed in twice it is one.</param>
    /// <param name="who">The name of the key of whoever wrote it.</param>
    /// <returns>Null: there is no such conversation.</returns>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    public async Task<DeskOutcome?> Answer(
        string id, string form, string text, string who, CancellationToken cancellation)
    {
        text = text.Trim();
        if (text.Length is 0 or > Longest)
            throw new ArgumentException($"An answer has 1 to {Longest} characters.", nameof(text));
        if (await conversations.Find(id, cancellation) is null) return null;
        var (stored, isFirst) = await Write(id, Mark + form, text, who, cancellation);
        var conversation = (await conversations.Find(id, cancellation))!.Value;
        if (stored.Value.Fate == ReplyFate.Done)
        {
            // Whoever asked for a person after it still waits.
            if (!(conversation.State.WaitsSince > stored.Value.At)) await Settle(id, CancellationToken.None);
            return stored.Value.Reason is null ? DeskOutcome.Sent : DeskOutcome.Mailed;
        }
        var customer = await Whose(conversation);
        switch (await OnChannel(conversation, stored.Value, customer, isFirst, cancellation))
        {
            case ReplyOutcome.Delivered: return await Done(id, stored, DeskOutcome.Sent);
            case ReplyOutcome.Again: return DeskOutcome.Later;
        }
        return customer is null ? DeskOutcome.Nowhere : await ByLetter(conversation, stored, customer, cancellation);
    }

    /// <summary>One of those who are at it at once writes the mail; whoever comes after a kill in between does not
    /// write a second.</summary>
    private async Task<DeskOutcome> ByLetter(
        Conversation conversation, Stored<Exchange> stored, Customer customer, CancellationToken cancellation)
    {
        if (stored.Value.Reason == ByMail && !mails.IsIdempotent) return DeskOutcome.Unclear;
        if (await conversations.Save(conversation.Id, stored.Value with { Reason = ByMail }, stored.ETag, cancellation)
            is not { } claimed) return DeskOutcome.Later;
        var outcome = await mails.Send(customer, conversation, claimed.Value, cancellation);
        if (outcome == DeskOutcome.Mailed) return await Done(conversation.Id, claimed, outcome);
        if (outcome is DeskOutcome.Later or DeskOutcome.Nowhere)
            await conversations.Save(
                conversation.Id, claimed.Value with { Reason = null }, claimed.ETag, CancellationToken.None);
        return outcome;
    }

    private async Task<DeskOutcome> Done(string id, Stored<Exchange> stored, DeskOutcome outcome)
    {
        await conversations.Save(
            id, stored.Value with { Fate = ReplyFate.Done }, stored.ETag, CancellationToken.None);
        await Settle(id, CancellationToken.None);
        return outcome;
    }

    /// <summary>What is noted of an answer that went by mail.</summary>
    public const string ByMail = "by mail";

    /// <summary>Pages of a thousand rows that are read for what can be learnt.</summary>
    private const int MostPages = 50;

    /// <summary>Customers whose orders are looked for, and how many at a time.</summary>
    private const int MostCustomers = 2000, AtOnce = 16;

    /// <summary>What can be learnt from what was said since then; a read for each customer who said
    /// something.</summary>
    public async Task<ChatReport> Learn(DateTimeOffset since, CancellationToken cancellation)
    {
        var talks = await conversations.Everything(MostPages, cancellation);
        var orders = new ConcurrentDictionary<CustomerId, IReadOnlyList<OrderSummary>>();
        var whose = ChatLessons.OfKnown(talks, since).Select(talk => talk.Customer!.Value).Distinct()
            .Take(MostCustomers);
        await Parallel.ForEachAsync(
            whose, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (id, _) => orders[id] = (await customers.Find(id))?.Value.Orders.Latest ?? []);
        return ChatLessons.Of(talks, since, orders);
    }

    /// <summary>It was settled, by telephone say: nobody waits any more. False: there is no such
    /// conversation.</summary>
    public async Task<bool> Settle(string id, CancellationToken cancellation)
    {
        while (await conversations.Find(id, cancellation) is { } stored)
        {
            if (!await conversations.Save(
                stored.Value with { State = stored.Value.State.Answer() }, stored.ETag, cancellation)) continue;
            await notes.Answered(id, cancellation);
            return true;
        }
        return false;
    }

    private async Task<(Stored<Exchange> Exchange, bool IsFirst)> Write(
        string id, string name, string text, string who, CancellationToken cancellation)
    {
        while (true)
        {
            if (await conversations.Find(id, name, cancellation) is { } known) return (known, false);
            var before = (await conversations.Find(id, cancellation))!;
            var now = time.GetUtcNow();
            var written = await conversations.Add(before.Value with { At = now }, before, new()
            {
                Id = name,
                At = now,
                DecidedAt = now,
                By = who,
                Reply = new() { Kind = ReplyKind.People, Text = text },
            }, cancellation);
            if (written is not null) return (written, true);
        }
    }

    private async Task<ReplyOutcome> OnChannel(
        Conversation conversation, Exchange exchange, Customer? customer, bool isFirst, CancellationToken cancellation)
    {
        var sink = sinks.FirstOrDefault(one => one.Channel == conversation.Channel);
        return sink is null || exchange.Reason == ByMail || HasLeft(customer, conversation)
            ? new ReplyOutcome.Lost("not there any more")
            : await sink.Deliver(
                new(conversation, exchange, isFirst) { Turn = _ => Task.CompletedTask }, cancellation);
    }

    /// <summary>LINE takes a push to somebody who has blocked the account and does not deliver it.</summary>
    private static bool HasLeft(Customer? customer, Conversation conversation) =>
        customer?.Consent.GetValueOrDefault(conversation.Channel) is
        {
            State: ConsentState.Withdrawn, How: "line unfollow",
        };

    private async Task<Customer?> Whose(Conversation conversation) =>
        conversation.Customer is { } id && (await customers.Find(id))?.Value is { ErasedAt: null } known ? known : null;
}

/// <summary>A person's answer by mail, to who cannot be reached where they asked.</summary>
public sealed class AnswerMails(IMailTransport transport, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>The same handed over twice is one mail.</summary>
    public bool IsIdempotent => transport.Idempotent;

    public async Task<DeskOutcome> Send(
        Customer customer, Conversation conversation, Exchange exchange, CancellationToken cancellation)
    {
        if (Gate.Judge(Purpose.Transactional, customer, "email", time.GetUtcNow(), time.GetUtcNow())
            is not Verdict.Allowed) return DeskOutcome.Nowhere;
        var words = new ChatWords(
            (customer.Language ?? shop.Settings.Language).StartsWith("ja", StringComparison.Ordinal), shop.Settings);
        var (name, text) = (shop.Settings.Name, exchange.Reply.Text);
        return await transport.Send(new ShortMail
        {
            Id = $"chat-{Keys.Hash($"{conversation.Id} {exchange.Id}", 12)}",
            To = Gate.Address(customer, "email")!,
            Mail = "chat",
            Language = words.Language,
            Subject = words[$"お問い合わせへのお返事（{name}）", $"Our answer to your question ({name})"],
            Html = $"<p style=\"white-space:pre-wrap\">{ShortMail.Safe(text)}</p>",
            Text = text,
            At = exchange.DecidedAt,
        }.By(writers, shop.Settings), cancellation) switch
        {
            DeliveryResult.Accepted => DeskOutcome.Mailed,
            DeliveryResult.Refused => DeskOutcome.Nowhere,
            DeliveryResult.Unclear when !transport.Idempotent => DeskOutcome.Unclear,
            _ => DeskOutcome.Later,
        };
    }
}
