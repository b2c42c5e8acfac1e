using System.Globalization;
using System.Security.Cryptography;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Search;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Chat;

/// <summary>What became of a code that was given.</summary>
public abstract record CodeOutcome
{
    /// <summary>The order is theirs, and so is what is said of it.</summary>
    public sealed record Proven(ChatEntry Entry) : CodeOutcome;

    /// <summary>Another one, please.</summary>
    public sealed record Wrong : CodeOutcome;

    /// <summary>It holds no more, was tried too often, or there was none: ask for another.</summary>
    public sealed record Over : CodeOutcome;

    private CodeOutcome() { }
}

/// <summary>Visitors of web pages prove an order: its number and the address it was made with, to which a code goes
/// that is used once. From then on the conversation is that customer's. Whether there is such an order is not
/// said.</summary>
public sealed class OrderProofs(
    Conversations conversations, ChatGrounds grounds, CustomerStore customers, OrderStore orders, CodeMails mails,
    TimeProvider time)
{
    /// <summary>How long a code holds, and how often another may be given before it is over.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
    public const int Tries = 5;

    /// <summary>Orders of a customer among which it may be, latest first.</summary>
    private const int Most = 50;

    private const string Mark = "proof:";

    /// <summary>Sends a code where there is such an order of this address. One that was sent before is over.</summary>
    /// <param name="visitor">Their address in the chat.</param>
    public async Task Ask(string visitor, string number, string email, CancellationToken cancellation)
    {
        var id = Conversation.IdOf(Conversation.Web, visitor);
        var found = await Find(number, email);
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        while (true)
        {
            var (before, now) = (await conversations.Find(id, cancellation), time.GetUtcNow());
            var conversation = (before?.Value ?? Conversation.With(Conversation.Web, visitor, now)) with
            {
                At = now,
                Awaited = new(mails.Seal(id, code), now + Holds)
                {
                    Customer = found?.Customer.Id,
                    Order = found?.Order.Key,
                },
            };
            if (!await conversations.Save(conversation, before?.ETag, cancellation)) continue;
            if (found is var (customer, _)) await mails.Send(customer, code, conversation.State.Language, cancellation);
            return;
        }
    }

    /// <summary>Takes the code. The same id again is the same answer.</summary>
    public async Task<CodeOutcome> Give(string visitor, string name, string code, CancellationToken cancellation)
    {
        var id = Conversation.IdOf(Conversation.Web, visitor);
        while (true)
        {
            if (await conversations.Find(id, Mark + name, cancellation) is { Value: var done })
                return new CodeOutcome.Proven(ChatEntry.Of(done));
            var (before, now) = (await conversations.Find(id, cancellation), time.GetUtcNow());
            if (before?.Value is not { Awaited: { } awaited } conversation || awaited.Until < now
                || awaited.Tries >= Tries) return new CodeOutcome.Over();
            if (awaited.Customer is { } whose && awaited.Order is { } key && mails.Fits(id, code, awaited.Sealed)
                && (await customers.Find(whose))?.Value is { ErasedAt: null } customer
                && (await orders.Find(key))?.Value is { Erased: false, DeletedAt: null } order)
            {
                if (await Prove(before, customer, order, Mark + name, now, cancellation) is { } said)
                    return new CodeOutcome.Proven(ChatEntry.Of(said));
                continue;
            }
            var left = awaited with { Tries = awaited.Tries + 1 };
            if (await conversations.Save(conversation with { Awaited = left }, before.ETag, cancellation))
                return left.Tries < Tries ? new CodeOutcome.Wrong() : new CodeOutcome.Over();
        }
    }

    /// <summary>One write: the code is used, the conversation theirs, and how the order stands is said. Null: somebody
    /// else wrote meanwhile.</summary>
    private async Task<Exchange?> Prove(
        Stored<Conversation> before, Customer customer, Order order, string name, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var conversation = before.Value;
        // Of whoever proved an order in it before nothing more is said.
        var others = conversation.Customer == customer.Id ? conversation.State.Proven : [];
        var state = conversation.State with { Proven = [.. others.Append(order.Key).Distinct()] };
        var says = new Utterance.Tapped(new Tap.OfOrder(order.Number));
        var known = await grounds.Of(
            new() { Id = name, Channel = Conversation.Web, Address = conversation.Address, At = now, Says = says },
            customer, state, now, cancellation);
        var decision = ChatRules.Decide(says, known);
        var words = new ChatWords(decision.State.Language == "ja", known.Shop);
        return (await conversations.Add(
            conversation with { At = now, Customer = customer.Id, State = decision.State, Awaited = null }, before,
            new()
            {
                Id = name,
                At = now,
                Says = words.Proved(order.Number),
                Reply = decision.Reply,
                DecidedAt = now,
                Fate = ReplyFate.Done,
            }, cancellation))?.Value;
    }

    private async ValueTask<(Customer Customer, Order Order)?> Find(string number, string email)
    {
        var wanted = SearchText.Number(number);
        if (wanted.Length == 0 || EmailAddress.Normalize(email) is not { } address
            || (await customers.FindByIdentity(new(Identity.Email, address)))?.Value is not { ErasedAt: null } customer
            // Where they are written to today: who reads an address of theirs from before is not taken for them.
            || Gate.Address(customer, "email") is not { } today || EmailAddress.Normalize(today) != address)
            return null;
        foreach (var seen in customer.Orders.Latest.Reverse().Take(Most))
            if ((await orders.Find(seen.Key))?.Value is
                {
                    Fragment: false, Erased: false, DeletedAt: null,
                } order
                && SearchText.Number(order.Number) == wanted && ChatGrounds.Owns(customer, order))
                return (customer, order);
        return null;
    }
}
