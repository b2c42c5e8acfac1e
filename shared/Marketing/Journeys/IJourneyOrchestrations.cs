using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>The seam to the durable client: enrollments are woken by orchestrations of the same id. Everything here may
/// be said twice.</summary>
public interface IJourneyOrchestrations
{
    /// <summary>Lets an orchestration walk this enrollment from this turn on; nothing where one is already
    /// alive.</summary>
    Task Start(EnrollmentId enrollment, int turn);

    /// <summary>Writes an enrollment's row, which must be new, and lets an orchestration walk it from its first turn
    /// on; in one commit where both lie in one file. Killed in between, whoever comes again with what began it, or the
    /// sweep, finds the row without its orchestration and starts it. False: there is such a row, and nothing was
    /// done.</summary>
    /// <param name="row">Adds the row.</param>
    /// <param name="written">Called once the row is written, before anything of the walk happens.</param>
    async Task<bool> Begin(EnrollmentId enrollment, TableWrite row, Action written)
    {
        if (!(await row.Do()).Done) return false;
        written();
        await Start(enrollment, 0);
        return true;
    }

    /// <summary>Something was written to the enrollment's <see cref="Enrollment.Heard"/>: look at it now.</summary>
    Task Wake(EnrollmentId enrollment);

    /// <summary>Is there a living orchestration for it?</summary>
    Task<bool> IsAlive(EnrollmentId enrollment);
}
