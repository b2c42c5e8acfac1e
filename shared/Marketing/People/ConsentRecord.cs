using System.Text.Json.Serialization;

namespace Automation.Marketing.People;

/// <summary>May we write marketing on this channel?</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConsentState>))]
public enum ConsentState
{
    /// <summary>Nobody asked, nothing said: no marketing.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Asked, confirmation outstanding (double opt-in).</summary>
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("given")] Given,
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
}

/// <summary>A consent as of a moment, with how we know (特定電子メール法 art. 3-2: the record of consent).</summary>
/// <param name="At">When the customer said so.</param>
/// <param name="How">Where it was said: <c>checkout</c>, <c>unsubscribe link</c>, <c>one-click</c>, <c>api</c>,
/// <c>import</c>, <c>source</c> …</param>
/// <param name="Evidence">What else shows it: the send that was answered, the order; free text.</param>
public sealed record ConsentRecord(ConsentState State, DateTimeOffset At, string How, string? Evidence = null)
{
    /// <summary>Of a confirmation: since when it was asked for (<see cref="ConsentState.Pending"/>). Of a question: it
    /// goes to somebody who had left, and only their own answer counts. Null for every other saying.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The words that were agreed to.</summary>
    public string? Wording { get; init; }

    /// <summary>The page or form they stood on: its address or version.</summary>
    public string? Page { get; init; }

    /// <summary>The address it came from.</summary>
    public string? Ip { get; init; }
}
