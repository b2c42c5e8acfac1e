using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>Sends as telemetry counts them.</summary>
public static class SendMeters
{
    /// <summary>A send that has come to its end.</summary>
    public static void Settled(Send send)
    {
        var sent = new CountedSend(send.Mail, send.Purpose, send.Channel);
        switch (send.State)
        {
            case SendState.Accepted: Meters.SendAccepted(sent); break;
            case SendState.Refused: Meters.SendRefused(sent, send.Reason); break;
            case SendState.Uncertain: Meters.SendUncertain(sent); break;
        }
    }
}
