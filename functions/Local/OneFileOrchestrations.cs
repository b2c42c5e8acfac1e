using Automation.DurableTask.Embedded;
using Automation.Functions.Journeys;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Functions.Local;

/// <summary>Orchestrations of the embedded task hub: where the tables lie in its file, an enrollment's row and its
/// orchestration are one commit.</summary>
public sealed class OneFileOrchestrations(JourneyOrchestrations apart, EmbeddedTaskHub hub) : IJourneyOrchestrations
{
    public Task<bool> Begin(EnrollmentId enrollment, TableWrite row, Action written) =>
        SqliteWrite.Of(row) is { } write
            ? hub.StartTogether(
                nameof(RunJourney), new JourneyRun(enrollment.ToString(), 0), enrollment.ToString(), write.Do, () =>
                {
                    write.Committed();
                    written();
                })
            : ((IJourneyOrchestrations)apart).Begin(enrollment, row, written);

    public Task Start(EnrollmentId enrollment, int turn) => apart.Start(enrollment, turn);

    public Task Wake(EnrollmentId enrollment) => apart.Wake(enrollment);

    public Task<bool> IsAlive(EnrollmentId enrollment) => apart.IsAlive(enrollment);
}
