using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Embedded;

/// <summary>Runs turns: gathers what arrived, plays it, saves the whole turn in one write, and only then starts what it
/// asked for.</summary>
internal sealed class TurnRunner(
    HubStore store, Func<OrchestratorRequest, OrchestratorResponse> play, HubTools tools)
{
    private readonly long purgeGrain =
        Math.Max(1, (long)Math.Min(60_000, tools.Options.Retention.TotalMilliseconds / 10));
    private long lastKey = store.LastKey();

    public Waiters Waiters { get; } = new();
    public required Func<Instances> Instances { get; init; }
    public required Func<Activities> Activities { get; init; }

    /// <summary>A timer, or a row to delete, is due then.</summary>
    public required Action<long> Arm { get; init; }

    private long Now => tools.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long NewKey() => Interlocked.Increment(ref lastKey);

    /// <summary>Starts an instance: where a turn slot is free its first turn is computed at once, and start and turn go
    /// to disk together; otherwise it waits as a row. False: a live instance has the id, or <paramref name="first"/>
    /// was refused.</summary>
    /// <param name="first">Goes to disk with it, and before; null: nothing.</param>
    public async Task<bool> Start(InstanceState state, StartWrite? first = null)
    {
        var due = History.ScheduledFor(state);
        if (due is null && Instances().TryBegin(state) is { } instance)
            return await RunFirstTurn(instance, state, first);
        if (!await SaveStart(state, due, first)) return false;
        if (due is { } at) Arm(at);
        else Instances().Wake(state.Key);
        return true;
    }

    private async Task<bool> SaveStart(InstanceState state, long? due, StartWrite? first) =>
        await store.Save(new()
        {
            First = first,
            State = state,
            IsNew = true,
            Active = due is null,
            Due = due,
            History = state.Pack(),
            Now = Now,
        }) is not null;

    private async Task<bool> RunFirstTurn(LiveInstance instance, InstanceState state, StartWrite? first)
    {
        tools.Running.Enter();
        var again = false;
        var started = state.Started;
        try
        {
            if (TryPlayFirst(state) is not var (turn, write))
            {
                instance.State = null;
                return again = await SaveStart(
                    InstanceState.Start(state.Key, state.Id, started), due: null, first);
            }
            if (await store.Save(write with { First = first }) is not { } wake) return false;
            again = Saved(instance, turn, write, wake);
            return true;
        }
        finally
        {
            Instances().EndTurn(instance, again);
            tools.Running.Leave();
        }
    }

    /// <summary>Null where the turn cannot be played now: then the start is accepted all the same and the turn tried
    /// again later.</summary>
    private (Turn, TurnWrite)? TryPlayFirst(InstanceState state)
    {
        try
        {
            return Play(play, state, [], isNew: true, 0);
        }
        catch (Exception e)
        {
            tools.Log.LogError(
                e, "The first turn of instance {Key} could not be played; it is started as a row.", state.Key);
            return null;
        }
        finally
        {
            Instances().Turns.GiveBack(1);
        }
    }

    public async Task Run(LiveInstance instance)
    {
        var (poked, answers) = instance.Take();
        if (!Instances().Open && answers.Count == 0)
        {
            Instances().Turns.GiveBack(1);
            return;
        }
        tools.Running.Enter();
        try
        {
            Instances().EndTurn(instance, await Step(instance, poked, answers));
        }
        catch (Exception e)
        {
            instance.State = null;
            if (Instances().Open)
            {
                instance.PutBack(answers);
                if (e is UnplayableException) instance.Unplayable++;
                var wait = tools.Backoff.Later(++instance.Failures, () => Instances().Turns.Add(instance));
                tools.Log.LogError(
                    e, "A turn of instance {Key} could not be played or saved; again in {Wait}.", instance.Key, wait);
            }
            else Activities().Answered(answers.Count);
        }
        finally
        {
            tools.Running.Leave();
        }
    }

    /// <summary>One turn, if there is anything for it; true says: at once again.</summary>
    private async Task<bool> Step(LiveInstance instance, bool poked, List<Answer> answers)
    {
        (Turn Turn, TurnWrite Write)? played;
        bool loaded;
        try { played = Gather(instance, poked, answers, out loaded); }
        finally { Instances().Turns.GiveBack(1); }
        List<long> wake = played is { } p ? await store.Save(p.Write) ?? [] : [];
        foreach (var answer in answers)
            instance.InHand.Remove((answer.Execution, History.AnsweredActivity(answer.Event)!.Value));
        Activities().Answered(answers.Count);
        instance.Failures = instance.Unplayable = 0;
        var again = played is var (turn, write) && Saved(instance, turn, write, wake);
        if (loaded && instance.State is { } state)
            foreach (var task in History.OpenActivities(state.History.PastEvents))
                HandOut(instance, state.Id, state.Execution, task);
        return again;
    }

    private (Turn, TurnWrite)? Gather(LiveInstance instance, bool poked, List<Answer> answers, out bool loaded)
    {
        loaded = instance.State is null;
        if ((instance.State ??= store.Load(instance.Key)) is not { } state) return null;
        var messages = poked || loaded ? store.Messages(instance.Key) : [];
        List<HistoryEvent> arrived = [];
        foreach (var (_, execution, e) in messages)
            if (execution is null || execution == state.Execution) arrived.Add(e);
        var stale = messages.Count > arrived.Count;
        foreach (var answer in answers)
            if (answer.Execution == state.Execution && !(loaded && IsAnswered(state, answer.Event)))
                arrived.Add(answer.Event);
        if (!stale && !History.HasNews(state, arrived, Now)) return null;
        var player = instance.Unplayable > 0 ? Again(instance) : play;
        return Play(player, state, arrived, isNew: false, messages is [.., var last] ? last.Seq : 0);
    }

    /// <summary>What cannot be played does not become playable by being tried for ever (an event's payload is not what
    /// is waited for): after the last try the instance is ended as failed, and whoever looks after it may start it
    /// again.</summary>
    private Func<OrchestratorRequest, OrchestratorResponse> Again(LiveInstance instance) => request =>
    {
        try
        {
            return play(request);
        }
        catch (Exception e) when (instance.Unplayable >= tools.Options.MaxRetries)
        {
            tools.Log.LogError(
                e, "A turn of {Instance} could not be played {Times} times; it is ended as failed.",
                request.InstanceId, instance.Unplayable + 1);
            return TurnPlayer.Fail(new() { InstanceId = request.InstanceId }, Failures.Of(e));
        }
    };

    /// <summary>A write that failed for its caller may be on disk all the same; the row knows.</summary>
    private static bool IsAnswered(InstanceState state, HistoryEvent answer) =>
        !History.OpenActivities(state.History.PastEvents)
            .Exists(open => open.EventId == History.AnsweredActivity(answer));

    private (Turn, TurnWrite) Play(
        Func<OrchestratorRequest, OrchestratorResponse> player,
        InstanceState state,
        List<HistoryEvent> arrived,
        bool isNew,
        long readUpTo)
    {
        var turn = new Turn(state, tools.Clock.GetUtcNow(), player).Take(arrived);
        return (turn, TurnWrite.Of(turn, isNew, Now, readUpTo, turn.Finished ? PurgeAt(Now) : null, NewKey));
    }

    /// <summary>After the commit, and never before: whoever is to be told is told.</summary>
    private bool Saved(LiveInstance instance, Turn turn, TurnWrite write, List<long> wake)
    {
        var state = turn.State;
        foreach (var (execution, task) in turn.Scheduled) HandOut(instance, state.Id, execution, task);
        foreach (var key in wake) Instances().Wake(key);
        Waiters.Signal(state.Id);
        if (turn.Finished) instance.State = null;
        if (write.Due is not { } due) return state.History.NewEvents.Count > 0;
        if (turn.Finished) Arm(-due);
        else if (due <= Now) return true;
        else Arm(due);
        return state.History.NewEvents.Count > 0;
    }

    private void HandOut(LiveInstance instance, string id, long execution, HistoryEvent task)
    {
        if (instance.InHand.Add((execution, task.EventId))) Activities().Add(new()
        {
            Instance = instance,
            InstanceId = id,
            Execution = execution,
            Scheduled = task,
        });
    }

    /// <summary>Rounded up, so that rows are deleted by the batch.</summary>
    private long? PurgeAt(long now) =>
        tools.Options.Retention == Timeout.InfiniteTimeSpan
            ? null
            : ((now + (long)tools.Options.Retention.TotalMilliseconds) / purgeGrain + 1) * purgeGrain;
}
