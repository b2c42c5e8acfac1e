using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Plan;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>When the plan counts a customer's newsletters: what the shop's plan counts first and keeps a day free
/// for.</summary>
public sealed class ReaderMailings(PlannedMailings book, ChunkLedger ledger) : IPlannedMailings
{
    public async ValueTask<IReadOnlyList<PlanMoment>> Of(Situation situation, bool exactly) => exactly
        ? await Exactly(await book.Read(), situation, ledger)
        : Roughly(await book.Read(), situation);

    /// <summary>All that may have gone to them or will: rather one too many than one too few. Pure.</summary>
    public static IReadOnlyList<PlanMoment> Roughly(IReadOnlyList<PlannedMailing> book, Situation situation) =>
        [.. book.Where(one => one.HasBegun || one.IsFor(situation)).Select(one => one.Place).OrderBy(place =>
            place.At)];

    /// <summary>Those that did go to them, and will.</summary>
    public static async ValueTask<IReadOnlyList<PlanMoment>> Exactly(
        IReadOnlyList<PlannedMailing> book, Situation situation, ChunkLedger ledger)
    {
        var (places, receipts) = (new List<PlanMoment>(), new DeliveryHistory(ledger));
        foreach (var one in book)
            if (await receipts.Counts(one, situation, yields: false)) places.Add(one.Place);
        return [.. places.OrderBy(place => place.At)];
    }
}
