using Automation.Storage;

namespace Automation.Marketing.Inbox;

/// <summary>What waits for a person, of all kinds.</summary>
public sealed class AttentionList(Tables tables)
{
    /// <summary>Rows that keep track of work, and ask nobody for anything.</summary>
    private static readonly string[] Own = ["sweep", "erasing", "clock"];

    /// <summary>At most so many, kind by kind; one page of the table is read.</summary>
    public async Task<IReadOnlyList<AttentionEntry>> First(int most, CancellationToken cancellation)
    {
        var page = await tables.Attention.QueryPage(new TableQuery { PageSize = most }, null, cancellation);
        return [.. page.Values.Where(row => !Own.Contains(row.PartitionKey)).Select(AttentionEntry.Of)];
    }

    /// <summary>It was looked at, and is over: gone from the list. False: it was not there any more.</summary>
    public async Task<bool> Settle(string kind, string key, CancellationToken cancellation) =>
        !Own.Contains(kind) && Keys.CanBe(kind) && Keys.CanBe(key)
        && (await tables.Attention.Delete(kind, key, ETag.All, cancellation)).Done;
}
