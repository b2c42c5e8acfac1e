using System.Text.Json;
using Automation.Marketing.Chat;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;

namespace Automation.Marketing.Intake;

/// <summary>One event of LINE's webhook in our own words.</summary>
/// <param name="Id">The same for every delivery of it: <c>{webhookEventId}:{type}</c>, and for old payloads without
/// one a hash of what was told.</param>
/// <param name="Tells">What it tells, in order; none: it says nothing to us.</param>
public sealed record LineHappening(string Id, DateTimeOffset At, IReadOnlyList<SourceEvent> Tells)
{
    /// <summary>Whose LINE account it is.</summary>
    public required Identity Person { get; init; }

    /// <summary>Of accounts that were linked: what LINE was given to bring back; null: nothing was linked.</summary>
    public string? Nonce { get; init; }

    /// <summary>What was said to the shop; null: nothing, or another module answers.</summary>
    public ChatMessage? Says { get; init; }

    /// <summary>The id of a text that was taken back; null: none was.</summary>
    public string? TakenBack { get; init; }
}

/// <summary>LINE's webhook events (Messaging API reference, "Webhook Event Objects"): of one person in a chat of
/// their own. Who follows agrees to be written to, who unfollows or blocks takes it back. What is unknown, and what
/// happens in groups and rooms, is skipped. In <c>standby</c> another module answers: what was said of consent holds,
/// nothing else follows. Pure.</summary>
public static class LineDialect
{
    /// <summary>What the product calls it as a source.</summary>
    public const string Source = "line";

    /// <summary>Longer texts than LINE takes are none of LINE's.</summary>
    private const int LongestText = 5000;

    /// <summary>All of a body's events, by their own times: LINE promises no order.</summary>
    /// <exception cref="UnreadableException">It is not JSON, or not a webhook of LINE's.</exception>
    public static IReadOnlyList<LineHappening> Read(Envelope envelope)
    {
        using var json = JsonReading.Parse(envelope.Body);
        if (json.RootElement.At("events"u8) is not { ValueKind: JsonValueKind.Array } events)
            throw new UnreadableException("No webhook of LINE's: it has no \"events\".");
        return JsonReading.Reading(() => events.EnumerateArray()
            .Where(one => one.ValueKind is JsonValueKind.Object)
            .Select(one => Read(one, envelope.ReceivedAt))
            .OfType<LineHappening>()
            .OrderBy(one => one.At)
            .ToList());
    }

    /// <summary>Null: it is about nobody we could know.</summary>
    private static LineHappening? Read(JsonElement told, DateTimeOffset received)
    {
        if (told.At("type"u8).Text() is not { } type || told.At("source"u8) is not { } source
            || source.At("type"u8).Text() != "user" || Person(source.At("userId"u8).Text()) is not { } person)
            return null;
        var at = At(told, received);
        var id = told.At("webhookEventId"u8).Text() is { } given ? $"{given}:{type}"
            : Keys.Hash(told.GetRawText(), 16);
        var (consent, happened) = Tell(type, told, at);
        var buyer = new Buyer { Identities = [person], SeenAt = DateTimeOffset.MinValue };
        List<SourceEvent> tells = [];
        if (consent is not null)
            tells.Add(new SourceEvent.ConsentChanged(buyer, Source, consent with { Evidence = id }));
        var isStandby = told.At("mode"u8).Text() is "standby";
        if (happened is { } one && !isStandby)
            tells.Add(new SourceEvent.Happened
            {
                Id = id,
                Type = one.Name,
                At = at,
                Buyer = buyer,
                Data = one.Data,
            });
        return new(id, at, tells)
        {
            Person = person,
            Nonce = type == "accountLink" && told.At("link"u8).At("result"u8).Text() == "ok"
                ? told.At("link"u8).At("nonce"u8).Text() ?? "" : null,
            Says = isStandby || Says(type, told) is not { } says ? null : new ChatMessage
            {
                Id = id,
                Channel = Source,
                Address = person.Value,
                At = at,
                Says = says,
                TextId = told.At("message"u8).At("id"u8).Id(),
                ReplyToken = told.At("replyToken"u8).Text(),
            },
            TakenBack = type == "unsend" ? told.At("unsend"u8).At("messageId"u8).Id() : null,
        };
    }

