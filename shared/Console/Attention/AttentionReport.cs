using Automation.Marketing.Inbox;
using Automation.Marketing.Privacy;

namespace Automation.Console.Attention;

/// <summary>What waits for a person, and how the house is.</summary>
public sealed record AttentionReport
{
    /// <summary>All but what the other lists hold, kind by kind.</summary>
    public required IReadOnlyList<AttentionEntry> Entries { get; init; }
    public required IReadOnlyList<ParkedLine> Parked { get; init; }

    /// <summary>What the law lets people and platforms ask for, and was not answered.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>There may be more than are shown.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A webhook set aside.</summary>
/// <param name="CanRetry">It can be tried again.</param>
public sealed record ParkedLine(ParkedWebhook Webhook, bool CanRetry);

/// <summary>One webhook set aside, with its body as text.</summary>
/// <param name="IsCut">The body is longer than what is shown.</param>
public sealed record ParkedBody(ParkedLine Line, string Text, bool IsCut);
