namespace Automation.Marketing.Sending;

/// <summary>The provider's word on a send: it went out, or it was dropped (why).</summary>
public sealed record ProviderWord(string SendId, bool Processed, string? Reason);

/// <summary>What a send was: the mail's name, and what for.</summary>
public sealed record SentMail(string Mail, string For);

/// <summary>Sends that have no row of their own in the customer's timeline because an issue claimed them by the
/// chunk.</summary>
public interface IIssueSends
{
    /// <summary>Settles those of unknown outcome by the provider's word and answers what they were, by send id; those
    /// that do not belong to an issue are missing. Twice is once.</summary>
    Task<IReadOnlyDictionary<string, SentMail>> Settle(
        IReadOnlyCollection<ProviderWord> words, CancellationToken cancellation = default);
}
