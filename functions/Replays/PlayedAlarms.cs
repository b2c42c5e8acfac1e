using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Replays;

/// <summary>The alarm clock of a shop that is played: walks stand in one list, by when they are due, in place of an
/// orchestration each. The enrollment's row is the truth here too; what a round does is the product's own.</summary>
public sealed class PlayedAlarms(TimeProvider time) : IJourneyOrchestrations
{
    /// <summary>A round that fails is tried so often; then the walk stands still.</summary>
    private const int Tries = 4;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10), AtLeast = TimeSpan.FromMilliseconds(1);

    private sealed class Alarm
    {
        public int Turn;
        public int Failed;
        public long Place;
        public bool IsWoken;
    }

    private readonly Lock gate = new();
    private readonly Dictionary<EnrollmentId, Alarm> set = [];
    private readonly PriorityQueue<(EnrollmentId Walk, long Place), (DateTimeOffset Due, long Place)> list = new();
    private long places;

    /// <summary>Walks that stand still because their rounds fail.</summary>
    public int Broken { get; private set; }

    public Task Start(EnrollmentId enrollment, int turn)
    {
        lock (gate)
            if (!set.ContainsKey(enrollment)) Put(enrollment, set[enrollment] = new() { Turn = turn }, Now);
        return Task.CompletedTask;
    }

    public Task Wake(EnrollmentId enrollment)
    {
        lock (gate)
            if (set.TryGetValue(enrollment, out var alarm))
            {
                alarm.IsWoken = true;
                Put(enrollment, alarm, Now);
            }
        return Task.CompletedTask;
    }

    public Task<bool> IsAlive(EnrollmentId enrollment)
    {
        lock (gate) return Task.FromResult(set.ContainsKey(enrollment));
    }

    /// <summary>When the first is due; null: nobody waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
                while (list.TryPeek(out var next, out var at))
                {
                    if (IsValid(next)) return at.Due;
                    list.Dequeue();
                }
            return null;
        }
    }

    /// <summary>Lets everybody walk who is due by now.</summary>
    /// <param name="advance">A round of a walk.</param>
    public async Task Run(Func<EnrollmentId, int, Task<Pause>> advance, CancellationToken cancellation)
    {
        while (Take() is var (walk, alarm))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Settle(walk, alarm, await advance(walk, alarm.Turn));
            }
            // Whatever it is: one walk that cannot go on keeps no other from it.
            catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
            {
                Retry(walk, alarm);
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private bool IsValid((EnrollmentId Walk, long Place) one) =>
        set.TryGetValue(one.Walk, out var alarm) && alarm.Place == one.Place;

    private void Put(EnrollmentId walk, Alarm alarm, DateTimeOffset due)
    {
        alarm.Place = ++places;
        list.Enqueue((walk, alarm.Place), (due, alarm.Place));
    }

    private (EnrollmentId Walk, Alarm Alarm)? Take()
    {
        if (!(NextDue <= Now)) return null;
        lock (gate)
        {
            var (walk, _) = list.Dequeue();
            var alarm = set[walk];
            (alarm.Place, alarm.IsWoken) = (0, false);
            return (walk, alarm);
        }
    }

    /// <summary>Somebody who was told something in this very round looks again at once.</summary>
    private void Settle(EnrollmentId walk, Alarm alarm, Pause pause)
    {
        lock (gate)
        {
            (alarm.Turn, alarm.Failed) = (alarm.Turn + 1, 0);
            if (pause.Finished is not null) set.Remove(walk);
            else if (!alarm.IsWoken)
                // A moment that has come already wants the clock to move.
                Put(walk, alarm, pause.Until is { } until ? until > Now ? until : Now + AtLeast : Now);
        }
    }

    private void Retry(EnrollmentId walk, Alarm alarm)
    {
        lock (gate)
        {
            if (++alarm.Failed < Tries) Put(walk, alarm, Now + Again);
            else
            {
                set.Remove(walk);
                Broken++;
            }
        }
    }
}