    /// <summary>As the chat understands it; null: it is nothing to be answered, or a button of somebody
    /// else's.</summary>
    private static Utterance? Says(string type, JsonElement told) => type switch
    {
        "postback" => Tap.Read(told.At("postback"u8).At("data"u8).Text()) is { } tap ? new Utterance.Tapped(tap) : null,
        "message" => told.At("message"u8).At("type"u8).Text() switch
        {
            "text" when told.At("message"u8).At("text"u8).Text() is { } text => new Utterance.Words(
                text.Length > LongestText ? text[..LongestText] : text),
            "image" => new Utterance.Thing("a picture"),
            "video" or "audio" or "file" or "location" => new Utterance.Thing(
                $"a {told.At("message"u8).At("type"u8).Text()}"),
            _ => new Utterance.Gesture(),
        },
        _ => null,
    };

    private static (ConsentRecord? Consent, (string Name, IReadOnlyDictionary<string, JsonElement> Data)? Happened)
        Tell(string type, JsonElement told, DateTimeOffset at) => type switch
        {
            "follow" => (new(ConsentState.Given, at, "line follow"), (EventTypes.LineFollowed, Data(
                ("again", Flag(told.At("follow"u8).At("isUnblocked"u8).IsTrue()))))),
            "unfollow" => (new(ConsentState.Withdrawn, at, "line unfollow"), (EventTypes.LineUnfollowed, Data())),
            "message" => (null, (EventTypes.LineSaid, Data(
                ("kind", Value(told.At("message"u8).At("type"u8).Text())),
                ("text", Value(told.At("message"u8).At("text"u8).Text())),
                ("message", Value(told.At("message"u8).At("id"u8).Id()))))),
            "postback" => (null, (EventTypes.LineTapped, Data(
                ("data", Value(told.At("postback"u8).At("data"u8).Text())),
                ("chosen", Value(Chosen(told.At("postback"u8).At("params"u8))))))),
            "accountLink" when told.At("link"u8).At("result"u8).Text() == "ok" =>
                (null, (EventTypes.LineLinked, Data())),
            "unsend" => (null, (EventTypes.LineUnsent, Data(
                ("message", Value(told.At("unsend"u8).At("messageId"u8).Id()))))),
            _ => (null, null),
        };

    /// <summary>What a picker of dates or a menu chose.</summary>
    private static string? Chosen(JsonElement? told) =>
        told.At("datetime"u8).Text() ?? told.At("date"u8).Text() ?? told.At("time"u8).Text()
        ?? told.At("newRichMenuAliasId"u8).Text();

    /// <summary>Milliseconds since 1970; nothing happened later than it reached us.</summary>
    private static DateTimeOffset At(JsonElement told, DateTimeOffset received) =>
        told.At("timestamp"u8) is { ValueKind: JsonValueKind.Number } stamp && stamp.TryGetInt64(out var milliseconds)
            && milliseconds >= 0 && milliseconds < received.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : received;

    /// <summary>A user id: <c>U</c> and 32 hex digits.</summary>
    internal static Identity? Person(string? userId) =>
        userId is { Length: 33 } && userId[0] is 'U' or 'u' && userId.AsSpan(1).IndexOfAnyExcept(Hex) < 0
            ? new(Identity.Line, userId)
            : null;

    private static readonly System.Buffers.SearchValues<char> Hex =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static JsonElement Flag(bool value) => JsonSerializer.SerializeToElement(value);

    private static JsonElement? Value(string? text) => text is null ? null
        : JsonSerializer.SerializeToElement(text.Length > LongestText ? text[..LongestText] : text, CustomerJson.Text);

    private static Dictionary<string, JsonElement> Data(params ReadOnlySpan<(string Name, JsonElement? Value)> all)
    {
        var data = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in all)
            if (value is { } known) data[name] = known;
        return data;
    }
}
