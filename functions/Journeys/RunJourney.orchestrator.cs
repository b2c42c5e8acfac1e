using Automation.Marketing.Journeys;
using Microsoft.DurableTask;

namespace Automation.Functions.Journeys;

/// <summary>One round of an enrollment's walk.</summary>
public sealed record JourneyRun(string Enrollment, int Turn);

/// <summary>The alarm clock of one enrollment. It knows three verbs - advance, sleep, listen - and never learns a
/// fourth: what a step means is decided in the activity. Each round begins a new history, so a walk of 90 days costs
/// what a walk of one day costs.</summary>
public sealed class RunJourney : TaskOrchestrator<JourneyRun, string>
{
    /// <summary>The name of the event that says: look at your enrollment now.</summary>
    public const string Heard = "heard";

    /// <summary>An activity that cannot be carried out now is tried again for about two weeks; then the sweep finds
    /// it.</summary>
    internal static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 340, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2,
            maxRetryInterval: TimeSpan.FromHours(1)));

    public override async Task<string> RunAsync(TaskOrchestrationContext context, JourneyRun leg)
    {
        var pause = await context.CallActivityAsync<Pause>(nameof(AdvanceJourney), leg, Patiently);
        if (pause.Finished is { } outcome) return outcome;
        if (pause.Until is { } until) await SleepOrListen(context, until);
        context.ContinueAsNew(leg with { Turn = leg.Turn + 1 });
        return "";
    }

    private static async Task SleepOrListen(TaskOrchestrationContext context, DateTimeOffset until)
    {
        using var awake = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, awake.Token);
        var heard = context.WaitForExternalEvent<string?>(Heard, awake.Token);
        await Task.WhenAny(timer, heard);
        awake.Cancel();
    }
}
