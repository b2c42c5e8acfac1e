using Automation.Marketing.Insights;

namespace Automation.Functions.Insights;

/// <summary>Four times an hour: counts what changed. Should it fail, figures are late, and nothing else is.</summary>
public sealed class TallyInsights(Tally tally)
{
    public Task Run(CancellationToken cancellation) => tally.Run(cancellation);
}
