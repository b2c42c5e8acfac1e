using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>Somebody of the shop takes a customer out of a journey: nothing of it goes to them any more.</summary>
public sealed class LeavingByHand(
    Tables tables, EnrollmentStore enrollments, Precedence precedence, Sending.Sending sending,
    IJourneyOrchestrations alarms, TimeProvider time)
{
    /// <summary>Why such a walk ended.</summary>
    public const string Because = "taken out by hand";

    /// <summary>False: they are not in it, or not any more.</summary>
    public async Task<bool> End(Customer customer, EnrollmentId id, CancellationToken cancellation)
    {
        if (id.Customer != customer.Id && !customer.MergedFrom.Contains(id.Customer)) return false;
        Enrollment? before = null;
        if (!await enrollments.Change(
            id,
            walk => (before = walk).IsLive ? walk.Ended(Outcome.Left, Because, time.GetUtcNow()) : walk)) return false;
        if (before!.Walk.HeldSince is not null
            && await sending.LetGo(id.Customer, before.Reason, Because, cancellation) is { } letGo)
            await tables.Timeline.Submit([letGo], cancellation);
        await alarms.Wake(id);
        await precedence.Over(id);
        return true;
    }
}
