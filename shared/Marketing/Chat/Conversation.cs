using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>A person's conversation with the shop on one channel: how it stands.</summary>
public sealed record Conversation
{
    public required string Id { get; init; }
    public required string Channel { get; init; }

    /// <summary>Who it is on that channel.</summary>
    public required string Address { get; init; }

    /// <summary>Whose it is; null: nobody's we know.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The last word in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset At { get; init; }
    public ConversationState State { get; init; } = ConversationState.New;

    /// <summary>A code that went to somebody's address and was not given yet; null: there is none.</summary>
    public AwaitedCode? Awaited { get; init; }

    /// <summary>The channel of visitors to web pages: nobody is known there by who they are.</summary>
    public const string Web = "web";

    /// <summary>One in which nothing was said yet.</summary>
    public static Conversation With(string channel, string address, DateTimeOffset now) =>
        new() { Id = IdOf(channel, address), Channel = channel, Address = address, At = now };

    /// <summary>The same person on the same channel has the same; says nothing of who it is.</summary>
    public static string IdOf(string channel, string address) =>
        $"{channel}-{Keys.Hash($"{channel}:{address}", 16)}";
}

/// <summary>A one-time code by mail that proves an order.</summary>
/// <param name="Sealed">Never the code itself.</param>
/// <param name="Until">It holds no longer.</param>
public sealed record AwaitedCode(string Sealed, DateTimeOffset Until)
{
    /// <summary>How often another was given.</summary>
    public int Tries { get; init; }

    /// <summary>Whose order it is; null: no mail went, as there is no such order of this address.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary><c>{source}:{id}</c>.</summary>
    public string? Order { get; init; }
}

/// <summary>What became of a reply.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplyFate>))]
public enum ReplyFate
{
    /// <summary>Decided, and perhaps on its way.</summary>
    Decided,

    /// <summary>The channel has it, or there was nothing to say.</summary>
    Done,

    /// <summary>It did not go, and will not.</summary>
    Lost,

    /// <summary>Nobody knows whether it arrived; it does not go again.</summary>
    Uncertain,
}

/// <summary>Something said, and what was said to it. Written before anything is done: whoever comes again says the
/// same.</summary>
public sealed record Exchange
{
    /// <summary>The message's id on its channel; of what people of the shop write, one of ours.</summary>
    public required string Id { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset At { get; init; }

    /// <summary>What the customer wrote or tapped; null: people of the shop begin, or it was taken back.</summary>
    public string? Says { get; init; }

    /// <summary>The channel's id of the text.</summary>
    public string? TextId { get; init; }
    public required ChatReply Reply { get; init; }

    /// <summary>A model has worded the reply.</summary>
    public bool IsWorded { get; init; }

    /// <summary>Who of the shop wrote the reply; null: the chat.</summary>
    public string? By { get; init; }

    /// <summary>When it was decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>With which the reply may be given at once; gone when it is settled.</summary>
    public string? ReplyToken { get; init; }
    public ReplyFate Fate { get; init; }

    /// <summary>How often somebody came again to hand it over.</summary>
    public int Again { get; init; }

    /// <summary>Why it was lost or is uncertain.</summary>
    public string? Reason { get; init; }

    /// <summary>Is a person asked for, and why?</summary>
    public string? HandOver { get; init; }

    /// <summary>By when an answer was promised.</summary>
    public DateTimeOffset? Promised { get; init; }

    /// <summary>It is for the person who will answer.</summary>
    public bool IsNote { get; init; }

    /// <summary>Marketing stops.</summary>
    public bool Stops { get; init; }

    /// <summary>Whether the answer before it helped; null: that was not said.</summary>
    public bool? Helped { get; init; }
}

/// <summary>JSON of the chat's rows.</summary>
public static class ChatJson
{
    public static JsonTypeInfo<Conversation> Conversation { get; } = RowJson.Options.Of<Conversation>();
    public static JsonTypeInfo<Exchange> Exchange { get; } = RowJson.Options.Of<Exchange>();
}
