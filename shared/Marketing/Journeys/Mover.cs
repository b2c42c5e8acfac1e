using System.Text;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Moves people from one version of a journey into another, a page of them for each message of queue
/// <c>alarms</c>; each page asks for the next. A walk and its mark are written in one stroke, conditioned on the walk
/// as it was: killed anywhere, the same page is looked at again, and whoever has the mark is only woken.</summary>
public sealed class Mover(
    Tables tables, Moves moves, PublishedJourneys journeys, MoveSteps steps, IJourneyOrchestrations alarms,
    TimeProvider time)
{
    /// <summary>Rows of walks looked at for one page.</summary>
    private const int PageSize = 100;

    /// <summary>The message of queue <c>alarms</c> that moves a page: <c>move {journey} {key}</c>.</summary>
    public static byte[] Alarm(MoveOrder order) => Encoding.UTF8.GetBytes($"move {order.Journey} {order.Key}");

    /// <summary>Begins to move them, behind.</summary>
    /// <param name="after">How long until no machine starts anybody in the old version any more.</param>
    public async Task<MoveOrder> Begin(
        PublishedJourney from, PublishedJourney to, IReadOnlyDictionary<string, string> targets, string? by,
        TimeSpan after,
        CancellationToken cancellation)
    {
        var order = await moves.Add(from.Id, new MoveOrder
        {
            From = from.Version,
            To = to.Version,
            Steps = targets,
            AskedBy = by,
            AskedAt = time.GetUtcNow(),
        }, cancellation);
        await tables.AlarmQueue.Send(Alarm(order), after, cancellation);
        return order;
    }

    /// <summary>Ends it after the page that is under way; whoever was moved stays moved. Null: there is no such
    /// move.</summary>
    public Task<MoveOrder?> Stop(string journey, string key) => moves.Change(
        journey, key, order => order.State == MoveState.Running ? order with { State = MoveState.Stopped } : order);

    /// <summary>Lets a stopped one go on; one that runs is only asked for its next page.</summary>
    public async Task<MoveOrder?> GoOn(string journey, string key)
    {
        var order = await moves.Change(
            journey, key, order => order.State == MoveState.Stopped ? order with { State = MoveState.Running } : order);
        if (order is { State: MoveState.Running }) await tables.AlarmQueue.Send(Alarm(order));
        return order;
    }

    /// <summary>Moves the next page; null: it was the last, or it is stopped.</summary>
    public async Task<MoveOrder?> Page(string journey, string key, CancellationToken cancellation)
    {
        if (await moves.Find(journey, key, cancellation) is not { State: MoveState.Running } order) return null;
        if (await journeys.Find(journey, order.From) is not { } from
            || await journeys.Find(journey, order.To) is not { } to)
            throw new InvalidDataException($"Version {order.From} or {order.To} of {journey} is not to be found.");
        var query =
            new TableQuery { RowKeyFrom = $"e|{journey}|", RowKeyBelow = $"e|{journey}}}", PageSize = PageSize };
        var page = await tables.Timeline.QueryPage(query, order.Next, cancellation);
        var (moved, left, stayed) = (0, 0, 0);
        foreach (var row in page.Values)
        {
            var walk = await Move(Enrollment.Read(row), order, from, to, cancellation);
            if (walk?.Mark?.By == order.Key)
            {
                if (walk.Outcome == Outcome.Left && walk.EndedAt == walk.Mark.At) left++;
                else moved++;
            }
            else if (walk is { IsLive: true } && walk.Version == order.From) stayed++;
        }
        var after = await moves.Change(
            journey, key, now => now.Next != order.Next || now.State == MoveState.Done ? now : now with
            {
                Next = page.ContinuationToken,
                State = page.ContinuationToken is null ? MoveState.Done : now.State,
                At = time.GetUtcNow(),
                Moved = now.Moved + moved,
                Left = now.Left + left,
                Stayed = now.Stayed + stayed,
            }, cancellation);
        return after is { State: MoveState.Running } ? after : null;
    }

    /// <summary>The walk as it is afterwards; null: it is gone.</summary>
    private async Task<Enrollment?> Move(
        Stored<Enrollment> stored, MoveOrder order, PublishedJourney from, PublishedJourney to,
        CancellationToken cancellation)
    {
        while (true)
        {
            var walk = stored.Value;
            if (walk.Mark?.By == order.Key)
            {
                await alarms.Wake(walk.Id);
                return walk;
            }
            if (!walk.IsLive || walk.Version != order.From || order.Target(walk.Walk.Cursor) == MoveOrder.Stay)
                return walk;
            var (moved, writes) = await steps.Of(walk, order, from, to, cancellation);
            var answer = await tables.Timeline.Submit(
                [new(RowActionKind.UpdateReplace, moved.Entity(), stored.ETag), .. writes], cancellation);
            if (answer.Done)
            {
                await steps.Settle(moved);
                await alarms.Wake(walk.Id);
                return moved;
            }
            if (answer.Status is not (404 or 409 or 412))
                throw new IOException($"Enrollment {walk.Id} could not be moved: {answer.Status}.");
            // It walked on, or heard something, meanwhile: it is moved from where it is now.
            if (await tables.Timeline.Find(walk.Id.Customer.Value, walk.Id.RowKey, cancellation) is not { } row)
                return null;
            stored = Enrollment.Read(row);
        }
    }
}
