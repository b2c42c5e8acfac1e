namespace Automation.DurableTask.Embedded;

/// <summary>The hub's two tables. <c>DurableInstances</c>: one row an instance; <c>active</c> 1 while it must be looked
/// at after a restart (a turn or activity in hand); <c>due</c> its earliest timer, or below zero the moment a finished
/// one is deleted; times are milliseconds since 1970; <c>history</c> the packed protobuf. <c>DurableMessages</c>:
/// events accepted and not yet part of a history.</summary>
internal static class HubSchema
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS DurableInstances(
            key INTEGER PRIMARY KEY, id TEXT NOT NULL, execution INTEGER NOT NULL, status INTEGER NOT NULL,
            active INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, due INTEGER, custom TEXT,
            history BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS DurableInstancesById ON DurableInstances(id);
        CREATE INDEX IF NOT EXISTS DurableInstancesActive ON DurableInstances(active) WHERE active = 1;
        CREATE INDEX IF NOT EXISTS DurableInstancesDue ON DurableInstances(due) WHERE due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS DurableMessages(
            instance INTEGER NOT NULL, seq INTEGER NOT NULL, execution INTEGER, event BLOB NOT NULL,
            PRIMARY KEY(instance, seq)) WITHOUT ROWID;
        """;

    /// <summary>The statuses of an instance that can still be spoken to.</summary>
    public const string Live = "(0, 6, 7)";

    public const string Insert = $"""
        INSERT INTO DurableInstances(key, id, execution, status, active, created, updated, due, custom, history)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)
        ON CONFLICT(id) DO UPDATE SET key = ?1, execution = ?3, status = ?4, active = ?5, created = ?6, updated = ?6,
            due = ?7, custom = ?8, history = ?9
        WHERE status NOT IN {Live}
        """;

    public const string Update = """
        UPDATE DurableInstances SET execution = ?2, status = ?3, active = ?4, updated = ?5, due = ?6, custom = ?7,
            history = ?8 WHERE key = ?1
        """;

    public const string InsertMessage = """
        INSERT INTO DurableMessages(instance, seq, execution, event)
        VALUES(?1, (SELECT coalesce(max(seq), 0) + 1 FROM DurableMessages WHERE instance = ?1), ?2, ?3)
        """;

    public const string DeleteMessages = "DELETE FROM DurableMessages WHERE instance = ?1 AND seq <= ?2";
    public const string LiveKey = $"SELECT key FROM DurableInstances WHERE id = ?1 AND status IN {Live}";
    public const string Row =
        "SELECT id, execution, status, custom, history FROM DurableInstances WHERE key = ?1 AND status IN (0, 6, 7)";
    public const string Messages = "SELECT seq, execution, event FROM DurableMessages WHERE instance = ?1 ORDER BY seq";
    public const string Ready = """
        SELECT key FROM (SELECT key FROM DurableInstances WHERE active = 1 ORDER BY key LIMIT ?1)
        UNION SELECT instance FROM (SELECT DISTINCT instance FROM DurableMessages LIMIT ?1)
        """;

    public const string Due = """
        SELECT due, key FROM DurableInstances WHERE due IS NOT NULL AND due <= ?1 AND (due, key) > (?2, ?3)
        ORDER BY due, key LIMIT ?4
        """;

    public const string NextDue = "SELECT min(due) FROM DurableInstances WHERE due IS NOT NULL AND due > ?1";
    public const string NextPurge = "SELECT max(due) FROM DurableInstances WHERE due IS NOT NULL AND due < 0";
    public const string Purge = """
        DELETE FROM DurableInstances WHERE key IN
            (SELECT key FROM DurableInstances WHERE due IS NOT NULL AND due BETWEEN ?1 AND -1
             ORDER BY due DESC LIMIT 500)
        """;
}
