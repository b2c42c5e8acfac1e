using Automation.Marketing.Newsletters.Slots;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>The issues whose slots were acted on: rows of <c>Issues</c>, one per newsletter and date, so that a slot
/// goes out once.</summary>
/// <param name="time">Given: what a clock that was ahead let go (<see cref="Issue.IsLetGoAhead"/>) is as if nobody had
/// acted on it.</param>
public sealed class IssueStore(Tables tables, TimeProvider? time = null)
{
    private long version;

    /// <summary>Another than before: this process has written to an issue.</summary>
    public long Version => Interlocked.Read(ref version);

    public async ValueTask<Stored<Issue>?> Find(IssueId id, CancellationToken cancellation = default) =>
        await tables.Issues.Find(id.Newsletter, id.RowKey, cancellation) is { } row
            && Read(row) is var found
            && !IsHidden(found.Value) ? found : null;

    /// <summary>Claims the slot; false where it was acted on before.</summary>
    public async Task<bool> Add(Issue issue, CancellationToken cancellation = default)
    {
        var added = (await tables.Issues.Add(Row(issue), cancellation)).Done
            || await Replace(issue, cancellation);
        Interlocked.Increment(ref version);
        return added;
    }

    /// <summary>Changes the issue, again where somebody else wrote in between; null where there is none. Same reference
    /// back: nothing is written.</summary>
    public async Task<Issue?> Change(IssueId id, Func<Issue, Issue> change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await Find(id, cancellation) is not { } stored) return null;
            var changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value)) return changed;
            if (!(await tables.Issues.Update(
                Row(changed), stored.ETag, UpdateMode.Replace, cancellation)).Done) continue;
            Interlocked.Increment(ref version);
            return changed;
        }
    }

    /// <summary>Takes the claim of a slot back: nobody has acted on it. Only of what has not begun.</summary>
    public async Task Remove(IssueId id, CancellationToken cancellation = default)
    {
        await tables.Issues.Delete(id.Newsletter, id.RowKey, ETag.All, cancellation);
        Interlocked.Increment(ref version);
    }

    /// <summary>A newsletter's issues from a date on, oldest first.</summary>
    public async IAsyncEnumerable<Issue> Of(string newsletter, DateOnly? from = null)
    {
        var query = new TableQuery
        {
            PartitionKey = newsletter,
            RowKeyFrom = from is { } date ? new IssueId(newsletter, date).RowKey : null
        };
        await foreach (var row in tables.Issues.Query(query))
            if (Read(row).Value is var issue && !IsHidden(issue)) yield return issue;
    }

    /// <summary>When the first slot was due that a clock ahead of now let go; null: there is none.</summary>
    public async Task<DateTimeOffset?> LetGoAhead(string newsletter, DateOnly from, CancellationToken cancellation)
    {
        var query = new TableQuery { PartitionKey = newsletter, RowKeyFrom = new IssueId(newsletter, from).RowKey };
        DateTimeOffset? first = null;
        await foreach (var row in tables.Issues.Query(query, cancellation))
            if (Read(row).Value is var issue && IsHidden(issue) && !(issue.Slot >= first)) first = issue.Slot;
        return first;
    }

    /// <summary>What a clock that was ahead let go is claimed anew; false where it is not that.</summary>
    private async Task<bool> Replace(Issue issue, CancellationToken cancellation)
    {
        if (time is null || await tables.Issues.Find(
            issue.Id.Newsletter, issue.Id.RowKey, cancellation) is not { } row)
            return false;
        return IsHidden(Read(row).Value) && (await tables.Issues.Update(
            Row(issue), row.ETag, UpdateMode.Replace, cancellation)).Done;
    }

    private bool IsHidden(Issue issue) => time is not null && issue.IsLetGoAhead(time.GetUtcNow());

    /// <summary><see cref="Issue.IsBothWays"/> of an issue's row.</summary>
    internal static bool IsBothWays(Row row) => Read(row).Value.IsBothWays;

    private static Row Row(Issue issue) =>
        Documents.Entity(issue.Id.Newsletter, issue.Id.RowKey, issue, IssueJson.Issue);

    private static Stored<Issue> Read(Row row)
    {
        var stored = Documents.Read(row, IssueJson.Issue);
        return stored with
        {
            Value = stored.Value with { Id = IssueId.Parse($"{row.PartitionKey}/{row.RowKey}")!.Value }
        };
    }
}
