using System.Collections.Concurrent;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>What is written for one walk that is moved: gathers what <see cref="MovedWalk"/> decides by.</summary>
public sealed class MoveSteps(
    Tables tables, OrderStore orders, Sending.Sending sending, Precedence precedence, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Journey, int From, int To), IReadOnlyDictionary<string,
        string>> pairs = new();

    /// <summary>The walk afterwards, and what is written beside it.</summary>
    public async Task<(Enrollment Walk, IReadOnlyList<RowAction> Beside)> Of(
        Enrollment walk, MoveOrder order, PublishedJourney from, PublishedJourney to, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (order.Target(walk.Walk.Cursor) == MoveOrder.Leave)
            return (MovedWalk.Over(walk, order, now),
                await LetGo(walk, walk.LedgerName(walk.Walk.Cursor), order, cancellation));
        var same = pairs.GetOrAdd((from.Id, from.Version, to.Version), _ => StepPairs.Of(from.Journey, to.Journey));
        var names = LedgerNames.Of(walk, await Sends(walk, cancellation), from.Journey, to, same);
        var moved = MovedWalk.Into(walk, order, from.Journey, to.Journey, names, now) with
        {
            Happened = await Happened(walk, to.Journey),
        };
        var held = walk.LedgerName(walk.Walk.Cursor);
        var isKept = PlacedSteps.Of(to.Journey)
            .Any(step => step.Step is Step.Send && moved.LedgerName(step.Cursor) == held);
        return (moved, isKept ? [] : await LetGo(walk, held, order, cancellation));
    }

    /// <summary>Who waited for a walk that left goes on.</summary>
    public Task Settle(Enrollment moved) => moved.IsLive ? Task.CompletedTask : precedence.Over(moved.Id);

    /// <summary>What is held back at a step that is gone does not go any more.</summary>
    private async Task<IReadOnlyList<RowAction>> LetGo(
        Enrollment walk, string place, MoveOrder order, CancellationToken cancellation) =>
        walk.Walk.HeldSince is not null
            && await sending.LetGo(
                walk.Id.Customer, $"{walk.Id}@{place}", $"moved to version {order.To}", cancellation) is { } letGo
            ? [letGo] : [];

    private async Task<IReadOnlyList<Send>> Sends(Enrollment walk, CancellationToken cancellation)
    {
        var sends = new List<Send>();
        await foreach (var row in tables.Timeline.Query(TableQuery.Prefix(walk.Id.Customer.Value, "s|"), cancellation))
            if (Ledger.Read(row).Send is var send && send.For.StartsWith($"{walk.Id}@", StringComparison.Ordinal))
                sends.Add(send);
        return sends;
    }

    /// <summary>What its own order went through, as far as the new version asks for it.</summary>
    private async Task<IReadOnlyList<ShopEvent>?> Happened(Enrollment walk, Journey now)
    {
        var order = walk.Order
            ?? (walk.Trigger.Order is { } key && await orders.Find(key) is { } found ? found.Value : null);
        var happened = OwnOrder.Already(now, walk.Trigger, order)
            .Aggregate(walk.Happened, OwnOrder.With)?.Where(one => Planner.AsksFor(now, one.Type)).ToList();
        return happened is { Count: > 0 } ? happened : null;
    }
}
