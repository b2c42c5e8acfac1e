using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Orders;

/// <summary>A regular who is late by their own rhythm.</summary>
/// <param name="UsualDays">The median between their orders.</param>
public sealed record LateRegular(CustomerId Customer, DateTimeOffset LastAt, double UsualDays)
{
    /// <summary>1 is on time, 2 is twice as long as usual.</summary>
    public double Lateness(DateTimeOffset now) => (now - LastAt).TotalDays / UsualDays;
}

/// <summary>Somebody who bought for the third time.</summary>
public sealed record NewRegular(CustomerId Customer, DateTimeOffset ThirdAt);

/// <summary>What the orders of one customer say about them as a regular. Pure.</summary>
public static class Regularity
{
    private const int Third = 3;

    /// <summary>How long somebody counts as having become a regular lately.</summary>
    public static readonly Period Lately = new(30, PeriodUnit.Day);

    /// <summary>Null: they are not, or have no rhythm of their own yet.</summary>
    public static LateRegular? Late(Customer customer, double threshold, DateTimeOffset now) =>
        Facts.Last(customer.Orders) is { } last
        && Facts.UsualIntervalDays(customer.Orders, null) is > 0 and var usual
        && new LateRegular(customer.Id, last.At, usual) is var late
        && late.Lateness(now) >= threshold ? late : null;

    /// <summary>Null: they have not bought so often, or did long ago.</summary>
    public static NewRegular? New(Customer customer, DateTimeOffset now)
    {
        var before = customer.Orders.Untold + customer.Orders.OlderCount;
        if (before >= Third) return null;
        var third = customer.Orders.Latest.Where(order => !order.Void).Skip(Third - 1 - before).FirstOrDefault();
        return third is not null && third.At > Lately.Before(now, TimeZoneInfo.Utc) && third.At <= now
            ? new(customer.Id, third.At)
            : null;
    }
}

/// <summary>Who is late and who became a regular, as the last night found: some hundred rows at most, so that whoever
/// looks at them reads no customer too many.</summary>
public sealed class Regulars(Tables tables)
{
    /// <summary>More than these nobody looks through: the latest by far, and the newest.</summary>
    public const int Most = 500;

    private const string LatePartition = "late", NewPartition = "regular";
    private const int PerTransaction = 100;

    /// <summary>Most late first.</summary>
    public async Task<IReadOnlyList<LateRegular>> Late(DateTimeOffset now, CancellationToken cancellation) =>
        [.. (await Rows(LatePartition, cancellation))
            .Select(row => new LateRegular(
                new(row.RowKey), row.GetDateTimeOffset("LastAt") ?? now, row.GetDouble("UsualDays") ?? double.MaxValue))
            .OrderByDescending(late => late.Lateness(now))];

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<NewRegular>> New(CancellationToken cancellation) =>
        [.. (await Rows(NewPartition, cancellation))
            .Select(row => new NewRegular(new(row.RowKey), row.GetDateTimeOffset("ThirdAt") ?? default))
            .OrderByDescending(one => one.ThirdAt)];

    /// <summary>Makes the lists say this; answers whose rows were added. Rows that say so already stay as they
    /// are.</summary>
    internal async Task<IReadOnlyList<CustomerId>> Keep(
        IEnumerable<LateRegular> late, IEnumerable<NewRegular> fresh, CancellationToken cancellation) =>
    [
        .. await Keep(LatePartition, late.Select(one => new Row(LatePartition, one.Customer.Value)
        {
            { "LastAt", one.LastAt }, { "UsualDays", one.UsualDays },
        }), cancellation),
        .. await Keep(NewPartition, fresh.Select(one => new Row(NewPartition, one.Customer.Value)
        {
            { "ThirdAt", one.ThirdAt },
        }), cancellation),
    ];

    /// <summary>Takes a customer off the lists.</summary>
    public async Task Forget(CustomerId id)
    {
        foreach (var partition in (string[])[LatePartition, NewPartition])
            await tables.Search.Delete(partition, id.Value, ETag.All);
    }

    private async Task<IReadOnlyList<CustomerId>> Keep(
        string partition, IEnumerable<Row> rows, CancellationToken cancellation)
    {
        var known = (await Rows(partition, cancellation)).ToDictionary(row => row.RowKey);
        var found = rows.ToDictionary(row => row.RowKey);
        var added = found.Values.Where(row => !known.TryGetValue(row.RowKey, out var has) || !Says(has, row)).ToList();
        RowAction[] writes =
        [
            .. added.Select(row => new RowAction(RowActionKind.UpsertReplace, row)),
            .. known.Keys.Except(found.Keys).Select(key => new RowAction(RowActionKind.Delete, new(partition, key))),
        ];
        foreach (var some in writes.Chunk(PerTransaction)) await tables.Search.Submit(some, cancellation);
        return [.. added.Select(row => new CustomerId(row.RowKey))];
    }

    private static bool Says(Row has, Row row) => row.All(property => Equals(has[property.Key], property.Value));

    private async Task<List<Row>> Rows(string partition, CancellationToken cancellation) =>
        await tables.Search.Query(new TableQuery { PartitionKey = partition }, cancellation).ToListAsync(cancellation);
}
