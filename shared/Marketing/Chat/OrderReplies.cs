using Automation.Marketing.Answers;
using Automation.Marketing.People;
using Automation.Marketing.Search;

namespace Automation.Marketing.Chat;

/// <summary>What is said of orders to who has proved that they are theirs: what the source has told, with its days, and
/// nothing beyond. Pure.</summary>
public static class OrderReplies
{
    /// <summary>Orders that are offered where it is not clear which is meant.</summary>
    private const int Offered = 3;

    /// <param name="number">The order's number where one was named.</param>
    /// <param name="general">The shop's answer that goes with it; null: there is none.</param>
    public static ChatReply Of(
        OrderQuestion question, string? number, Asker.Proven who, Answer? general, ChatWords words)
    {
        if (who.Orders.Count == 0) return Of(null, words.NoOrder, general, words);
        if (number is not null && Named(who.Orders, number) is not { } named)
            return Choose(words.NotAmongYours(number), who.Orders, words);
        var order = number is not null ? Named(who.Orders, number)! : Meant(who.Orders);
        var text = Standing(order, words);
        if (question is OrderQuestion.Cancel or OrderQuestion.Address && More(question, order, words) is { } more)
            text += $"\n{more}";
        var total = words.Money(order.Total, order.Currency);
        if (question == OrderQuestion.Receipt) text += "\n" + words[$"合計は{total}です。", $"Its total is {total}."];
        if (question == OrderQuestion.Status && order.Lines.Count > 0)
            text += "\n" + string.Join('\n', order.Lines.Select(line => $"・{line.Title} × {line.Quantity:0.##}"));
        var reply = Of(order, text, general, words);
        var others = who.Orders.Where(other => other != order && IsOpen(other)).Take(Offered).ToList();
        return others.Count == 0 || number is not null ? reply : reply with
        {
            Choices = [.. others.Select(other => Order(other, words)), .. reply.Choices],
        };
    }

    /// <summary>How it stands, in a sentence.</summary>
    private static string Standing(Order order, ChatWords words)
    {
        var placed = words.Day(order.PlacedAt);
        var of = words[$"ご注文 {order.Number}({placed}ご注文)", $"Order {order.Number} of {placed}"];
        return order switch
        {
            { CancelledAt: { } at } => words[
                $"{of}は、{words.Day(at)}にキャンセルになっています。", $"{of} was cancelled on {words.Day(at)}."],
            { DeliveredAt: { } at } => words[
                $"{of}は、{words.Day(at)}にお届け済みです。", $"{of} was delivered on {words.Day(at)}."],
            { FulfilledAt: { } at } => words[
                $"{of}は、{words.Day(at)}に発送しました。", $"{of} was shipped on {words.Day(at)}."],
            { PartiallyFulfilled: true } => words[
                $"{of}は、一部を発送しました。残りの発送の記録はまだありません。",
                $"{of} was shipped in part; I have no record of the rest yet."],
            _ => words[
                $"{of}は承っております。発送の記録はまだありません。",
                $"{of} is with us; I have no record that it was shipped yet."],
        };
    }

    private static string? More(OrderQuestion question, Order order, ChatWords words) => (question, order) switch
    {
        (_, { CancelledAt: not null }) => null,
        (OrderQuestion.Cancel, _) when IsOpen(order) => words[
            "キャンセルの手続きは担当者が承ります。", "A person can see to cancelling it."],
        (OrderQuestion.Address, _) when IsOpen(order) => words[
            "お届け先の変更は担当者が承ります。", "A person can see to another address."],
        (OrderQuestion.Cancel, _) => words[
            "発送後のため、こちらではキャンセルできません。", "It has left already, so that it cannot be cancelled here."],
        _ => words[
            "発送後のため、こちらではお届け先を変更できません。",
            "It has left already, so that its address cannot be changed here."],
    };

    /// <summary>Nothing has left yet.</summary>
    private static bool IsOpen(Order order) => order is
    {
        CancelledAt: null, FulfilledAt: null, DeliveredAt: null, PartiallyFulfilled: false,
    };

    /// <summary>The latest that is under way; else the latest.</summary>
    private static Order Meant(IReadOnlyList<Order> orders) =>
        orders.FirstOrDefault(IsOpen)
        ?? orders.FirstOrDefault(order => order is { CancelledAt: null, DeliveredAt: null }) ?? orders[0];

    private static Order? Named(IReadOnlyList<Order> orders, string number) =>
        SearchText.Number(number) is var wanted
            ? orders.FirstOrDefault(order => SearchText.Number(order.Number) == wanted) : null;

    private static ChatReply Choose(string text, IReadOnlyList<Order> orders, ChatWords words) => new()
    {
        Kind = ReplyKind.Order,
        Text = text,
        Choices = [.. orders.Take(Offered).Select(order => Order(order, words)),
            Choice.Of(words.People, new Tap.People())],
    };

    private static Choice Order(Order order, ChatWords words) => Choice.Of(
        words[$"ご注文 {order.Number}", $"Order {order.Number}"], new Tap.OfOrder(order.Number));

    private static ChatReply Of(Order? order, string text, Answer? general, ChatWords words)
    {
        var said = general?.In(words.Language);
        return new()
        {
            Kind = ReplyKind.Order,
            Text = said is null ? text : $"{text}\n\n{said.Said}",
            Links = said?.Links ?? [],
            Choices = [Choice.Of(words.People, new Tap.People())],
            Grounds = [.. order is null ? Array.Empty<string>() : [$"order:{order.Key}"],
                .. general is null ? Array.Empty<string>() : [$"answer:{general.Name}"]],
        };
    }
}
