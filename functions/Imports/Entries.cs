namespace Automation.Functions.Imports;

/// <summary>What belongs together: the rows of one order, or one row; or a line that cannot be read. Last is the number
/// of the last row in it.</summary>
public sealed record RowGroup(int Last, IReadOnlyList<ImportRow> Rows, BadLine? Bad);

/// <summary>The rows of a file, those of an order together.</summary>
public static class Entries
{
    public static IEnumerable<RowGroup> Of(ImportFile file)
    {
        var (order, key, number, seen) = (new List<ImportRow>(), (string?)null, 0, new HashSet<string>());
        var hasOrders = file.Reading.HasOrders;
        foreach (var (row, bad) in file.Rows())
        {
            var next = row is null || !hasOrders ? null : row[Columns.Number] ?? row[Columns.OrderId];
            if (order.Count > 0 && next != key)
            {
                yield return Whole(number, order, key!, seen);
                order = [];
            }
            (key, number) = (next, number + 1);
            if (bad is not null) yield return new(number, [], bad);
            else if (!hasOrders) yield return new(number, [row!], null);
            else if (next is null) yield return new(number, [], new BadLine(row!.Line, Columns.OrderId, "is empty"));
            else order.Add(row!);
        }
        if (order.Count > 0) yield return Whole(number, order, key!, seen);
    }

    /// <summary>Rows of one order that stand apart would each be taken for all of it.</summary>
    private static RowGroup Whole(int last, List<ImportRow> order, string key, HashSet<string> seen) => seen.Add(key)
        ? new(last, order, null)
        : new(last, [], new BadLine(order[0].Line, Columns.OrderId,
            $"more rows of {key}, which stand apart from its others; sort the file by order"));
}
