using System.Globalization;
using Automation.Functions.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Imports;

/// <summary>What an import did.</summary>
public sealed record ImportResult(int Imported, IReadOnlyList<BadLine> Bad);

/// <summary>Brings customers or orders of the past in: no events, no journeys. Everything is recognised by its id, so a
/// second run changes nothing; a run that was cut short goes on after the last batch it finished.</summary>
/// <param name="mapping">A file that says which column is which; null: as recognised.</param>
/// <param name="consentAsOf">See <see cref="Reading"/>.</param>
public sealed class Import(
    IServiceProvider made, string source, string? mapping = null, DateTimeOffset? consentAsOf = null)
{
    private const int Batch = 500;
    private const int AtOnce = 32;

    private readonly ToldOrders orders = made.GetRequiredService<ToldOrders>();
    private readonly CustomerStore customers = made.GetRequiredService<CustomerStore>();
    private readonly ConsentService consents = made.GetRequiredService<ConsentService>();

    /// <summary>The beginning of a day of the past, written 2026-11-22; null: it is none.</summary>
    public static DateTimeOffset? Day(string text, ShopSettings shop, DateTimeOffset now) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date <= DateOnly.FromDateTime(now.UtcDateTime.AddDays(1))
            ? Zones.Instant(date.ToDateTime(TimeOnly.MinValue), Zones.Of(null, shop.TimeZone)) : null;

    /// <summary>The file and how it is read. InvalidDataException says what was understood, and what is
    /// missing.</summary>
    public (ImportFile File, Reading Reading) Open(string path)
    {
        var shop = made.GetRequiredService<CurrentShop>().Settings;
        var file = ImportFile.Open(path, shop, mapping);
        return (file, new Reading(source, shop, made.GetRequiredService<TimeProvider>().GetUtcNow(), file.Name,
            file.Reading.Format, consentAsOf));
    }

    /// <param name="progress">Called with the rows done, good or bad.</param>
    public async Task<ImportResult> Run(string path, Action<int> progress, CancellationToken cancellation)
    {
        var (file, reading) = Open(path);
        var bookmark = Bookmark.Of(path, made.GetRequiredService<Settings>().DataFolder);
        var (done, imported, bad) = bookmark.Read();
        progress(done);
        foreach (var batch in Entries.Of(file).SkipWhile(group => group.Last <= done).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            await Parallel.ForEachAsync(
                batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (group, _) =>
                {
                    if (await Take(group, file, reading) is { } wrong) lock (bad) bad.Add(wrong);
                    else Interlocked.Increment(ref imported);
                });
            done = batch[^1].Last;
            bookmark.Write(done, imported, bad);
            progress(done);
        }
        bookmark.Remove();
        return new ImportResult(imported, [.. bad.OrderBy(line => line.Line)]);
    }

    private async Task<BadLine?> Take(RowGroup group, ImportFile file, Reading reading)
    {
        if (group.Bad is not null) return group.Bad;
        try
        {
            var entry = reading.Read(group.Rows, file.Reading.HasOrders);
            if (entry.Order is { } order) await orders.Import(order, entry.Buyer);
            else await Meet(entry);
            return null;
        }
        catch (BadLineException wrong)
        {
            return wrong.Bad;
        }
    }

    private async Task Meet(ImportEntry entry)
    {
        var who = await customers.Recognise(
            entry.Buyer, $"{source}:import", customer => entry.Attributes.Keys.All(customer.Attributes.ContainsKey)
                ? customer
                : customer with
                {
                    Attributes = entry.Attributes.Concat(customer.Attributes).GroupBy(one => one.Key).ToDictionary(
                        one => one.Key, one => one.Last().Value)
                });
        if (who is null) return;
        foreach (var (channel, said) in entry.Buyer.Consent) await consents.Import(who.Customer.Id, channel, said);
    }
}
