using System.Text.Json.Serialization;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>How far an issue got in a shard: nothing but times and counts, for the orchestration to go by.</summary>
/// <param name="Sent">How many were handed over.</param>
/// <param name="Until">When to look at the shard again: somebody waits, or the provider is busy.</param>
public sealed record ShardOutcome(ShardEnd End, int Sent = 0, DateTimeOffset? Until = null);

/// <summary>Why the work on a shard ended for now.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShardEnd>))]
public enum ShardEnd
{
    /// <summary>Everybody was met; some may wait for a time.</summary>
    Done,

    /// <summary>Not yet everybody: call again, where a time is given not before.</summary>
    More,

    /// <summary>The issue is not being sent just now (paused, cancelled).</summary>
    Held,
}
