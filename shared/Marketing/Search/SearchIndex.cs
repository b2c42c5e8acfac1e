using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Search;

/// <summary>What a customer is found by, as the index has it.</summary>
/// <param name="Terms">Beginnings of the keys of their rows (<see cref="SearchTerms"/>).</param>
/// <param name="Orders">Numbers of their orders by key, so that no order is read twice for it.</param>
public sealed record SearchEntry(IReadOnlyList<string> Terms, IReadOnlyDictionary<string, string> Orders)
{
    public static readonly SearchEntry Nothing = new([], new Dictionary<string, string>());

    /// <summary>Would the same rows be written, and nothing be read anew?</summary>
    public bool Says(SearchEntry other) =>
        Terms.SequenceEqual(other.Terms, StringComparer.Ordinal)
        && Orders.Count == other.Orders.Count
        && Orders.All(order => other.Orders.GetValueOrDefault(order.Key) == order.Value);
}

/// <summary>Rows that lead from what somebody typed to customers. All of a customer's rows change in one transaction,
/// on condition of the row that lists them: whoever read a customer before they were erased writes nothing after
/// it.</summary>
public sealed class SearchIndex(Tables tables)
{
    /// <summary>One partition for all, so that a customer's rows are written together, list and terms.</summary>
    private const string Partition = "found", Customers = "c";

    private static readonly JsonTypeInfo<SearchEntry> Json = RowJson.Options.Of<SearchEntry>();

    public async ValueTask<Stored<SearchEntry>?> Find(CustomerId id) =>
        await tables.Search.Find(Partition, ListKey(id)) is { } row ? Documents.Read(row, Json) : null;

    /// <summary>False where somebody else wrote in between: look again.</summary>
    public async Task<bool> Write(CustomerId id, Stored<SearchEntry>? before, SearchEntry after)
    {
        var list = Documents.Entity(Partition, ListKey(id), after, Json);
        var known = before?.Value.Terms ?? [];
        var answer = await tables.Search.Submit(
        [
            before is null ? new(RowActionKind.Add, list) : new(RowActionKind.UpdateReplace, list, before.ETag),
            .. known.Except(after.Terms).Select(term => new RowAction(RowActionKind.Delete, Term(term, id))),
            .. after.Terms.Except(known).Select(term => new RowAction(RowActionKind.Add, Term(term, id))),
        ]);
        if (!answer.Done && answer.Status is not (404 or 409 or 412))
            throw new IOException($"What customer {id} is found by could not be written: {answer.Status}.");
        return answer.Done;
    }

    /// <summary>Nobody finds this customer any more, and nobody who is just indexing them brings them back.</summary>
    public async Task Forget(CustomerId id)
    {
        while (true)
        {
            var before = await Find(id);
            if (before?.Value.Says(SearchEntry.Nothing) == true || await Write(id, before, SearchEntry.Nothing)) return;
        }
    }

    /// <summary>Whom a beginning of a term leads to, in the order of the terms, from behind a row on.</summary>
    public async Task<IReadOnlyList<(string Row, CustomerId Customer)>> Led(
        string term, string? behind, int atMost, CancellationToken cancellation)
    {
        var query = TableQuery.Prefix(Partition, term) with { PageSize = atMost };
        // Nothing lies between a key and the same with the least sign behind it.
        if (behind is not null && string.CompareOrdinal(behind, term) >= 0)
            query = query with { RowKeyFrom = $"{behind}!" };
        var page = await tables.Search.QueryPage(query, null, cancellation);
        return [.. page.Values.Select(
            row => (row.RowKey, new CustomerId(row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..])))];
    }

    private static string ListKey(CustomerId id) => $"{Customers}|{id}";
    private static Row Term(string term, CustomerId id) => new(Partition, $"{term}|{id}");
}
