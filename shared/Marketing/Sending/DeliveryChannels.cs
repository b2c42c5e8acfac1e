using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>The channels by which messages leave.</summary>
public sealed class DeliveryChannels(MailChannel mail, LineChannel line)
{
    internal LineChannel Line => line;

    internal DeliveryChannel By(string channel) => channel == Identity.Line ? line : mail;
}
