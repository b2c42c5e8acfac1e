using Automation.Console.Letters;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Shop;

namespace Automation.Console.Setup;

/// <summary>What an installation has and lacks, step by step; each can be done later.</summary>
public sealed record SetupReport
{
    public required IReadOnlyList<SourceLine> Sources { get; init; }
    public required SenderLine Sender { get; init; }

    /// <summary>The channel of LINE; null: the shop is not on LINE.</summary>
    public LineLine? Line { get; init; }

    /// <summary>The shop about itself: what every marketing mail shows, and how mails look.</summary>
    public required ShopSettings Shop { get; init; }
    public required IReadOnlyList<string> Journeys { get; init; }
    public required IReadOnlyList<string> Newsletters { get; init; }

    /// <summary>What is wrong in the shop's files.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>Some customer is known already.</summary>
    public required bool HasCustomers { get; init; }

    /// <summary>Whose keys there are, without the keys.</summary>
    public required IReadOnlyList<Caller> Keys { get; init; }

    /// <summary>How a test webhook was answered; null: none was sent.</summary>
    public TestWebhook? Test { get; init; }
}

/// <summary>A shop platform that posts webhooks.</summary>
public sealed record SourceLine
{
    public required string Name { get; init; }
    public required string Platform { get; init; }

    /// <summary>Where it is to post them.</summary>
    public required string Address { get; init; }

    /// <summary>Nothing is configured: it is for trying out.</summary>
    public required bool IsDemo { get; init; }

    /// <summary>When its last webhook came, since this process began; null: none did.</summary>
    public required DateTimeOffset? Last { get; init; }

    /// <summary>How many were turned away lately, and why.</summary>
    public required IReadOnlyList<string> Refused { get; init; }
}

/// <summary>How mails leave.</summary>
public sealed record SenderLine
{
    public required string Transport { get; init; }
    public required string? From { get; init; }
    public required string? TransactionalFrom { get; init; }
    public required bool IsSandbox { get; init; }
    public required bool HearsEvents { get; init; }
    public required string Into { get; init; }
    public required string PublicUrl { get; init; }
}

/// <summary>The shop's channel of LINE.</summary>
/// <param name="Address">Where LINE is to post its webhooks.</param>
/// <param name="Last">When its last webhook came, since this process began; null: none did.</param>
/// <param name="Refused">How many were turned away lately, and why.</param>
/// <param name="Quota">The month's messages; null: LINE did not say.</param>
public sealed record LineLine(
    string Address, DateTimeOffset? Last, IReadOnlyList<string> Refused, Marketing.Sending.LineQuota? Quota);

/// <summary><c>shop.json</c> in the editor.</summary>
/// <param name="Broken">Scenarios that would come out differently, which is why it was not saved.</param>
public sealed record ShopEdit(LetterDraft Draft, IReadOnlyList<Problem> Broken);

/// <summary>What became of a test webhook.</summary>
/// <param name="Wrong">What is wrong; null: it was taken.</param>
public sealed record TestWebhook(string Source, string? Wrong);
