using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>By LINE: to who follows the shop there, order messages too. A push with its key may be asked again for as
/// long as LINE remembers the key.</summary>
/// <param name="transport">Null: the shop is not on LINE.</param>
public sealed class LineChannel(
    PublishedLines lines, Senders writers, LineQuotas quotas, TimeProvider time, ILineTransport? transport = null)
    : DeliveryChannel(time)
{
    public override string Channel => "line";
    public override string? Transport => transport?.Name;
    internal override TimeSpan Longest => transport?.Longest ?? TimeSpan.Zero;

    internal override bool MayRepeat(Send claimed, DateTimeOffset now) => now - claimed.At < LineMessage.KeyHolds;

    /// <summary>Would the customer get an order's or the shop's message here? Not where the month's messages are used
    /// up and it is about an order: that cannot wait for the next month.</summary>
    public bool Reaches(Customer customer, Purpose purpose) =>
        transport is not null
        && customer.Consent.GetValueOrDefault(Channel) is { State: ConsentState.Given }
        && Gate.Address(customer, Channel) is not null
        && !customer.Suppressed.ContainsKey(Channel)
        && !(purpose == Purpose.Transactional && Resting is { Asked.IsUsedUp: true });

    internal override async ValueTask<Prepared> Prepare(
        string id, string name, Purpose purpose, Situation situation, DateTimeOffset now)
    {
        if (transport is null) return new(Verdict.No("the shop is not on LINE"));
        var verdict = Gate.Judge(purpose, situation.Customer, Channel, now, Opens(purpose, situation, now));
        if (verdict is not Verdict.Allowed) return new(verdict);
        if (await lines.Find(name) is not { } template) return new(Verdict.No($"there is no LINE text {name}"));
        if (Wait(now) is { } wait) return wait;
        await quotas.Look(CancellationToken.None);
        try
        {
            var message = new LineMessage(id, Gate.Address(situation.Customer, Channel)!, name, template.Render(
                situation with { LinkUrl = writers.LinkUrl(situation.Customer.Id, id) }, purpose,
                writers.ChoicesUrl(situation.Customer.Id, Channel, id)).Json);
            return new(verdict, (_, cancellation) => transport.Deliver(message, cancellation));
        }
        catch (Exception wrong) when (wrong is MissingValueException or LineShapeException)
        {
            return new(Verdict.No($"not rendered: {wrong.Message}"));
        }
    }
}
