using Automation.Storage;

namespace Automation.Marketing.Newsletters;

/// <summary>The issues whose slots were acted on: rows of <c>Issues</c>, one per newsletter and date, so that a slot goes out once.</summary>
public sealed class IssueStore(Tables tables)
{
    private long version;

    /// <summary>Another than before: this process has written to an issue.</summary>
    public long Version => Interlocked.Read(ref version);

    public async ValueTask<Stored<Issue>?> Find(IssueId id, CancellationToken cancellation = default) =>
        await tables.Issues.GetEntityIfExistsAsync(id.Newsletter, id.RowKey, cancellation) is { } row ? Read(row) : null;

    /// <summary>Claims the slot; false where it was acted on before.</summary>
    public async Task<bool> Add(Issue issue, CancellationToken cancellation = default)
    {
        var added = (await tables.Issues.AddEntityAsync(Row(issue), cancellation)).Done;
        Interlocked.Increment(ref version);
        return added;
    }

    /// <summary>Changes the issue, again where somebody else wrote in between; null where there is none. Same reference back: nothing is written.</summary>
    public async Task<Issue?> Change(IssueId id, Func<Issue, Issue> change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await Find(id, cancellation) is not { } stored) return null;
            var changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value)) return changed;
            if (!(await tables.Issues.UpdateEntityAsync(Row(changed), stored.ETag, TableUpdateMode.Replace, cancellation)).Done) continue;
            Interlocked.Increment(ref version);
            return changed;
        }
    }

    /// <summary>Takes the claim of a slot back: nobody has acted on it. Only of what has not begun.</summary>
    public async Task Remove(IssueId id, CancellationToken cancellation = default)
    {
        await tables.Issues.DeleteEntityAsync(id.Newsletter, id.RowKey, ETag.All, cancellation);
        Interlocked.Increment(ref version);
    }

    /// <summary>A newsletter's issues from a date on, oldest first.</summary>
    public async IAsyncEnumerable<Issue> Of(string newsletter, DateOnly? from = null)
    {
        var query = new TableQuery { PartitionKey = newsletter, RowKeyFrom = from is { } date ? new IssueId(newsletter, date).RowKey : null };
        await foreach (var row in tables.Issues.QueryAsync(query)) yield return Read(row).Value;
    }

    private static TableEntity Row(Issue issue) => Documents.Entity(issue.Id.Newsletter, issue.Id.RowKey, issue, IssueJson.Issue);

    private static Stored<Issue> Read(TableEntity row)
    {
        var stored = Documents.Read(row, IssueJson.Issue);
        return stored with { Value = stored.Value with { Id = IssueId.Parse($"{row.PartitionKey}/{row.RowKey}")!.Value } };
    }
}
