using System.Diagnostics;

namespace Automation.Marketing.Journeys;

/// <summary>The span of one round: in the trace of what started the enrollment, or, after a wait, in one of its own
/// that links there.</summary>
public sealed class RoundTrace : IDisposable
{
    private Activity? span;

    /// <summary>A round whose enrollment is yet to be read; null: nobody listens.</summary>
    public static RoundTrace? Open() => Tracing.On ? new RoundTrace() : null;

    /// <summary>Begins at the first call.</summary>
    public void Begin(Enrollment enrollment, int turn)
    {
        if (span is not null) return;
        Activity.Current = null;
        span = turn == 0
            ? Tracing.Source.StartActivity("AdvanceJourney", ActivityKind.Internal, Tracing.Context(enrollment.Trace))
            : Tracing.Source.StartActivity(
                "AdvanceJourney", ActivityKind.Internal, default(ActivityContext),
                links: Tracing.Link(enrollment.Trace));
        span?.SetTag("automation.journey", enrollment.Id.Journey)
            .SetTag("automation.journey.version", enrollment.Version)
            .SetTag("automation.turn", turn);
    }

    public void Dispose() => span?.Dispose();
}
