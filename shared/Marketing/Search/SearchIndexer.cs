using System.Collections.Frozen;
using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Search;

/// <summary>Follows what becomes of customers, off the way of their orders: new ones are found a minute later, changed,
/// merged and erased ones as they are now. Killed anywhere, it goes on at its page; indexing twice changes
/// nothing.</summary>
public sealed partial class SearchIndexer(
    Tables tables, SearchIndex index, CustomerStore customers, OrderStore orders,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall, ILogger<SearchIndexer> log)
{
    /// <summary>How far the tables' clock and ours may be apart, and how long a write may take.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private const string Bookmark = "bookmark";
    private const int AtOnce = 8;

    /// <summary>Versions of rows seen in one pass, which the next meets again: so many are worth remembering.</summary>
    private const int Remembered = 10_000;

    /// <summary>In a large shop looking for what changed takes long: then it does so for at most a twentieth of the
    /// time.</summary>
    private const int Rest = 20;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    /// <summary>So many new customers and so many orders waiting are a rush, and for so long it gives way to
    /// one.</summary>
    private const int Rush = 200;
    private static readonly TimeSpan LongestWay = TimeSpan.FromMinutes(5);

    /// <summary>Up to when it has looked; null: never.</summary>
    /// <param name="Begun">When the pass began that has come to the page <paramref name="Token"/>.</param>
    private sealed record Pass(DateTimeOffset? Since, DateTimeOffset Begun, string? Token = null);

    private Pass? known;
    private FrozenDictionary<CustomerId, ETag> seen = FrozenDictionary<CustomerId, ETag>.Empty;
    private (long Ended, TimeSpan Took)? last;
    private long? gaveWayAt;

    /// <summary>One pass; answers how many customers are found by something else than before. With nothing new: one
    /// read.</summary>
    public async Task<int> Run(CancellationToken cancellation = default)
    {
        if (last is var (ended, took) && took > Long && wall.GetElapsedTime(ended) < took * Rest) return 0;
        var begun = wall.GetTimestamp();
        var changed = await Look(cancellation);
        last = (wall.GetTimestamp(), wall.GetElapsedTime(begun));
        return changed;
    }

    private async Task<int> Look(CancellationToken cancellation)
    {
        var (pass, changed, met) = (await Begin(cancellation), 0, new Dictionary<CustomerId, ETag>());
        var isWritten = pass.Since is null;
        do
        {
            var page = await tables.Customers.QueryPage(
                new TableQuery { ChangedSince = pass.Since - Margin }, pass.Token, cancellation);
            if (await GivesWay(page.Values, cancellation)) return changed;
            changed += await Index(page.Values, cancellation);
            if (met.Count < Remembered) foreach (var row in page.Values) met[new(row.RowKey)] = row.ETag;
            pass = pass with { Token = page.ContinuationToken };
            isWritten |= page.Values.Any(row => !IsSeen(row));
            if (pass.Token is not null && page.Values.Count > 0) await Write(pass, cancellation);
        } while (pass.Token is not null);
        (known, seen) = (new(pass.Begun, pass.Begun), met.ToFrozenDictionary());
        if (isWritten) await Write(known, cancellation);
        return changed;
    }

    /// <summary>Thanks come first: while many orders wait to be worked off, many new customers wait to be found by
    /// name. They are found by address and order meanwhile, as always.</summary>
    private async ValueTask<bool> GivesWay(IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        if (rows.Count(row => !IsSeen(row)) < Rush || await tables.OrderQueue.ApproximateCount(cancellation) < Rush)
        {
            gaveWayAt = null;
            return false;
        }
        gaveWayAt ??= wall.GetTimestamp();
        return wall.GetElapsedTime(gaveWayAt.Value) < LongestWay;
    }

    private bool IsSeen(Row row) => seen.TryGetValue(new(row.RowKey), out var version) && version == row.ETag;

    private async Task<int> Index(IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        var changed = 0;
        var how = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(rows.Where(row => !IsSeen(row)), how, async (row, _) =>
        {
            try
            {
                if (await Index(CustomerJson.Read(row).Value)) Interlocked.Increment(ref changed);
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
            {
                LogUnreadable(row.RowKey, unreadable);
            }
        });
        return changed;
    }

    /// <summary>Makes the index say of a customer what their row does; false: it did.</summary>
    private async Task<bool> Index(Customer customer)
    {
        var before = await index.Find(customer.Id);
        var numbers = await Numbers(customer, before?.Value.Orders);
        if ((before?.Value ?? SearchEntry.Nothing).Says(Entry(customer, numbers))) return false;
        while (true)
        {
            // The row is read after the list it is written over: an erasure writes them the other way round.
            if (await customers.Row(customer.Id) is not { Value: var now }) return false;
            numbers = await Numbers(now, numbers);
            var after = Entry(now, numbers);
            if ((before?.Value ?? SearchEntry.Nothing).Says(after)) return false;
            if (await index.Write(customer.Id, before, after)) return true;
            before = await index.Find(customer.Id);
        }
    }

    private static SearchEntry Entry(Customer customer, IReadOnlyDictionary<string, string> numbers) =>
        IsGone(customer) ? SearchEntry.Nothing : new(SearchTerms.Of(customer, numbers), numbers);

    private static bool IsGone(Customer customer) => customer.MergedInto is not null || customer.ErasedAt is not null;

    /// <summary>What the customer's latest orders are called; one that is known already is not read again.</summary>
    private async Task<IReadOnlyDictionary<string, string>> Numbers(
        Customer customer, IReadOnlyDictionary<string, string>? known)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (IsGone(customer)) return numbers;
        foreach (var key in SearchTerms.OrderKeys(customer))
            if (known?.TryGetValue(key, out var number) == true) numbers[key] = number;
            else if (await orders.Find(key) is { Value: { Fragment: false } order }) numbers[key] = order.Number;
        return numbers;
    }

    private async Task<Pass> Begin(CancellationToken cancellation)
    {
        var now = wall.GetUtcNow();
        if (known is { } here) return new(NotAhead(here.Since, now), now);
        var row = await tables.Search.Find(Bookmark, Bookmark, cancellation);
        // Kept by a clock that was ahead, it says nothing: everybody is looked at once.
        var since = NotAhead(row?.GetDateTimeOffset("Since"), now);
        return row?.GetString("Token") is { } token && NotAhead(row.GetDateTimeOffset("Begun"), now) is { } begun
            ? new(since, begun, token)
            : new(since, now);
    }

    private static DateTimeOffset? NotAhead(DateTimeOffset? moment, DateTimeOffset now) =>
        moment is { } kept && ClockJumps.IsAhead(kept, now) ? null : moment;

    private Task<WriteResult> Write(Pass pass, CancellationToken cancellation) => tables.Search.Upsert(
        new Row(Bookmark, Bookmark) { { "Since", pass.Since }, { "Begun", pass.Begun }, { "Token", pass.Token } },
        UpdateMode.Replace,
        cancellation);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The row of customer {Id} cannot be read; nobody finds them by name")]
    private partial void LogUnreadable(string id, Exception why);
}
