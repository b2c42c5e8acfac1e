using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>A stored message without its body: when it shows (UTC ticks, 0: it is not delayed) and how often it was
/// taken.</summary>
internal readonly record struct StoredMessage(long Id, long VisibleAt, int DequeueCount);

/// <summary>The SQL of one queue: a narrow table that is read at the start, and the bodies apart. Leases are not
/// stored: they end with the process that holds them. Delays are. A message is sent with its first delivery counted, so
/// that taking it writes nothing; a restart may thus find one delivery too many, never one too few.</summary>
internal sealed class QueueRows(string name)
{
    private readonly string list = $"SELECT id, visible_at, dequeue_count FROM \"q_{name}\" ORDER BY id";
    private readonly string insert = $"INSERT INTO \"q_{name}\"(id, visible_at, dequeue_count) VALUES(?1, ?2, 1)";
    private readonly string insertBody = $"INSERT INTO \"q_{name}_bodies\"(id, inserted, body) VALUES(?1, ?2, ?3)";
    private readonly string take = $"UPDATE \"q_{name}\" SET visible_at=0, dequeue_count=?2 WHERE id=?1";
    private readonly string delay = $"UPDATE \"q_{name}\" SET visible_at=?2 WHERE id=?1";
    private readonly string delete = $"DELETE FROM \"q_{name}\" WHERE id=?1";
    private readonly string deleteBody = $"DELETE FROM \"q_{name}_bodies\" WHERE id=?1";
    private readonly string body = $"SELECT inserted, body FROM \"q_{name}_bodies\" WHERE id=?1";

    public void Create(SqliteConnection db) => db.Execute($"""
        CREATE TABLE IF NOT EXISTS "q_{name}"(
            id INTEGER PRIMARY KEY, visible_at INTEGER NOT NULL, dequeue_count INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS "q_{name}_bodies"(
            id INTEGER PRIMARY KEY, inserted INTEGER NOT NULL, body BLOB NOT NULL)
        """);

    public List<StoredMessage> All(SqliteConnection db)
    {
        using var select = db.Prepare(list);
        var messages = new List<StoredMessage>();
        while (select.Step()) messages.Add(new StoredMessage(select.Int64(0), select.Int64(1), select.Int32(2)));
        return messages;
    }

    public void Insert(SqliteConnection db, long id, long visibleAt, MessageBody sent)
    {
        db.Prepare(insert).Bind(1, id).Bind(2, visibleAt).Run();
        db.Prepare(insertBody).Bind(1, id).Bind(2, sent.Inserted).Bind(3, sent.Bytes).Run();
    }

    /// <summary>Counts further deliveries.</summary>
    public void Take(SqliteConnection db, List<LeasedMessage> messages)
    {
        foreach (var message in messages)
            if (message.DequeueCount > 1) db.Prepare(take).Bind(1, message.Id).Bind(2, message.DequeueCount).Run();
    }

    public void Delay(SqliteConnection db, long id, long visibleAt) =>
        db.Prepare(delay).Bind(1, id).Bind(2, visibleAt).Run();

    public void Delete(SqliteConnection db, long id)
    {
        db.Prepare(delete).Bind(1, id).Run();
        db.Prepare(deleteBody).Bind(1, id).Run();
    }

    /// <summary>What the message carries; null: it is gone.</summary>
    public MessageBody? Body(SqliteConnection db, long id)
    {
        using var select = db.Prepare(body).Bind(1, id);
        return select.Step() ? new MessageBody(select.Int64(0), select.Blob(1).ToArray()) : null;
    }
}
