using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>Once an hour: enrollments that lost their alarm clock get it back.</summary>
public sealed class SweepEnrollments(Sweep sweep)
{
    public Task Run(CancellationToken cancellation) => sweep.Run(cancellation);
}
