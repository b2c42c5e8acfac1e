using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>What is told of one send, and what is known of it; <see cref="Sent"/> null: it is none of
/// ours.</summary>
internal sealed class SendStory(string sendId)
{
    public string SendId => sendId;
    public CustomerId Customer { get; } = new(sendId[..24]);
    public List<MailEvent> Events { get; } = [];
    public string? Address { get; set; }
    public SentMail? Sent { get; set; }

    /// <summary>Its outcome is unknown as far as the ledger goes.</summary>
    public bool IsOpen { get; set; }
    public Stored<EngagementRecord>? Known { get; set; }
}
