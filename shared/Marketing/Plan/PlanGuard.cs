using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Plan;

/// <summary>Asks the plan, and counts what it lets go: on the customer's row, before the send is claimed. Of two at
/// once one sees the other; killed in between, a message is counted that did not go, never the other way round. The
/// same send again is counted once.</summary>
public sealed class PlanGuard(CustomerStore customers, IPlannedMailings mailings)
{
    /// <summary>Newsletters are looked for at least this far.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(2);

    /// <summary>How long an issue may take: for so long what journeys wrote is remembered beyond the plan's reach, for
    /// whoever gets it late.</summary>
    public static readonly TimeSpan LongestSending = TimeSpan.FromDays(40);

    /// <summary>May the send go now? If so it is counted.</summary>
    public ValueTask<Verdict> Admit(string send, Situation situation, DateTimeOffset now) =>
        Ask(situation, newsletters => Admit(send, situation, newsletters, now));

    /// <summary>What <see cref="Admit(string, Situation, DateTimeOffset)"/> would say of one more message; nothing is
    /// counted.</summary>
    public ValueTask<Verdict> Look(Situation situation, DateTimeOffset now) =>
        Ask(situation, newsletters => new(PlanRules.Judge(
            situation.Shop, Zone(situation), Moments(situation.Customer.Recent, situation), newsletters, now)));

    /// <summary>At first by what newsletters may have gone; where that holds the message back, by what did.</summary>
    private async ValueTask<Verdict> Ask(Situation situation, Func<IReadOnlyList<PlanMoment>, ValueTask<Verdict>> judge)
    {
        if (situation.Shop.Plan is { Caps: [], NewsletterDayKeepsBack: false }) return await judge([]);
        var verdict = await judge(await mailings.Of(situation, exactly: false));
        return verdict is Verdict.Deferred ? await judge(await mailings.Of(situation, exactly: true)) : verdict;
    }

    private async ValueTask<Verdict> Admit(
        string send, Situation situation, IReadOnlyList<PlanMoment> newsletters, DateTimeOffset now)
    {
        var (plan, zone) = (situation.Shop.Plan, Zone(situation));
        if (plan.Caps.Count == 0) return PlanRules.Judge(situation.Shop, zone, [], newsletters, now);
        var verdict = Verdict.No("customer erased");
        await customers.Change(situation.Customer.Id, customer =>
        {
            var others = customer.Recent
                .Where(recent => recent.Send != send && now - recent.At < plan.Reach + LongestSending)
                .ToList();
            verdict = PlanRules.Judge(situation.Shop, zone, Moments(others, situation), newsletters, now);
            return verdict is Verdict.Allowed ? customer with { Recent = [.. others, new(send, now)] } : customer;
        });
        return verdict;
    }

    private static IReadOnlyList<PlanMoment> Moments(IReadOnlyList<RecentSend> sends, Situation situation)
    {
        var zone = Zones.Of(null, situation.Shop.TimeZone);
        return [.. sends.Select(recent => PlanMoment.Of(recent.At, zone))];
    }

    private static TimeZoneInfo Zone(Situation situation) =>
        Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone);
}
