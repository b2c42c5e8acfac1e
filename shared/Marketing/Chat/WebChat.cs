using Automation.Marketing.Answers;

namespace Automation.Marketing.Chat;

/// <summary>Something said in a conversation, as the visitor's own browser shows it.</summary>
public sealed record ChatEntry
{
    /// <summary>The message's own; the same again is the same entry.</summary>
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What the visitor said.</summary>
    public string? Says { get; init; }

    /// <summary>What was said to it; null: nothing.</summary>
    public string? Text { get; init; }

    /// <summary>A person of the shop has written it.</summary>
    public required bool ByPerson { get; init; }
    public IReadOnlyList<AnswerLink> Links { get; init; } = [];
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    public static ChatEntry Of(Exchange said) => new()
    {
        Id = said.Id,
        At = said.At,
        Says = said.Says,
        Text = said.Reply.Kind == ReplyKind.Nothing ? null : said.Reply.Text,
        ByPerson = said.By is not null,
        Links = said.Reply.Links,
        Choices = said.Reply.Choices,
    };
}

/// <summary>What is new in a conversation.</summary>
/// <param name="Entries">Oldest first; the latest may come more than once.</param>
/// <param name="Proven">The visitor has proved an order.</param>
public sealed record ChatNews(IReadOnlyList<ChatEntry> Entries, bool Proven);

/// <summary>The chat on web pages: what a visitor says is answered at once, what people answer lies there until the
/// browser asks.</summary>
public sealed class WebChat(Conversations conversations, ChatService chat, TimeProvider time)
{
    /// <summary>Entries are told again for so long: two that were written at once may be seen in either
    /// order.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>That the browser asks is written down this seldom.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    /// <summary>Answers. The same id again is the same message, and gets what it got.</summary>
    /// <param name="visitor">Their address in the chat.</param>
    /// <exception cref="IOException">Not just now: come again with the same message.</exception>
    public async Task<ChatEntry> Say(string visitor, string id, Utterance says, CancellationToken cancellation)
    {
        await chat.Handle(new()
        {
            Id = id,
            Channel = Conversation.Web,
            Address = visitor,
            At = time.GetUtcNow(),
            Says = says,
        }, cancellation);
        var conversation = Conversation.IdOf(Conversation.Web, visitor);
        return await conversations.Find(conversation, id, cancellation) is { Value: var said } ? ChatEntry.Of(said)
            : throw new IOException("The chat was switched off.");
    }

    /// <summary>What was said since then; null: all of it.</summary>
    public async Task<ChatNews> Since(string visitor, DateTimeOffset? after, CancellationToken cancellation)
    {
        var id = Conversation.IdOf(Conversation.Web, visitor);
        if (await conversations.Find(id, cancellation) is not { Value: var conversation }) return new([], false);
        var now = time.GetUtcNow();
        if (!(await conversations.SeenAt(id, cancellation) > now - Exactness))
            await conversations.See(id, now, cancellation);
        var from = after - Again;
        return new(
            [.. (await conversations.All(id, cancellation)).Where(one => !(one.At < from)).Select(ChatEntry.Of)],
            conversation.Customer is not null);
    }
}
