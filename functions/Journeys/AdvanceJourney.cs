using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Microsoft.DurableTask;

namespace Automation.Functions.Journeys;

/// <summary>Walks one enrollment until it has to wait: all work of a journey happens here.</summary>
public sealed class AdvanceJourney(Walker walker) : TaskActivity<JourneyRun, Pause>
{
    public override Task<Pause> RunAsync(TaskActivityContext context, JourneyRun leg) =>
        EnrollmentId.Parse(leg.Enrollment) is { } enrollment
            ? walker.Advance(enrollment, leg.Turn, CancellationToken.None)
            : Task.FromResult(new Pause(null, $"not an enrollment: {leg.Enrollment}"));
}
