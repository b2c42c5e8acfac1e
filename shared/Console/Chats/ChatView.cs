using Automation.Console.Customers;
using Automation.Marketing.Chat;

namespace Automation.Console.Chats;

/// <summary>Why an answer did not go.</summary>
public enum ChatProblem
{
    /// <summary>Empty, or too long.</summary>
    Length,

    /// <summary>Not now.</summary>
    Later,

    /// <summary>It may have gone by mail.</summary>
    Unclear,

    /// <summary>Neither where they asked nor by mail.</summary>
    Nowhere,
}

/// <summary>A conversation, who it is, and an answer being written.</summary>
/// <param name="Who">Null: nobody we know.</param>
public sealed record ChatView(ConversationView Talk, CustomerView? Who)
{
    /// <summary>Names the answer of this form: handed in twice it is one.</summary>
    public required Guid Form { get; init; }

    /// <summary>What was typed and did not go.</summary>
    public string? Typed { get; init; }
    public ChatProblem? Problem { get; init; }
    public string Address => $"/console/chats/{Talk.Conversation.Id}";
}
