using Automation.Marketing.Insights;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>Four times an hour: counts what changed. Should it fail, figures are late, and nothing else is.</summary>
public sealed class TallyInsights(Tally tally)
{
    [Function(nameof(TallyInsights))]
    public Task Run(
        [TimerTrigger("0 4,19,34,49 * * * *")] TimerInfo timer,
        CancellationToken cancellation) => tally.Run(cancellation);
}
