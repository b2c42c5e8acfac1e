using Automation.Sqlite;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>The hub's statements. Those that take a connection run inside one write item on the writer
/// thread.</summary>
internal sealed class HubStore(SqliteDatabase database)
{
    public void CreateTables() => database.Write(db => db.Execute(HubSchema.Create)).GetAwaiter().GetResult();

    public long LastKey() => database.Read(db => Scalar(db.Prepare("SELECT max(key) FROM DurableInstances")) ?? 0);

    /// <summary>Row, consumed messages, new messages and children in one go. Null: a live instance has the id, or what
    /// goes before it was refused; otherwise the keys to wake.</summary>
    public Task<List<long>?> Save(TurnWrite turn) => turn switch
    {
        { First: { } first } => Save(turn, first),
        { GoesToSleep: true } => database.WriteUnhurried(db => Save(db, turn)),
        _ => database.Write(db => Save(db, turn)),
    };

    private async Task<List<long>?> Save(TurnWrite turn, StartWrite first)
    {
        var wake = await database.Write(db => first.Do(db) ? Save(db, turn) : null);
        first.Committed();
        return wake;
    }

    private static List<long>? Save(SqliteConnection db, TurnWrite turn)
    {
        var state = turn.State;
        if (turn.IsNew)
        {
            if (!TryInsert(db, state, turn.Active, turn.Due, turn.History, turn.Now)) return null;
        }
        else
        {
            db.Prepare(HubSchema.Update).Bind(1, state.Key).Bind(2, state.Execution).Bind(3, (long)state.Status)
                .Bind(4, turn.Active ? 1 : 0L)
                .Bind(5, turn.Now).Bind(6, turn.Due).Bind(7, state.CustomStatus).Bind(8, turn.History).Run();
        }
        if (turn.Finished) db.Prepare(HubSchema.DeleteMessages).Bind(1, state.Key).Bind(2, long.MaxValue).Run();
        else if (turn.ReadUpTo > 0)
            db.Prepare(HubSchema.DeleteMessages).Bind(1, state.Key).Bind(2, turn.ReadUpTo).Run();
        if (turn.Children.Length == 0 && turn.Outgoing.Length == 0) return NobodyToWake;
        List<long> wake = [];
        foreach (var (child, history, refusal) in turn.Children)
        {
            if (TryInsert(db, child, active: true, due: null, history, turn.Now)) wake.Add(child.Key);
            else if (!turn.Finished) wake.Add(Put(db, state.Key, state.Execution, refusal));
        }
        foreach (var (to, e) in turn.Outgoing)
            if (LiveKey(db, to.InstanceId) is { } key) wake.Add(Put(db, key, to.Execution, e));
        return wake;
    }

    private static readonly List<long> NobodyToWake = [];

    private static bool TryInsert(
        SqliteConnection db, InstanceState state, bool active, long? due, byte[] history, long now) =>
            db.Prepare(HubSchema.Insert).Bind(1, state.Key).Bind(2, state.Id).Bind(3, state.Execution)
                .Bind(4, (long)state.Status)
                .Bind(5, active ? 1 : 0L).Bind(6, now).Bind(7, due).Bind(8, state.CustomStatus)
                .Bind(9, history).Run() > 0;

    /// <summary>Keeps an event for a live instance; its key, or null where there is none.</summary>
    public Task<long?> Send(string instanceId, HistoryEvent e)
    {
        var packed = e.ToByteArray();
        return database.Write(db => LiveKey(db, instanceId) is { } key ? Put(db, key, null, packed) : (long?)null);
    }

    private static long? LiveKey(SqliteConnection db, string id) => Scalar(db.Prepare(HubSchema.LiveKey).Bind(1, id));

    private static long Put(SqliteConnection db, long key, long? execution, byte[] e)
    {
        db.Prepare(HubSchema.InsertMessage).Bind(1, key).Bind(2, execution).Bind(3, e).Run();
        return key;
    }

    /// <summary>The live instance of that key, or null.</summary>
    public InstanceState? Load(long key) => database.Read(db =>
    {
        using var row = db.Prepare(HubSchema.Row).Bind(1, key);
        return !row.Step() ? null : new InstanceState
        {
            Key = key,
            Id = row.Text(0),
            Execution = row.Int64(1),
            Status = (OrchestrationStatus)row.Int32(2),
            CustomStatus = row.TextOrNull(3),
            History = OrchestratorRequest.Parser.ParseFrom(row.Blob(4)),
        }.Unpack();
    });

    /// <summary>The events kept for an instance, oldest first, each with the execution it is meant for (null:
    /// any).</summary>
    public List<(long Seq, long? Execution, HistoryEvent Event)> Messages(long key) => database.Read(db =>
    {
        List<(long, long?, HistoryEvent)> messages = [];
        using var rows = db.Prepare(HubSchema.Messages).Bind(1, key);
        while (rows.Step()) messages.Add(
            (rows.Int64(0), rows.IsNull(1) ? null : rows.Int64(1), HistoryEvent.Parser.ParseFrom(rows.Blob(2))));
        return messages;
    });

    /// <summary>Instances with a turn or an activity in hand, or with messages: what a restart takes up
    /// again.</summary>
    public List<long> Ready(int limit) => database.Read(db =>
    {
        List<long> keys = [];
        using var rows = db.Prepare(HubSchema.Ready).Bind(1, limit);
        while (rows.Step()) keys.Add(rows.Int64(0));
        return keys;
    });

    /// <summary>Timers due by <paramref name="now"/> and after <paramref name="seen"/>, earliest first.</summary>
    public List<(long Due, long Key)> Due(long now, (long Due, long Key) seen, int limit) => database.Read(db =>
    {
        List<(long, long)> due = [];
        using var rows = db.Prepare(HubSchema.Due).Bind(1, now).Bind(2, seen.Due).Bind(3, seen.Key).Bind(4, limit);
        while (rows.Step()) due.Add((rows.Int64(0), rows.Int64(1)));
        return due;
    });

    /// <summary>The earliest timer after that moment.</summary>
    public long? NextDue(long after) => database.Read(db => Scalar(db.Prepare(HubSchema.NextDue).Bind(1, after)));

    /// <summary>When the next finished instance is to be deleted.</summary>
    public long? NextPurge() => -database.Read(db => Scalar(db.Prepare(HubSchema.NextPurge)));

    /// <summary>Deletes some of the finished instances that are past their retention; how many.</summary>
    public Task<int> Purge(long now) => database.Write(db => db.Prepare(HubSchema.Purge).Bind(1, -now).Run());

    private static long? Scalar(Statement query)
    {
        using (query) return query.Step() && !query.IsNull(0) ? query.Int64(0) : null;
    }
}
