using Automation.Console.Setup;
using Automation.Functions.Hosting;
using Automation.Functions.Orders;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Sending;

namespace Automation.Functions.Console.Setup;

/// <summary>What comes in from where: each source and LINE, with its address, what came last and what was
/// refused.</summary>
public sealed class SourceLines(Settings settings, Refusals refusals, Arrivals arrivals, LineQuotas quotas)
{
    /// <summary>One a configured source.</summary>
    public IReadOnlyList<SourceLine> All() => [.. settings.Sources.Select(Line)];

    /// <summary>Null: no LINE channel is configured.</summary>
    public async Task<LineLine?> Line(CancellationToken cancellation) =>
        settings.Line is { } line ? await Line(line, cancellation) : null;

    private SourceLine Line(ConfiguredSource source) => new()
    {
        Name = source.Name,
        Platform = source.Platform,
        Address = settings.WebhookOf(source.Name),
        IsDemo = source == ConfiguredSource.Demo,
        Last = arrivals.Last(source.Name),
        Refused = Refused(source.Name),
    };

    private async Task<LineLine> Line(ConfiguredLine line, CancellationToken cancellation)
    {
        var source = new LineDoor(line.Name, line.Secret).Source;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(3));   // whoever looks at a page does not wait for LINE
        return new(
            $"{settings.PublicUrl}/webhooks/line/{line.Name}", arrivals.Last(source), Refused(source),
            await quotas.Ask(limit.Token));
    }

    private IReadOnlyList<string> Refused(string source) =>
        [.. refusals.Lately.Where(refused => refused.Source == source).Select(refused => refused.InWords)];
}
