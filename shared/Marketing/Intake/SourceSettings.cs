using System.Text;

namespace Automation.Marketing.Intake;

/// <summary>Whose webhooks a source speaks.</summary>
public enum Platform { Shopify, WooCommerce, Generic }

/// <summary>One configured shop platform that posts webhooks.</summary>
public sealed class SourceSettings
{
    private static readonly (string From, string To)[] WordPressEntities =
        [("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];

    /// <param name="consentMetaKey">WooCommerce: the key in <c>meta_data</c> whose truth means "write to me" (core has
    /// none).</param>
    /// <param name="placedStatuses">The statuses in which an order is placed; null: those of the platform.</param>
    /// <param name="deliveredStatuses">WooCommerce: the statuses in which an order is with the customer; null:
    /// <c>delivered</c>, as plugins call it.</param>
    /// <param name="takeTests">Whether test orders count like real ones; false in production.</param>
    public SourceSettings(
        string name, Platform platform, string secret, string? previousSecret = null, string? consentMetaKey = null,
        bool takeTests = false, IReadOnlyList<string>? placedStatuses = null,
        IReadOnlyList<string>? deliveredStatuses = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(secret);
        (Name, Platform, ConsentMetaKey, TakeTests) = (name, platform, consentMetaKey, takeTests);
        Secret = Key(secret);
        placed = placedStatuses ?? (platform is Platform.WooCommerce ? WooCommerceStatuses : null);
        delivered = deliveredStatuses ?? ["delivered"];
        PreviousSecret = string.IsNullOrEmpty(previousSecret) ? null : Key(previousSecret);
    }

    /// <summary>Paid, shipped, or a bank transfer awaited.</summary>
    public static readonly IReadOnlyList<string> WooCommerceStatuses = ["on-hold", "processing", "completed"];

    private readonly IReadOnlyList<string>? placed;
    private readonly IReadOnlyList<string> delivered;

    /// <summary>Is an order in this status (WooCommerce) with the customer?</summary>
    public bool IsDelivered(string? status) =>
        Platform is Platform.WooCommerce && delivered.Contains(status, StringComparer.OrdinalIgnoreCase);

    /// <summary>Is an order in this status (WooCommerce), or with this state of payment (Shopify), placed?</summary>
    public bool IsPlaced(string? status) =>
        placed is null || status is null || placed.Contains(status, StringComparer.OrdinalIgnoreCase)
        || IsDelivered(status);

    public string Name { get; }
    public Platform Platform { get; }
    public string? ConsentMetaKey { get; }
    public bool TakeTests { get; }
    internal byte[] Secret { get; }

    /// <summary>Still valid while the platform changes over.</summary>
    internal byte[]? PreviousSecret { get; }

    /// <summary>WooCommerce keys its HMAC with <c>wp_specialchars_decode(secret, ENT_QUOTES)</c>
    /// (class-wc-webhook.php).</summary>
    private byte[] Key(string secret)
    {
        if (Platform is Platform.WooCommerce)
            foreach (var (from, to) in WordPressEntities) secret = secret.Replace(from, to, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(secret);
    }
}
