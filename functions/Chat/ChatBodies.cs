using System.Text.Json.Serialization;

namespace Automation.Functions.Chat;

/// <summary>A visitor's session.</summary>
/// <param name="Token">128 random bits and their signature. The browser keeps it and shows it as
/// <c>Authorization: Bearer</c>.</param>
public sealed record ChatSession(string Token);

/// <summary>What a visitor says: words, or a choice that was tapped.</summary>
public sealed record SaidInChat
{
    /// <summary>Made by the browser: 8 to 64 letters, digits, <c>-</c>, <c>_</c>. The same again is the same
    /// message.</summary>
    public required string Id { get; init; }

    /// <summary>Up to 1,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The choice's <c>data</c>, and the words on it.</summary>
    public string? Tap { get; init; }

    /// <inheritdoc cref="Tap"/>
    public string? On { get; init; }
}

/// <summary>Which order a visitor wants to prove.</summary>
public sealed record AskedProof(string Order, string Email);

/// <summary>The code that came by mail.</summary>
/// <param name="Id">As of a message.</param>
public sealed record GivenCode(string Id, string Code);

/// <summary>Bodies that browsers post to the chat.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SaidInChat))]
[JsonSerializable(typeof(AskedProof))]
[JsonSerializable(typeof(GivenCode))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class ChatBodies : JsonSerializerContext;
