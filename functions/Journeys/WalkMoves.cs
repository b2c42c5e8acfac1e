using Automation.Marketing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>Begins moves, as the host it runs on asks for.</summary>
public sealed class WalkMoves(Mover mover, MarketingOptions options)
{
    /// <summary>Other machines look for what was published every half minute; until then they start people in the old
    /// version.</summary>
    private static readonly TimeSpan KnownEverywhere = TimeSpan.FromSeconds(45);

    /// <summary>Begins to move them; null where everybody stays.</summary>
    public async Task<MoveOrder?> Begin(
        PublishedJourney from, PublishedJourney to, IReadOnlyDictionary<string, string> steps, string? by) =>
        steps.Values.All(target => target == MoveOrder.Stay) || MoveOrder.Problems(from, to, steps).Count > 0
            ? null
            : await mover.Begin(
                from, to, steps, by, options.IsSingleProcess ? TimeSpan.Zero : KnownEverywhere, CancellationToken.None);
}
