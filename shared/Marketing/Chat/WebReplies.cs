using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>Replies to visitors of web pages: what is written in the conversation is there, and their browser comes for
/// it. A person's answer to a customer whose browser is gone goes by mail as well.</summary>
public sealed class WebReplies(Conversations conversations, TimeProvider time) : ReplySink
{
    /// <summary>Without a question, or asking for news, for so long a browser is gone.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(3);

    public override string Channel => Conversation.Web;

    /// <summary>Their browser sends it again, as long as it is open.</summary>
    public override bool ComesAgain => false;

    public override Identity? Person(string address) => null;

    public override async Task<ReplyOutcome> Deliver(OutgoingReply reply, CancellationToken cancellation)
    {
        if (reply.Exchange.By is null || reply.Conversation.Customer is null) return new ReplyOutcome.Delivered();
        return await IsThere(reply.Conversation.Id, cancellation)
            ? new ReplyOutcome.Delivered() : new ReplyOutcome.Lost("their browser is closed");
    }

    private async Task<bool> IsThere(string conversation, CancellationToken cancellation)
    {
        var gone = time.GetUtcNow() - Gone;
        return await conversations.SeenAt(conversation, cancellation) > gone
            || (await conversations.All(conversation, cancellation)).Any(one => one.By is null && one.At > gone);
    }
}
