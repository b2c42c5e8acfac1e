namespace Automation.Marketing.Journeys;

/// <summary>By which move a walk came into its version, and from where.</summary>
/// <param name="By">The move's key.</param>
public sealed record MoveMark(string By, int Version, string Cursor, DateTimeOffset At);

/// <summary>What a move makes of a walk. Pure.</summary>
public static class MovedWalk
{
    /// <summary>Stands at the step of the new version and is due now: its next round decides how long it still waits.
    /// Time that it has waited counts where it goes on waiting for the same kind of thing.</summary>
    /// <param name="names">Under which places the ledger knows its effects (<see cref="LedgerNames"/>).</param>
    public static Enrollment Into(
        Enrollment walk, MoveOrder order, Journey old, Journey now, IReadOnlyDictionary<string, string>? names,
        DateTimeOffset at)
    {
        var target = order.Target(walk.Walk.Cursor);
        var goesOn = GoesOn(Cursors.Find(old, walk.Walk.Cursor), Cursors.Find(now, target));
        return walk with
        {
            Version = order.To,
            Walk = goesOn
                ? walk.Walk with { Cursor = target, HeldUntil = null }
                : new Walk(target, at) { BehindSince = walk.Walk.BehindSince is null ? null : at },
            Until = at,
            Ledger = names,
            Mark = Mark(walk, order, at),
        };
    }

    /// <summary>Is over: there is no place for it in the new version.</summary>
    public static Enrollment Over(Enrollment walk, MoveOrder order, DateTimeOffset at) =>
        walk.Ended(Outcome.Left, $"version {order.To} was published", at) with { Mark = Mark(walk, order, at) };

    private static MoveMark Mark(Enrollment walk, MoveOrder order, DateTimeOffset at) =>
        new(order.Key, walk.Version, walk.Walk.Cursor, at);

    private static bool GoesOn(Step? before, Step? after) => (before, after) switch
    {
        (Step.Wait, Step.Wait) => true,
        (Step.WaitFor one, Step.WaitFor other) => one.Events == other.Events,
        (Step.Send one, Step.Send other) => one.Name == other.Name,
        _ => false,
    };
}
