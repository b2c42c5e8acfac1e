using System.Net;
using Automation.Marketing;
using Automation.Marketing.Access;

namespace Automation.Functions.Hosting;

/// <summary>Everything that is configured, checked at start.</summary>
public sealed record Settings
{
    public required string Urls { get; init; }

    /// <summary>The shop's own files; full path.</summary>
    public required string ShopFolder { get; init; }

    /// <summary>SQLite file, outbox, generated secrets, clock; full path.</summary>
    public required string DataFolder { get; init; }

    public required StorageSettings Storage { get; init; }

    /// <summary>The shop platforms that post webhooks, by name.</summary>
    public required IReadOnlyList<ConfiguredSource> Sources { get; init; }
    public required MailSettings Mail { get; init; }
    public required SendGridSettings SendGrid { get; init; }

    /// <summary>Null: the shop is not on LINE.</summary>
    public ConfiguredLine? Line { get; init; }

    /// <summary>What words the chat's answers; null: nothing but the chat itself.</summary>
    public ConfiguredModel? Model { get; init; }

    /// <summary>The DNS server that <c>doctor</c> asks; null: this machine's own.</summary>
    public IPEndPoint? Dns { get; init; }

    /// <summary>Are figures kept for <c>/metrics</c>?</summary>
    public bool HasMetrics { get; init; }

    /// <summary>Base of the links in mails, without trailing slash.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Whose <c>X-Forwarded-For</c> is believed.</summary>
    public required IReadOnlyList<IPNetwork> Proxies { get; init; }

    /// <summary>The operator's own key of API and console; null: one is made up and kept in the data folder.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Keys of others.</summary>
    public IReadOnlyList<ConfiguredKey> ApiKeys { get; init; } = [];

    /// <summary>How many customers the demo's shop has.</summary>
    public int DemoCustomers { get; init; }

    /// <summary>Shop seconds per second.</summary>
    public required double ClockRate { get; init; }

    /// <summary>Where a source's webhooks are to be posted.</summary>
    public string WebhookOf(string source) => $"{PublicUrl}/webhooks/orders/{source}";

    /// <summary>What of them the meaning asks for.</summary>
    /// <param name="isSingleProcess">No other process works on the same tables.</param>
    public MarketingOptions Marketing(bool isSingleProcess) => new()
    {
        IsSingleProcess = isSingleProcess,
        ChunkSize = SendGrid.ChunkSize,
        SettleAfter = Mail.SettleAfter,
        PublicUrl = PublicUrl,
    };
}

/// <summary>Where tables and queues are: <c>Storage</c>. Engine <c>sqlite</c>: in the data folder; <c>azure</c>: in an
/// account reached by connection string (shared key) or by name (Entra ID).</summary>
public sealed record StorageSettings(string Engine, string? ConnectionString, string? Account)
{
    public bool IsAzure => Engine == "azure";

    /// <summary>Without the connection string: it holds a key.</summary>
    public override string ToString() => $"{Engine} {Account}";
}

/// <summary>One configured shop platform: <c>Sources:{name}</c>.</summary>
public sealed record ConfiguredSource
{
    public required string Name { get; init; }
    public required string Platform { get; init; }
    public required string? Secret { get; init; }
    public required string? PreviousSecret { get; init; }
    public string? ConsentMetaKey { get; init; }

    /// <summary>The statuses in which an order is placed; null: those of the platform.</summary>
    public IReadOnlyList<string>? PlacedStatuses { get; init; }

    /// <summary>The statuses in which an order is with the customer (WooCommerce); null: <c>delivered</c>.</summary>
    public IReadOnlyList<string>? DeliveredStatuses { get; init; }

    /// <summary>How its platform's own API is reached; null: it is not.</summary>
    public SourceAdmin? Admin { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Name} ({Platform})";

    /// <summary>Where nothing is configured, so that the product can be tried at once: generic, with a generated
    /// secret.</summary>
    public static readonly ConfiguredSource Demo = new()
    {
        Name = "demo",
        Platform = "generic",
        Secret = null,
        PreviousSecret = null,
    };
}

/// <summary>A key with a name: <c>Api:Keys:{name}</c>.</summary>
/// <param name="PreviousKey">Holds too, as long as it is configured: for changing keys without a gap.</param>
public sealed record ConfiguredKey(string Name, string Key, string? PreviousKey, Role Role)
{
    /// <summary>Without the keys.</summary>
    public override string ToString() => $"{Name} ({Role})";
}

/// <summary>Where mails go and from whom: <c>Mail</c>.</summary>
public sealed record MailSettings
{
    public required string Transport { get; init; }
    public required string? From { get; init; }
    public required string? FromName { get; init; }
    public required string? ReplyTo { get; init; }
    public required string? TransactionalFrom { get; init; }

    /// <summary>How long an order mail of unknown outcome waits for the provider's word before it is sent once
    /// more.</summary>
    public required TimeSpan SettleAfter { get; init; }
}

/// <summary>How SendGrid is called: <c>SendGrid</c>.</summary>
public sealed record SendGridSettings
{
    public required string? ApiKey { get; init; }
    public required string BaseUrl { get; init; }
    public required string? WebhookPublicKey { get; init; }
    public required int ChunkSize { get; init; }
    public required bool Sandbox { get; init; }
}

/// <summary>The configuration cannot be used; each problem names its key and what to do.</summary>
public sealed class SettingsException(
    IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}
