using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Pools of codes, each code for one walk. A pool is a partition of <c>Published</c>: <c>c|{code}</c> is a
/// code for ever, <c>f|{code}</c> says that it is free, <c>w|{reason}</c> which one a step of a walk took. Taking one
/// changes all three in one transaction: killed anywhere, a code is free or somebody's, and the same step asked again
/// gets the same.</summary>
public sealed class Coupons(Tables tables, CurrentShop shop, TimeProvider time)
{
    private const string Code = "c|", Free = "f|", Walk = "w|", Read = "h|";
    private const int CodesPerTransaction = 50, Candidates = 20;

    private volatile IReadOnlyList<string> pools = [];

    /// <summary>The pools there are, as of the last publishing.</summary>
    public IReadOnlyList<string> Pools => pools;

    /// <summary>The kind of attention that says that a pool runs low.</summary>
    public const string Attention = "coupons";

    /// <summary>One code for one step of one walk; null: none is left.</summary>
    /// <param name="reason">What it is for: <c>{enrollment id}@{place}</c>.</param>
    public async Task<Coupon?> Take(string pool, string reason, CancellationToken cancellation)
    {
        var walk = Walk + Keys.Safe(reason);
        while (true)
        {
            if (await tables.Published.Find(Partition(pool), walk, cancellation) is { } taken) return Of(pool, taken);
            var lowAt = shop.Settings.CouponsLowAt;
            var page = await tables.Published.QueryPage(
                TableQuery.Prefix(Partition(pool), Free) with { PageSize = Math.Max(Candidates, lowAt + 1) }, null,
                cancellation);
            var free = page.Values.Where(row => !IsOver(row)).ToList();
            foreach (var over in page.Values.Except(free))
                await tables.Published.Delete(over.PartitionKey, over.RowKey, over.ETag, cancellation);
            if (free.Count == 0 && page.Values.Count > 0) continue;
            if (page.ContinuationToken is null && free.Count <= lowAt + 1)
                await Say(pool, Math.Max(0, free.Count - 1), cancellation);
            if (free.Count == 0) return null;
            // Of many at once not all try the first.
            var one = free[Random.Shared.Next(Math.Min(Candidates, free.Count))];
            if ((await tables.Published.Submit(Taking(one, walk, reason), cancellation)).Done) return Of(pool, one);
        }
    }

    /// <summary>Codes beside those of the pool's file; answers how many are new.</summary>
    public Task<int> Add(string pool, IReadOnlyList<Coupon> codes, CancellationToken cancellation) =>
        Add(pool, codes, fromFile: false, cancellation);

    /// <summary>Makes the files' codes those of the pools: new ones are free, free ones that are not in the file any
    /// more go, taken ones stay taken. The row that says that the file was read is written last.</summary>
    /// <param name="names">All pools, also those whose file is broken just now.</param>
    public async Task Publish(
        IReadOnlyCollection<CouponFile> files, IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        pools = [.. names.Order(StringComparer.Ordinal)];
        foreach (var file in files)
        {
            var read = await tables.Published.Find(Partition(file.Pool), Read, cancellation);
            if (read?.GetString("Hash") == file.Hash) continue;
            await Add(file.Pool, file.Codes, fromFile: true, cancellation);
            await Withdraw(file, cancellation);
            await tables.Published.Upsert(
                new Row(Partition(file.Pool), Read) { { "Hash", file.Hash }, { "At", time.GetUtcNow() } },
                UpdateMode.Replace, cancellation);
        }
    }

    /// <summary>How a pool stands; both are counted row by row.</summary>
    public async Task<CouponPool> Count(string pool, CancellationToken cancellation)
    {
        var (left, taken) = (0, 0);
        await foreach (var row in tables.Published.Query(TableQuery.Prefix(Partition(pool), Free), cancellation))
            if (!IsOver(row)) left++;
        await foreach (var _ in tables.Published.Query(TableQuery.Prefix(Partition(pool), Walk), cancellation)) taken++;
        return new(pool, left, taken);
    }

    private async Task<int> Add(
        string pool, IReadOnlyList<Coupon> codes, bool fromFile, CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.Published.Query(TableQuery.Prefix(Partition(pool), Code), cancellation))
            known.Add(row.RowKey);
        var added = 0;
        foreach (var some in codes.Where(one => known.Add(Code + Keys.Safe(one.Code))).Chunk(CodesPerTransaction))
        {
            var answer = await tables.Published.Submit(
                [.. some.SelectMany(one => Adding(pool, one, fromFile))], cancellation);
            if (answer.Done) added += some.Length;
            // Somebody else adds the same: then each on its own.
            else foreach (var one in some)
                if ((await tables.Published.Submit([.. Adding(pool, one, fromFile)], cancellation)).Done) added++;
        }
        if (added > 0) await tables.Attention.Delete(Attention, Keys.Safe(pool), ETag.All, cancellation);
        return added;
    }

    private async Task Withdraw(CouponFile file, CancellationToken cancellation)
    {
        var there = file.Codes.Select(one => Free + Keys.Safe(one.Code)).ToHashSet(StringComparer.Ordinal);
        await foreach (var row in tables.Published.Query(TableQuery.Prefix(Partition(file.Pool), Free), cancellation))
            if (row.GetBoolean("FromFile") == true && !there.Contains(row.RowKey))
                await tables.Published.Submit(
                    [
                        new(RowActionKind.Delete, new(row.PartitionKey, row.RowKey), row.ETag),
                        new(RowActionKind.Delete, new(row.PartitionKey, Code + row.RowKey[Free.Length..])),
                    ],
                    cancellation);
    }

    private static RowAction[] Adding(string pool, Coupon coupon, bool fromFile)
    {
        var key = Keys.Safe(coupon.Code);
        return
        [
            new(RowActionKind.Add, new(Partition(pool), Code + key)),
            new(RowActionKind.Add, new(Partition(pool), Free + key)
            {
                { "Code", coupon.Code },
                { "Expires", coupon.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
                { "FromFile", fromFile },
            }),
        ];
    }

    private RowAction[] Taking(Row free, string walk, string reason) =>
    [
        new(RowActionKind.Delete, new(free.PartitionKey, free.RowKey), free.ETag),
        new(RowActionKind.Add, new(free.PartitionKey, walk)
        {
            { "Code", free.GetString("Code") },
            { "Expires", free.GetString("Expires") },
            { "At", time.GetUtcNow() },
        }),
        new(RowActionKind.UpdateMerge, new(free.PartitionKey, Code + free.RowKey[Free.Length..]) { { "For", reason } }),
    ];

    private Task Say(string pool, int left, CancellationToken cancellation) => tables.Attend(
        Attention, Keys.Safe(pool),
        left == 0
            ? $"no code is left in the pool {pool}: whoever comes to its step waits"
            : string.Create(CultureInfo.InvariantCulture, $"the pool {pool} has {left} codes left"),
        time.GetUtcNow(), cancellation);

    private bool IsOver(Row free) => Expires(free) < Zones.Day(
        time.GetUtcNow(), Zones.Of(null, shop.Settings.TimeZone));

    private static Coupon Of(string pool, Row row) => new(pool, row.GetString("Code") ?? "", Expires(row));

    private static DateOnly? Expires(Row row) => row.GetString("Expires") is { } day
        ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    private static string Partition(string pool) => $"coupons|{pool}";
}
