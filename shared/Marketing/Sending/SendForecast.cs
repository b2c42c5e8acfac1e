using Automation.Marketing.Plan;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Sending;

/// <summary>Would a journey's message go to a customer now, and if not, why and when? What <see cref="Sending"/> would
/// decide; nothing is claimed, nothing counted.</summary>
public sealed class SendForecast(PlanGuard plan, LineChannel byLine)
{
    /// <param name="byMail">The journey sends mails.</param>
    /// <param name="onLine">The journey sends LINE texts.</param>
    public async ValueTask<Verdict> Of(Purpose purpose, Situation situation, bool byMail = true, bool onLine = false)
    {
        var now = situation.Now;
        var channel = onLine && (!byMail || byLine.Reaches(situation.Customer, purpose)) ? byLine.Channel : "email";
        // Quiet hours are the plan's to say, with all else that holds a message back.
        var gate = Gate.Judge(purpose, situation.Customer, channel, now, opens: now);
        if (gate is Verdict.Refused || purpose != Purpose.Marketing) return gate;
        return PlanRules.Together(
            situation, gate, await plan.Look(situation, gate is Verdict.Deferred later ? later.Until : now), null, now);
    }
}
