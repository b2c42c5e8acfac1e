using System.Globalization;
using System.Text.RegularExpressions;
using Automation.Functions.Http;
using Automation.Marketing.Chat;
using Automation.Marketing.Consent;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Chat;

/// <summary>The chat on web pages: a session, what a visitor says, what is new.</summary>
public sealed partial class ChatMessages(ChatDoor door, ChatLimits limits, LinkTokens links, WebChat chat)
{
    /// <summary>Characters of a message, and of what a choice says.</summary>
    private const int Longest = 1000, LongestTap = 200;

    /// <summary>What a browser asks by itself before it posts from another origin.</summary>
    [Function("ChatPreflight")]
    public Results<NoContent, Refusal> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "chat/{*path}")] HttpRequest request)
    {
        if (door.Refuses(request) is { } refusal) return refusal;
        ChatDoor.Allow(request.HttpContext.Response);
        return TypedResults.NoContent();
    }

    /// <summary>A token for a new visitor. Nothing is kept of it until they say something.</summary>
    [Function("OpenChat")]
    public Results<Ok<ChatSession>, Refusal> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "chat/sessions")] HttpRequest request) =>
        (door.Refuses(request)
            ?? ChatDoor.Spend(request, limits.Sessions, request.HttpContext.CallerAddress() ?? "")) is { } refusal
            ? refusal : TypedResults.Ok(new ChatSession(links.Visitors.Make()));

    /// <summary>Something said, and what is said to it: <c>{"id":…,"text":…}</c> or <c>{"id":…,"tap":…,"on":…}</c>. The
    /// same id again is the same message and gets the same answer.</summary>
    [Function("PostChatMessage"), Asks(Body = "application/json")]
    public async Task<Results<Ok<ChatEntry>, Refusal>> Say(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "chat/messages")] HttpRequest request)
    {
        if (door.Refuses(request, out var visitor) is { } refusal) return refusal;
        if (ChatDoor.Spend(request, limits.Messages, visitor) is { } often) return often;
        var (body, wrong) = await ChatDoor.Read(request, ChatBodies.Default.SaidInChat);
        if (wrong is not null) return wrong;
        if (!Id().IsMatch(body!.Id)) return UnknownId;
        if (Read(body) is not { } says)
            return Refusal.Unreadable(
                $"Send 'text' of 1 to {Longest} characters, or as 'tap' the 'data' of a choice (and 'on', its words).");
        // Not cancelled with the request: what is decided is done to its end.
        return TypedResults.Ok(await chat.Say(visitor, body.Id, says, CancellationToken.None));
    }

    /// <summary>What was said since <c>?after=</c>, an entry's <c>at</c>; all of it where left out. Entries of the last
    /// minute before come again: each has its id.</summary>
    [Function("GetChatMessages"), Asks("after")]
    public async Task<Results<Ok<ChatNews>, Refusal>> News(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "chat/messages")] HttpRequest request)
    {
        if (door.Refuses(request, out var visitor) is { } refusal) return refusal;
        if (ChatDoor.Spend(request, limits.News, visitor) is { } often) return often;
        DateTimeOffset? after = null;
        if (request.Query("after") is { } said)
        {
            if (!DateTimeOffset.TryParse(
                said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || at.Year < 2000)
                return Refusal.Unreadable("'after' must be the 'at' of an entry (ISO 8601).");
            after = at;
        }
        return TypedResults.Ok(await chat.Since(visitor, after, request.HttpContext.RequestAborted));
    }

    public static Refusal UnknownId { get; } =
        Refusal.Unreadable("'id' must have 8 to 64 letters, digits, '-' or '_'.");

    public static bool IsId(string id) => Id().IsMatch(id);

    private static Utterance? Read(SaidInChat said) => said switch
    {
        { Text: { } text, Tap: null, On: null } => text.Trim() is { Length: > 0 and <= Longest } words
            ? new Utterance.Words(words) : null,
        { Text: null, Tap.Length: <= LongestTap, On: null or { Length: <= LongestTap } } =>
            Tap.Read(said.Tap) is { } tap ? new Utterance.Tapped(tap, said.On) : null,
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]{8,64}\z")]
    private static partial Regex Id();
}
