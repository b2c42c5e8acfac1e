using Automation.Marketing.Shop;

namespace Automation.Functions.Connecting;

/// <summary>A topic that is listened to, and the scope a Shopify app needs for it (Shopify GraphQL Admin API,
/// <c>WebhookSubscriptionTopic</c>).</summary>
/// <param name="Scope">Null: the platform has no scopes.</param>
/// <param name="Without">What does not come without it; null: the shop cannot do without.</param>
public sealed record WantedWebhook(string Topic, string? Scope = null, string? Without = null)
{
    private const string Metafield = "metafield:";

    /// <summary>The namespaces of metafields it has to carry: webhooks have none but those that are asked for
    /// (Shopify).</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    private const string Orders = "read_orders", Customers = "read_customers", Fulfillments = "read_fulfillments",
        NoDelivery = "order.delivered does not come",
        NoCheckouts = "checkout.started and checkout.abandoned do not come";

    /// <summary>Those of docs/sources.md. Shopify's privacy topics belong to the app, not to a shop: they are in its
    /// own configuration.</summary>
    /// <param name="shop">Its attributes say which metafields of customers are read; null: none.</param>
    public static IReadOnlyList<WantedWebhook> Of(string platform, ShopSettings? shop = null)
    {
        if (platform != "shopify") return WooCommerce;
        string[] namespaces =
        [
            .. (shop?.AttributePlaces.Keys ?? []).Where(place => place.StartsWith(Metafield, StringComparison.Ordinal))
                .Select(place => place[Metafield.Length..place.IndexOf('.', StringComparison.Ordinal)]).Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return [.. Shopify.Select(one => one.Topic is "customers/create" or "customers/update"
            ? one with { Namespaces = namespaces } : one)];
    }

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
public sealed record RegisteredWebhook(string Id, string Topic, string Address, bool IsOn)
{
    /// <summary>The namespaces of metafields that it carries.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];
}

/// <summary>What is to be done about one topic.</summary>
public abstract record ConnectAct(WantedWebhook Wanted)
{
    public string Topic => Wanted.Topic;

    /// <summary>There is none: register it.</summary>
    public sealed record Add(WantedWebhook Wanted) : ConnectAct(Wanted);

    /// <summary>It posts to where we were before, was switched off, or carries too little: put it right.</summary>
    public sealed record Mend(WantedWebhook Wanted, RegisteredWebhook Webhook, string Why) : ConnectAct(Wanted);

    /// <summary>It is there, and right.</summary>
    public sealed record Keep(WantedWebhook Wanted) : ConnectAct(Wanted);
}

/// <summary>From what is there to what has to be done. Pure, and asked again after each round: what was done is there
/// then, and nothing is done twice.</summary>
public static class ConnectPlan
{
    /// <param name="address">Where webhooks are to be posted.</param>
    public static IReadOnlyList<ConnectAct> Of(
        IReadOnlyList<WantedWebhook> wanted, IReadOnlyList<RegisteredWebhook> there, string address) =>
        [.. wanted.Select(one => Of(one, there, address))];

    private static ConnectAct Of(WantedWebhook wanted, IReadOnlyList<RegisteredWebhook> there, string address)
    {
        var same = there.Where(one => one.Topic == wanted.Topic).ToList();
        if (same.FirstOrDefault(one => one.Address == address) is { } right)
            return !right.IsOn ? new ConnectAct.Mend(wanted, right, "it is switched off")
                : wanted.Namespaces.Except(right.Namespaces).ToList() is [_, ..] lacks
                    ? new ConnectAct.Mend(wanted, right, $"it carries no metafields of {string.Join(", ", lacks)}")
                : new ConnectAct.Keep(wanted);
        // Somebody else's webhook of the topic stays theirs; ours is known by its path.
        return same.FirstOrDefault(one => IsOurs(one.Address, address)) is { } moved
            ? new ConnectAct.Mend(wanted, moved, $"it posts to {moved.Address}")
            : new ConnectAct.Add(wanted);
    }

    /// <summary>Another address of this source: the same path on another host, scheme or port.</summary>
    private static bool IsOurs(string there, string address) =>
        Uri.TryCreate(there, UriKind.Absolute, out var one) && Uri.TryCreate(address, UriKind.Absolute, out var other)
        && one.AbsolutePath.TrimEnd('/') == other.AbsolutePath;
}
