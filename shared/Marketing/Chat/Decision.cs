namespace Automation.Marketing.Chat;

/// <summary>What is done beside the reply.</summary>
public abstract record ChatEffect
{
    /// <summary>A person of the shop is to answer.</summary>
    /// <param name="Because">In the shop's people's words: <c>asked for a person</c>.</param>
    /// <param name="By">When the customer was told that somebody will answer; null: nobody said when.</param>
    public sealed record HandOver(string Because, DateTimeOffset? By) : ChatEffect;

    /// <summary>What was said is for the person who will answer.</summary>
    public sealed record NoteForPeople : ChatEffect;

    /// <summary>No marketing any more on the channel it was said on.</summary>
    public sealed record StopMarketing : ChatEffect;

    private ChatEffect() { }
}

/// <summary>What is decided about one message.</summary>
/// <param name="State">How the conversation stands from then on.</param>
public sealed record Decision(ChatReply Reply, ConversationState State, IReadOnlyList<ChatEffect> Effects)
{
    /// <summary>A model has worded the reply.</summary>
    public bool IsWorded { get; init; }
}

/// <summary>How a conversation stands.</summary>
public sealed record ConversationState
{
    public static readonly ConversationState New = new();

    /// <summary>How often in a row nothing was understood, or did not help.</summary>
    public int Misses { get; init; }

    /// <summary>The answer given last, until it is known whether it helped.</summary>
    public string? Answered { get; init; }

    /// <summary>Since when a person is waited for; null: nobody is.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>When the customer was told somebody will answer.</summary>
    public DateTimeOffset? Promised { get; init; }

    /// <summary>It was said that what they write reaches the person.</summary>
    public bool IsNoted { get; init; }

    /// <summary>The language spoken last: <c>ja</c>, <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Orders that were proved in this conversation, as <c>{source}:{id}</c>.</summary>
    public IReadOnlyList<string> Proven { get; init; } = [];

    /// <summary>A person has answered: the chat answers again.</summary>
    public ConversationState Answer() => this with
    {
        Misses = 0,
        WaitsSince = null,
        Promised = null,
        IsNoted = false,
    };
}
