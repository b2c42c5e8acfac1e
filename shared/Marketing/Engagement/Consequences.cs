using System.Text.Json;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>What follows from what has become of a send since it was last looked at. Pure.</summary>
public static class Consequences
{
    public const string HardBounce = "hard bounce";
    public const string SoftBounces = "soft bounces";
    public const string Complaint = "complaint";

    /// <summary>Classes of soft bounces that speak of the sender, not of the reader (SendGrid's
    /// <c>bounce_classification</c>).</summary>
    private static readonly string[] OurFault = ["Content", "Frequency or Volume Too High", "Reputation"];

    /// <summary>In the order in which they are carried out: first what keeps the next mail from going out.</summary>
    public static IEnumerable<Consequence> Of(EngagementRecord before, EngagementRecord after)
    {
        if (before.At is null) yield return new Consequence.Settle(
            after.Dropped is null || after with { Dropped = null } is { At: not null }, after.Dropped?.Reason);
        foreach (var stop in Stops(before, after)) yield return stop;
        if (before.SoftBounced is null && after.SoftBounced is { } soft)
        {
            yield return new Consequence.WeighSoftBounces(soft.At);
            if (OurFault.Contains(soft.Class)) yield return new Consequence.Attend($"blocked: {soft.Class}", soft.At);
        }
        foreach (var told in Told(before, after)) yield return told;
    }

    /// <summary>What holds for the address and its owner, whoever wrote the mail.</summary>
    public static IEnumerable<Consequence> Stops(EngagementRecord before, EngagementRecord after)
    {
        if (before.Bounced is null && after.Bounced is { } hard)
            yield return new Consequence.Suppress(HardBounce, hard.At);
        if (before.Dropped is null && after.Dropped is { } dropped)
            foreach (var because in OfDrop(dropped)) yield return because;
        if (after.ComplainedAt is { } complained && !(complained <= before.ComplainedAt))
        {
            yield return new Consequence.Suppress(Complaint, complained);
            yield return new Consequence.Withdraw(Complaint, complained);
        }
        if (after.UnsubscribedAt is { } unsubscribed && !(unsubscribed <= before.UnsubscribedAt))
            yield return new Consequence.Withdraw("unsubscribed at the provider", unsubscribed);
    }

    /// <summary>SendGrid's reasons for not sending, each of which it knew before we did.</summary>
    private static IEnumerable<Consequence> OfDrop(Mark dropped) => dropped.Reason switch
    {
        { } reason when reason.StartsWith("Bounced Address", StringComparison.OrdinalIgnoreCase) =>
            [new Consequence.Suppress(HardBounce, dropped.At)],
        { } reason when reason.StartsWith("Spam Reporting Address", StringComparison.OrdinalIgnoreCase) =>
            [new Consequence.Suppress(Complaint, dropped.At), new Consequence.Withdraw(Complaint, dropped.At)],
        { } reason when reason.StartsWith("Unsubscribed Address", StringComparison.OrdinalIgnoreCase) =>
            [new Consequence.Withdraw("unsubscribed at the provider", dropped.At)],
        "Invalid" => [new Consequence.Suppress("invalid address", dropped.At)],
        { } reason => [new Consequence.Attend($"dropped: {reason}", dropped.At)],
        null => [],
    };

    private static IEnumerable<Consequence> Told(EngagementRecord before, EngagementRecord after)
    {
        if (before.DeliveredAt is null && after.DeliveredAt is { } delivered)
            yield return new Consequence.Tell(EventTypes.MailDelivered, delivered);
        if ((before.Bounced ?? before.SoftBounced) is null && (after.Bounced ?? after.SoftBounced) is { } bounced)
            yield return new Consequence.Tell(EventTypes.MailBounced, bounced.At, null, Data("reason", bounced.Reason));
        if (before.OpenedAt is null && after.OpenedAt is { } opened)
            yield return new Consequence.Tell(EventTypes.MailOpened, opened);
        foreach (var link in after.Links ?? [])
        {
            if (after.Human(link) is not { } at || before.Links?.FirstOrDefault(known =>
                known.Link == link.Link) is { } known && before.Human(known) is not null) continue;
            yield return new Consequence.Tell(
                EventTypes.MailClicked, at, Keys.Hash(link.Link, 4), Data("url", link.Link));
        }
    }

    private static Dictionary<string, JsonElement>? Data(string name, string? text) =>
        text is null ? null : new() { [name] = JsonSerializer.SerializeToElement(text, CustomerJson.Text) };
}
