using Automation.Marketing.Journeys;
using Automation.Marketing.Plan;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Sending;

/// <summary>Would a journey's message go to a customer now, and if not, why and when? What <see cref="Sending"/> would decide; nothing is claimed, nothing counted.</summary>
public sealed class SendForecast(PlanDesk plan)
{
    public async ValueTask<Verdict> Of(Purpose purpose, Situation situation)
    {
        var now = situation.Now;
        // Quiet hours are the plan's to say, with all else that holds a message back.
        var verdict = Gate.Judge(purpose, situation.Customer, "email", now, opens: now);
        if (verdict is Verdict.Refused || purpose != Purpose.Marketing) return verdict;
        var paused = verdict as Verdict.Deferred;
        if (await plan.Look(situation, paused?.Until ?? now) is Verdict.Deferred held) verdict = Verdict.Later(held.Until, paused?.Reason ?? held.Reason);
        return PlanRules.Expire(situation.Shop.Plan, Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone), verdict, null, now);
    }
}
