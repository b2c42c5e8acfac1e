using Automation.Marketing.Customers;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Plan;

/// <summary>
/// Asks the plan, and counts what it lets go: on the customer's row, before the send is claimed. Of two at once one sees the other; killed
/// in between, a message is counted that did not go, never the other way round. The same send again is counted once.
/// </summary>
public sealed class PlanDesk(CustomerStore customers, Appointments? appointments)
{
    /// <summary>Newsletters are looked for at least this far.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(2);

    public async ValueTask<Verdict> Admit(string send, Situation situation, DateTimeOffset now)
    {
        var asks = appointments is not null && situation.Shop.Plan is not { Caps: [], NewsletterDayKeepsBack: false };
        var verdict = await Admit(send, situation, asks ? await appointments!(situation, exactly: false) : [], now);
        return asks && verdict is Verdict.Deferred ? await Admit(send, situation, await appointments!(situation, exactly: true), now) : verdict;
    }

    private async ValueTask<Verdict> Admit(string send, Situation situation, IReadOnlyList<DateTimeOffset> newsletters, DateTimeOffset now)
    {
        var (plan, zone) = (situation.Shop.Plan, Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone));
        if (plan.Caps.Count == 0) return PlanRules.Judge(situation.Shop, zone, [], newsletters, now);
        var verdict = Verdict.No("customer erased");
        await customers.Change(situation.Customer.Id, customer =>
        {
            var others = customer.Recent.Where(recent => recent.Send != send && now - recent.At < plan.Reach).ToList();
            verdict = PlanRules.Judge(situation.Shop, zone, [.. others.Select(recent => recent.At)], newsletters, now);
            return verdict is Verdict.Allowed ? customer with { Recent = [.. others, new(send, now)] } : customer;
        });
        return verdict;
    }
}
