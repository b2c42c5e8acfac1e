using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>How long what is no longer needed is kept (shop.json, <c>retention</c>); a nightly sweep obeys
/// it.</summary>
public sealed record Retention
{
    /// <summary>Webhooks set aside to be looked at.</summary>
    public Period Parked { get; init; } = new(90, PeriodUnit.Day);

    /// <summary>Enrollments, after their end; a customer's latest in each journey stays, it says whether they may walk
    /// it again.</summary>
    public Period Enrollments { get; init; } = new(2, PeriodUnit.Year);

    /// <summary>Sends and the issues' ledgers.</summary>
    public Period Sends { get; init; } = new(2, PeriodUnit.Year);

    /// <summary>What became of sends: delivered, opened, clicked.</summary>
    public Period Engagement { get; init; } = new(1, PeriodUnit.Year);

    /// <summary>Ids of events already handled: told again later, an event is a new one.</summary>
    public Period Events { get; init; } = new(30, PeriodUnit.Day);

    /// <summary>What was said in the chat.</summary>
    public Period Chats { get; init; } = new(1, PeriodUnit.Year);

    /// <summary>Consents that a later saying has replaced; the one that holds stays as long as the customer.</summary>
    public Period Consent { get; init; } = new(5, PeriodUnit.Year);
}
