namespace Automation.Functions.Connecting;

/// <summary>A topic that is listened to, and the scope a Shopify app needs for it (Shopify GraphQL Admin API,
/// <c>WebhookSubscriptionTopic</c>).</summary>
/// <param name="Scope">Null: the platform has no scopes.</param>
/// <param name="Without">What does not come without it; null: the shop cannot do without.</param>
public sealed record WantedWebhook(string Topic, string? Scope = null, string? Without = null)
{
    private const string Orders = "read_orders", Customers = "read_customers", Fulfillments = "read_fulfillments",
        NoDelivery = "order.delivered does not come", NoCheckouts = "checkout.started and checkout.abandoned do not come";

    /// <summary>Those of docs/sources.md. Shopify's privacy topics belong to the app, not to a shop: they are in its own
    /// configuration.</summary>
    public static IReadOnlyList<WantedWebhook> Of(string platform) => platform == "shopify" ? Shopify : WooCommerce;

    private static readonly IReadOnlyList<WantedWebhook> Shopify =
    [
        new("orders/create", Orders), new("orders/paid", Orders), new("orders/updated", Orders),
        new("orders/partially_fulfilled", Orders), new("orders/fulfilled", Orders), new("orders/cancelled", Orders),
        new("orders/delete", Orders), new("refunds/create", Orders),
        new("fulfillments/create", Fulfillments, NoDelivery), new("fulfillments/update", Fulfillments, NoDelivery),
        new("fulfillment_events/create", Fulfillments, NoDelivery),
        new("checkouts/create", Orders, NoCheckouts), new("checkouts/update", Orders, NoCheckouts),
        new("checkouts/delete", Orders, NoCheckouts),
        new("customers/create", Customers), new("customers/update", Customers), new("customers/delete", Customers),
        new("customers_email_marketing_consent/update", Customers),
        new("customers_marketing_consent/update", Customers, "consents to SMS are not on record"),
        new("customers/merge", "read_customer_merge", "accounts that are merged there stay two customers here"),
    ];

    private static readonly IReadOnlyList<WantedWebhook> WooCommerce =
    [
        new("order.created"), new("order.updated"), new("order.deleted"), new("order.restored"),
        new("customer.created"), new("customer.updated"), new("customer.deleted"),
    ];
}

/// <summary>A webhook as the platform has it.</summary>
/// <param name="IsOn">False: it was paused, or switched off after failures.</param>
public sealed record RegisteredWebhook(string Id, string Topic, string Address, bool IsOn);

/// <summary>What is to be done about one topic.</summary>
public abstract record ConnectAct(string Topic)
{
    /// <summary>There is none: register it.</summary>
    public sealed record Add(string Topic) : ConnectAct(Topic);

    /// <summary>It posts to where we were before, or was switched off: put it right.</summary>
    public sealed record Mend(RegisteredWebhook Webhook, string Why) : ConnectAct(Webhook.Topic);

    /// <summary>It is there, and right.</summary>
    public sealed record Keep(string Topic) : ConnectAct(Topic);
}

/// <summary>From what is there to what has to be done. Pure, and asked again after each round: what was done is there
/// then, and nothing is done twice.</summary>
public static class ConnectPlan
{
    /// <param name="address">Where webhooks are to be posted.</param>
    public static IReadOnlyList<ConnectAct> Of(
        IReadOnlyList<WantedWebhook> wanted, IReadOnlyList<RegisteredWebhook> there, string address) =>
        [.. wanted.Select(one => Of(one.Topic, there, address))];

    private static ConnectAct Of(string topic, IReadOnlyList<RegisteredWebhook> there, string address)
    {
        var same = there.Where(one => one.Topic == topic).ToList();
        if (same.FirstOrDefault(one => one.Address == address) is { } right)
            return right.IsOn ? new ConnectAct.Keep(topic) : new ConnectAct.Mend(right, "it is switched off");
        // Somebody else's webhook of the topic stays theirs; ours is known by its path.
        return same.FirstOrDefault(one => IsOurs(one.Address, address)) is { } moved
            ? new ConnectAct.Mend(moved, $"it posts to {moved.Address}")
            : new ConnectAct.Add(topic);
    }

    /// <summary>Another address of this source: the same path on another host, scheme or port.</summary>
    private static bool IsOurs(string there, string address) =>
        Uri.TryCreate(there, UriKind.Absolute, out var one) && Uri.TryCreate(address, UriKind.Absolute, out var other)
        && one.AbsolutePath.TrimEnd('/') == other.AbsolutePath;
}
