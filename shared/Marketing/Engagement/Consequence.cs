using System.Text.Json;

namespace Automation.Marketing.Engagement;

/// <summary>What must be done because of what became of a send.</summary>
public abstract record Consequence
{
    /// <summary>The provider has spoken about it: a send of unknown outcome has one now.</summary>
    /// <param name="Processed">It went out; else it was dropped (<paramref name="Reason"/>).</param>
    public sealed record Settle(bool Processed, string? Reason) : Consequence;

    /// <summary>Nobody writes to this address any more.</summary>
    public sealed record Suppress(string Reason, DateTimeOffset At) : Consequence;

    /// <summary>The reader does not want marketing any more (<paramref name="How"/> they said so).</summary>
    public sealed record Withdraw(string How, DateTimeOffset At) : Consequence;

    /// <summary>A soft bounce more: is it one too many?</summary>
    public sealed record WeighSoftBounces(DateTimeOffset At) : Consequence;

    /// <summary>A person should look at the account or at what is written: one row for each <paramref name="What"/>,
    /// however many mails it hits.</summary>
    public sealed record Attend(string What, DateTimeOffset At) : Consequence;

    /// <summary>Journeys hear it.</summary>
    /// <param name="Key">What makes it one event beside the send and the type; null: nothing.</param>
    public sealed record Tell(string Type, DateTimeOffset At, string? Key = null,
        IReadOnlyDictionary<string, JsonElement>? Data = null) : Consequence;

    private Consequence() { }
}
