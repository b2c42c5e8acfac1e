using Automation.Marketing.Customers;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>By mail.</summary>
public sealed class MailChannel(
    Suppressions suppressions, PublishedMails mails, IMailTransport transport, Senders writers, TimeProvider time)
    : DeliveryChannel(time)
{
    public override string Channel => "email";
    public override string Transport => transport.Name;
    internal override TimeSpan Longest => transport.Longest;

    internal override bool MayRepeat(Send claimed, DateTimeOffset now) => transport.Idempotent;

    internal override async ValueTask<Prepared> Prepare(
        string id, string name, Purpose purpose, Situation situation, DateTimeOffset now)
    {
        if (purpose == Purpose.Transactional && situation.Order?.Contact is { } contact)
            situation = await To(contact, situation);
        var verdict = Gate.Judge(purpose, situation.Customer, Channel, now, Opens(purpose, situation, now));
        if (verdict is not Verdict.Allowed) return new(verdict);
        if (await mails.Find(name, situation.Customer.Language) is not { } template)
            return new(Verdict.No($"there is no mail {name}"));
        if (Wait(now) is { } wait) return wait;
        try
        {
            var message = writers.Write(id, template, situation, purpose, now);
            return new(verdict, (at, cancellation) => transport.Deliver(message with { At = at }, cancellation));
        }
        catch (MissingValueException missing)
        {
            return new(Verdict.No($"not rendered: {missing.Message}"));
        }
    }

    /// <summary>An order's mails go where the order says. What the customer agreed to or confirms is not for other
    /// eyes.</summary>
    private async ValueTask<Situation> To(string contact, Situation situation)
    {
        var (customer, stopped) = (situation.Customer, await suppressions.Find(new(Identity.Email, contact)));
        return situation with
        {
            Customer = customer with
            {
                Email = contact,
                Consent = new Dictionary<string, ConsentRecord>(),
                Suppressed = stopped is null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["email"] = stopped },
            },
        };
    }
}
