using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Journeys;

/// <summary>One message of a send step.</summary>
/// <param name="For">The reason that makes it one send.</param>
public sealed record StepText(string Channel, string Name, Purpose Purpose, string For)
{
    /// <summary>What the plan counts it as; null: as itself.</summary>
    public string? CountedAs { get; init; }

    /// <summary>Any of these, had under another id of the person, was this message.</summary>
    public required IReadOnlyList<(string Channel, string Name)> Same { get; init; }
}

/// <summary>Which messages a send step is for a customer: by the channel they prefer one, whichever it is, under the
/// same reason; by both two, which the plan counts as one.</summary>
public sealed class StepTexts(MessageNeeds needs, Sending.Sending sending)
{
    public async ValueTask<IReadOnlyList<StepText>> Of(
        Step.Send send, Enrollment walk, Journey journey, Situation situation, CancellationToken cancellation)
    {
        var texts = new List<StepText>();
        foreach (var (channel, name) in send.Texts)
            texts.Add(new(
                channel, name, await needs.PurposeOf(channel, name, journey.Purpose), walk.Reason)
            {
                Same = [(channel, name)],
            });
        if (texts.Count < 2) return texts;
        var id = Ledger.Id(walk.Id.Customer, walk.Reason);
        if (send.By == SendBy.Both)
            return [.. texts.Select(text => text.Channel == Identity.Line
                ? text with { For = Ledger.OnLine(walk.Reason), CountedAs = id } : text)];
        var chosen = await sending.Choose(
            id, [.. texts.Select(text => text.Channel)], texts[0].Purpose, situation.Customer, cancellation);
        return [texts.Find(text => text.Channel == chosen)! with { Same = send.Texts }];
    }

    /// <summary>What became of one, for the diary.</summary>
    public static string InWords(Send send) => send.State switch
    {
        SendState.Accepted => $"sent {send.Mail}{How(send)}",
        SendState.Uncertain => $"perhaps sent {send.Mail}{How(send)}: {send.Reason}",
        _ => $"not sent {send.Mail}{How(send)}: {send.Reason}",
    };

    private static string How(Send send) => send.Channel == Identity.Line ? " by LINE" : "";
}
