using System.Text.Json;

namespace Automation.Marketing.People;

/// <summary>Something that happened to a customer: <c>order.placed</c>, <c>mail.clicked</c>, <c>customer.late</c> … The
/// id is made from what happened (never random), so the same happening twice is one event.</summary>
public sealed record ShopEvent
{
    /// <summary>Under this name an event of the shop's own carries the order it is about.</summary>
    public const string OrderName = "order";

    /// <summary>E.g. <c>shopify:1001:placed</c>; no personal data.</summary>
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset At { get; init; }
    public required CustomerId Customer { get; init; }

    /// <summary><c>{source}:{order id}</c> for order events, and for those that name one.</summary>
    public string? Order { get; init; }

    /// <summary>The mail's name for mail events.</summary>
    public string? Mail { get; init; }

    /// <summary>What the mail was for (<see cref="People.Send.For"/>): only the enrollment that sent it hears of it;
    /// null: all do.</summary>
    public string? For { get; init; }

    /// <summary>What else the event carries, read by <c>event.{name}</c> in conditions.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
}

/// <summary>The events the product itself knows; others are declared in shop.json under <c>events</c>.</summary>
public static class EventTypes
{
    public const string OrderPlaced = "order.placed";
    public const string OrderPaid = "order.paid";
    public const string OrderUpdated = "order.updated";
    public const string OrderPartiallyFulfilled = "order.partiallyFulfilled";
    public const string OrderFulfilled = "order.fulfilled";
    public const string OrderDelivered = "order.delivered";
    public const string OrderCancelled = "order.cancelled";
    public const string OrderRefunded = "order.refunded";
    public const string CheckoutStarted = "checkout.started";
    public const string CheckoutAbandoned = "checkout.abandoned";
    public const string CustomerCreated = "customer.created";
    public const string CustomerUpdated = "customer.updated";
    public const string CustomerLate = "customer.late";
    public const string CustomerErased = "customer.erased";
    public const string ConsentPending = "consent.pending";
    public const string ConsentGiven = "consent.given";
    public const string ConsentWithdrawn = "consent.withdrawn";
    public const string MailDelivered = "mail.delivered";
    public const string MailOpened = "mail.opened";
    public const string MailClicked = "mail.clicked";
    public const string MailBounced = "mail.bounced";

    /// <summary>The shop's account was added on LINE, or unblocked.</summary>
    public const string LineFollowed = "line.followed";

    /// <summary>It was blocked or removed there.</summary>
    public const string LineUnfollowed = "line.unfollowed";

    /// <summary>A text, picture or sticker came by LINE.</summary>
    public const string LineSaid = "line.said";

    /// <summary>A button was tapped (postback).</summary>
    public const string LineTapped = "line.tapped";

    /// <summary>The LINE account was linked to the customer's.</summary>
    public const string LineLinked = "line.linked";

    /// <summary>A message was taken back by who wrote it.</summary>
    public const string LineUnsent = "line.unsent";

    /// <summary>What begins the walk of a journey that a date starts; nothing else waits for it.</summary>
    public const string DateReached = "customer.date";

    /// <summary>What begins the walk of a journey that a condition starts; nothing else waits for it.</summary>
    public const string Became = "customer.became";

    public static readonly IReadOnlyList<string> All =
    [
        OrderPlaced, OrderPaid, OrderUpdated, OrderPartiallyFulfilled, OrderFulfilled, OrderDelivered, OrderCancelled,
        OrderRefunded, CheckoutStarted, CheckoutAbandoned, CustomerCreated, CustomerUpdated, CustomerLate,
        CustomerErased, ConsentPending, ConsentGiven, ConsentWithdrawn,
        MailDelivered, MailOpened, MailClicked, MailBounced,
        LineFollowed, LineUnfollowed, LineSaid, LineTapped, LineLinked, LineUnsent,
    ];

    /// <summary>The product's own families of events: a shop's events have another first word.</summary>
    public static readonly IReadOnlyList<string> Reserved =
        [.. All.Select(name => name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)]).Distinct()];
}
