using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>Decides about a message: what is known is gathered, the rules decide, and where the shop wants a model it
/// words what they found.</summary>
/// <param name="model">Null: the shop wants none.</param>
public sealed class ChatDecisions(ChatGrounds grounds, ChatModel? model = null)
{
    /// <summary>Who says it (null: nobody we know), and what is decided.</summary>
    /// <param name="person">By their address on the channel; null: nobody is known by it.</param>
    /// <param name="before">Null: nothing was said yet.</param>
    public async Task<(Customer? Customer, Decision Decision)> Decide(
        ChatMessage message, Identity? person, Conversation? before, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var customer = await grounds.Who(person, before);
        var known = await grounds.Of(message, customer, before?.State ?? ConversationState.New, now, cancellation);
        var plain = ChatRules.Decide(message.Says, known);
        return (customer, model is not null && Wordables.Of(message.Says, known, plain) is { } asked
            && await model.Word(asked, customer, cancellation) is { } worded
                ? worded with { IsWorded = true } : plain);
    }
}
