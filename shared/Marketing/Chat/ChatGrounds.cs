using Automation.Marketing.Answers;
using Automation.Marketing.Choices;
using Automation.Marketing.Customers;
using Automation.Marketing.Lines;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>Gathers what is known where something is said. Here alone orders come to a conversation: of a customer who
/// is known by more than their account on the channel, and those that were proved in it.</summary>
public sealed class ChatGrounds(
    PublishedAnswers answers, PublishedLines lines, CustomerStore customers, OrderStore orders, Senders writers,
    CurrentShop shop)
{
    /// <summary>Orders that are looked at, latest first.</summary>
    private const int Most = 5;

    /// <summary>Who that is; null: nobody we know.</summary>
    public async ValueTask<Customer?> Who(Identity? person) =>
        person is { } identity && (await customers.FindByIdentity(identity))?.Value is { ErasedAt: null } known
            ? known : null;

    /// <summary>The same; where nobody is known by their address on the channel, whoever proved an order.</summary>
    public async ValueTask<Customer?> Who(Identity? person, Conversation? before) => person is not null
        ? await Who(person)
        : before?.Customer is { } id && (await customers.Find(id))?.Value is { ErasedAt: null } proven ? proven : null;

    public async Task<Known> Of(
        ChatMessage message, Customer? customer, ConversationState state, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var index = await answers.Current(cancellation);
        var today = Zones.Day(now, Zones.Of(null, shop.Settings.TimeZone));
        var asker = await Asks(customer, state);
        var send = customer is null ? null : Ledger.Id(customer.Id, $"chat:{message.Id}");
        return new Known
        {
            Shop = shop.Settings,
            Now = now,
            Asker = asker,
            State = state,
            Found = message.Says is Utterance.Words words ? index.Search(words.Text, today) : Found.Nothing,
            Answer = name => index.Find(name, today),
            Topic = topic => index.Of(topic, today),
            IsOurs = message.Says is Utterance.Words said && IsButton(said.Text),
            LinkUrl = asker is Asker.Stranger && message.Channel == Identity.Line && send is not null
                ? writers.LinkUrl(customer!.Id, send) : null,
            CanProve = message.Channel == Conversation.Web,
            ChoicesUrl = send is not null ? writers.ChoicesUrl(
                customer!.Id, message.Channel == Identity.Line ? Identity.Line : "email", send) : null,
        };
    }

    /// <summary>The words of a quick reply of the shop's LINE texts: a journey waits for them, perhaps.</summary>
    private bool IsButton(string text) => lines.All.Any(line => line.Source.Quick.Any(
        reply => reply.Leads is null && reply.Words.Text == text.Trim()));

    private async Task<Asker> Asks(Customer? customer, ConversationState state)
    {
        var isLinked = customer is not null && LineLinking.IsLinked(customer);
        if (!isLinked && state.Proven.Count == 0) return new Asker.Stranger();
        var keys = state.Proven.Concat(isLinked
            ? customer!.Orders.Latest.Reverse().Take(Most).Select(order => order.Key) : []).Distinct();
        var theirs = new List<Order>();
        foreach (var key in keys)
            if ((await orders.Find(key))?.Value is { Fragment: false, Erased: false, DeletedAt: null } order
                && (state.Proven.Contains(key) || Owns(customer!, order))) theirs.Add(order);
        return new Asker.Proven([.. theirs.OrderByDescending(order => order.PlacedAt)]);
    }

    /// <summary>The order itself says whose it is.</summary>
    public static bool Owns(Customer customer, Order order) =>
        order.Customer is { } whose && (whose == customer.Id || customer.MergedFrom.Contains(whose));
}
