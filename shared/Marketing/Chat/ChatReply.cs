using System.Text.Json.Serialization;
using Automation.Marketing.Answers;

namespace Automation.Marketing.Chat;

/// <summary>What kind of reply it is: what scenarios expect and figures count.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplyKind>))]
public enum ReplyKind
{
    /// <summary>Nothing is said.</summary>
    [JsonStringEnumMemberName("nothing")] Nothing,

    /// <summary>An answer of the shop.</summary>
    [JsonStringEnumMemberName("answer")] Answer,

    /// <summary>How it stands with an order of theirs.</summary>
    [JsonStringEnumMemberName("order")] Order,

    /// <summary>A product.</summary>
    [JsonStringEnumMemberName("product")] Product,

    /// <summary>What of these was meant?</summary>
    [JsonStringEnumMemberName("choices")] Choices,

    /// <summary>It was not understood.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>A person takes over, now or when there is one.</summary>
    [JsonStringEnumMemberName("people")] People,

    /// <summary>It is taken down for the person who will answer.</summary>
    [JsonStringEnumMemberName("noted")] Noted,

    /// <summary>Marketing stops.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>Who asks has to say who they are first.</summary>
    [JsonStringEnumMemberName("link")] Link,

    /// <summary>Good day, thank you.</summary>
    [JsonStringEnumMemberName("greeting")] Greeting,
}

/// <summary>Something to tap below a reply.</summary>
/// <param name="Data">What it says when tapped (<see cref="Tap.Data"/>); null: it opens <paramref name="Url"/>.</param>
public sealed record Choice(string Words, string? Data, string? Url = null)
{
    public static Choice Of(string words, Tap tap) => new(words, tap.Data);
}

/// <summary>What the shop says.</summary>
public sealed record ChatReply
{
    public static readonly ChatReply Nothing = new() { Kind = ReplyKind.Nothing, Text = "" };

    public required ReplyKind Kind { get; init; }
    public required string Text { get; init; }
    public IReadOnlyList<Choice> Choices { get; init; } = [];
    public IReadOnlyList<AnswerLink> Links { get; init; } = [];

    /// <summary>What it rests on: <c>answer:{name}</c>, <c>order:{source}:{id}</c>, <c>product:{key}</c>.</summary>
    public IReadOnlyList<string> Grounds { get; init; } = [];

    /// <summary>The text with its links, as channels without buttons show it.</summary>
    [JsonIgnore]
    public string Whole => string.Join('\n', [Text, .. Links.Select(link => $"{link.Words} {link.Url}")]);
}
