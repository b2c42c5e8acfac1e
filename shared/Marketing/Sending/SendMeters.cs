using Automation.Marketing.Inbox;
using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>Sends as telemetry counts them.</summary>
public static class SendMeters
{
    /// <summary>A send that has come to its end.</summary>
    public static void Settled(Send send)
    {
        switch (send.State)
        {
            case SendState.Accepted: Meters.SendAccepted(send.Mail, send.Purpose); break;
            case SendState.Refused: Meters.SendRefused(send.Mail, send.Purpose, send.Reason); break;
            case SendState.Uncertain: Meters.SendUncertain(send.Mail, send.Purpose); break;
        }
    }
}
