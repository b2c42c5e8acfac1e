using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>The seam to the durable client: enrollments are woken by orchestrations of the same id. Everything here may
/// be said twice.</summary>
public interface IJourneyOrchestrations
{
    /// <summary>Lets an orchestration walk this enrollment from this turn on; nothing where one is already
    /// alive.</summary>
    Task Start(EnrollmentId enrollment, int turn);

    /// <summary>Something was written to the enrollment's <see cref="Enrollment.Heard"/>: look at it now.</summary>
    Task Wake(EnrollmentId enrollment);

    /// <summary>Is there a living orchestration for it?</summary>
    Task<bool> IsAlive(EnrollmentId enrollment);
}
