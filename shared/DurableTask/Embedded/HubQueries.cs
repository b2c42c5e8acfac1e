using System.Text;
using Automation.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>What clients ask of the rows: one instance, a page of them, forgetting finished ones.</summary>
internal sealed class HubQueries(SqliteDatabase database, DataConverter converter)
{
    private const string Columns = "SELECT id, status, created, updated, custom, history, key FROM DurableInstances";

    public OrchestrationMetadata? Get(string instanceId, bool withPayloads) => database.Read(db =>
    {
        using var row = db.Prepare(Columns + " WHERE id = ?1").Bind(1, instanceId);
        return row.Step() ? Read(row, withPayloads) : null;
    });

    /// <summary>Up to a page of matching instances with ids above <paramref name="after"/>, in the order of their
    /// ids.</summary>
    public List<OrchestrationMetadata> Page(OrchestrationQuery query, string after) => database.Read(db =>
    {
        var sql = new StringBuilder(Columns + " WHERE id > ?1 AND created BETWEEN ?2 AND ?3");
        if (query.InstanceIdPrefix is not null) sql.Append(" AND id >= ?5 AND id < ?6");
        Append(sql, query.Statuses);
        using var rows = db.Prepare(sql.Append(" ORDER BY id LIMIT ?4").ToString());
        rows.Bind(1, after).Bind(2, Ms(query.CreatedFrom, long.MinValue)).Bind(3, Ms(query.CreatedTo, long.MaxValue))
            .Bind(4, (long)query.PageSize);
        if (query.InstanceIdPrefix is { } prefix) rows.Bind(5, prefix).Bind(6, prefix + "\U0010FFFF");
        List<OrchestrationMetadata> page = [];
        while (rows.Step()) page.Add(Read(rows, query.FetchInputsAndOutputs));
        return page;
    });

    public Task<int> Purge(string instanceId) => database.Write(db =>
        db.Prepare($"DELETE FROM DurableInstances WHERE id = ?1 AND status NOT IN {HubSchema.Live}")
            .Bind(1, instanceId).Run());

    /// <summary>Deletes up to 500 finished instances that match; how many.</summary>
    public Task<int> PurgeSome(PurgeInstancesFilter filter)
    {
        var where = new StringBuilder($"status NOT IN {HubSchema.Live} AND created BETWEEN ?1 AND ?2");
        Append(where, filter.Statuses);
        var sql =
            $"DELETE FROM DurableInstances WHERE key IN (SELECT key FROM DurableInstances WHERE {where} LIMIT 500)";
        return database.Write(db => db.Prepare(sql).Bind(1, Ms(filter.CreatedFrom, long.MinValue))
            .Bind(2, Ms(filter.CreatedTo, long.MaxValue)).Run());
    }

    private static void Append(StringBuilder sql, IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        if (statuses is not null)
            sql.Append(" AND status IN (").AppendJoin(',', statuses.Select(s => (int)s).Order()).Append(')');
    }

    private static long Ms(DateTimeOffset? at, long otherwise) => at?.ToUnixTimeMilliseconds() ?? otherwise;

    private OrchestrationMetadata Read(Statement row, bool withPayloads)
    {
        var history = P.OrchestratorRequest.Parser.ParseFrom(row.Blob(5));
        var started = InstanceState.StartOf(history);
        var completed = history.PastEvents is [.., { ExecutionCompleted: { } end }] ? end : null;
        return new(started.Name, row.Text(0))
        {
            RuntimeStatus = (OrchestrationRuntimeStatus)row.Int32(1),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(2)),
            LastUpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
            SerializedCustomStatus = row.TextOrNull(4),
            SerializedInput = withPayloads ? started.Input : null,
            SerializedOutput = withPayloads ? completed?.Result : null,
            FailureDetails = Failures.ToClient(completed?.FailureDetails),
            DataConverter = withPayloads ? converter : null,
        };
    }
}
