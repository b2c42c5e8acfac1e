using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;

namespace Automation.Functions.Imports;

/// <summary>What an import did.</summary>
public sealed record ImportResult(int Imported, IReadOnlyList<BadLine> Bad);

/// <summary>
/// Brings customers or orders of the past in: no events, no journeys. Everything is recognised by its id, so a second run changes
/// nothing; a run that was cut short goes on after the last batch it finished.
/// </summary>
public sealed class Import(Parts parts, string source)
{
    private const int Batch = 500;
    private const int AtOnce = 32;
    private readonly Reading reading = new(source, parts.Capabilities.Journeys.Shop, parts.Time.GetUtcNow());

    /// <param name="progress">Called with the rows done, good or bad.</param>
    public async Task<ImportResult> Run(string path, Action<int> progress, CancellationToken cancellation)
    {
        var file = ImportFile.Open(path);
        var bookmark = Bookmark.Of(path, parts.Settings.DataFolder);
        var (done, imported, bad) = bookmark.Read();
        progress(done);
        foreach (var batch in Entries(file).SkipWhile(entry => entry.Last <= done).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (entry, _) =>
            {
                if (await Take(entry, file.HasOrders) is { } wrong) lock (bad) bad.Add(wrong);
                else Interlocked.Increment(ref imported);
            });
            done = batch[^1].Last;
            bookmark.Write(done, imported, bad);
            progress(done);
        }
        bookmark.Remove();
        return new ImportResult(imported, [.. bad.OrderBy(line => line.Line)]);
    }

    /// <summary>What belongs together: the rows of one order, or one row; or a line that is none. Last is the number of the last row in it.</summary>
    private sealed record Entry(int Last, IReadOnlyList<ImportRow> Rows, BadLine? Bad);

    private static IEnumerable<Entry> Entries(ImportFile file)
    {
        List<ImportRow> order = [];
        var number = 0;
        foreach (var (row, bad) in file.Rows())
        {
            var id = row?[Columns.OrderId];
            if (order.Count > 0 && (id is null || id != order[0][Columns.OrderId])) { yield return new Entry(number, order, null); order = []; }
            number++;
            if (bad is not null) yield return new Entry(number, [], bad);
            else if (!file.HasOrders) yield return new Entry(number, [row!], null);
            else if (id is null) yield return new Entry(number, [], new BadLine(row!.Line, Columns.OrderId, "is empty"));
            else order.Add(row!);
        }
        if (order.Count > 0) yield return new Entry(number, order, null);
    }

    private async Task<BadLine?> Take(Entry entry, bool isOrder)
    {
        if (entry.Bad is not null) return entry.Bad;
        try
        {
            var buyer = reading.Buyer(entry.Rows[0]);
            if (isOrder) await parts.Capabilities.Orders.Import(reading.Order(entry.Rows), buyer);
            else if (buyer.IsReachable) await Meet(buyer);
            else return new BadLine(entry.Rows[0].Line, null, "nobody could be written to: no e-mail address, no phone number");
            return null;
        }
        catch (BadLineException wrong)
        {
            return wrong.Bad;
        }
    }

    private async Task Meet(Buyer buyer)
    {
        if (await parts.Capabilities.Customers.Recognise(buyer, $"{source}:import", customer => customer) is not { } who) return;
        foreach (var (channel, said) in buyer.Consent) await parts.Capabilities.Consents.Record(who.Customer.Id, channel, said, handling: null);
    }
}
