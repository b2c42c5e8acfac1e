using System.Text;

namespace Automation.Marketing.Intake;

/// <summary>Whose webhooks a source speaks.</summary>
public enum Platform { Shopify, WooCommerce, Generic }

/// <summary>One configured shop platform that posts webhooks.</summary>
public sealed class SourceSettings
{
    private static readonly (string From, string To)[] WordPressEntities =
        [("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];

    /// <exception cref="ArgumentException">The name or the secret is empty.</exception>
    public SourceSettings(string name, Platform platform, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(secret);
        (Name, Platform) = (name, platform);
        Secret = Key(secret);
    }

    /// <summary>Paid, shipped, or a bank transfer awaited.</summary>
    public static readonly IReadOnlyList<string> WooCommerceStatuses = ["on-hold", "processing", "completed"];

    /// <summary>Is an order in this status (WooCommerce) with the customer?</summary>
    public bool IsDelivered(string? status) =>
        Platform is Platform.WooCommerce
        && (DeliveredStatuses ?? ["delivered"]).Contains(status, StringComparer.OrdinalIgnoreCase);

    /// <summary>Is an order in this status (WooCommerce), or with this state of payment (Shopify), placed?</summary>
    public bool IsPlaced(string? status)
    {
        var placed = PlacedStatuses ?? (Platform is Platform.WooCommerce ? WooCommerceStatuses : null);
        return placed is null || status is null || placed.Contains(status, StringComparer.OrdinalIgnoreCase)
            || IsDelivered(status);
    }

    public string Name { get; }
    public Platform Platform { get; }

    /// <summary>WooCommerce: the key in <c>meta_data</c> whose truth means "write to me" (core has none).</summary>
    public string? ConsentMetaKey { get; init; }

    /// <summary>Whether test orders count like real ones; false in production.</summary>
    public bool TakeTests { get; init; }

    /// <summary>The statuses in which an order is placed; null: those of the platform.</summary>
    public IReadOnlyList<string>? PlacedStatuses { get; init; }

    /// <summary>WooCommerce: the statuses in which an order is with the customer; null: <c>delivered</c>, as plugins
    /// call it.</summary>
    public IReadOnlyList<string>? DeliveredStatuses { get; init; }

    /// <summary>Still valid while the platform changes over; null: none.</summary>
    public string? Previous
    {
        init => PreviousSecret = string.IsNullOrEmpty(value) ? null : Key(value);
    }

    internal byte[] Secret { get; }

    internal byte[]? PreviousSecret { get; private init; }

    /// <summary>WooCommerce keys its HMAC with <c>wp_specialchars_decode(secret, ENT_QUOTES)</c>
    /// (class-wc-webhook.php).</summary>
    private byte[] Key(string secret)
    {
        if (Platform is Platform.WooCommerce)
            foreach (var (from, to) in WordPressEntities) secret = secret.Replace(from, to, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(secret);
    }
}
