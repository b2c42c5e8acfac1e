using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>What became of sends: rows of the customers' timelines (<c>g|{send id}</c>).</summary>
public sealed class EngagementStore(Tables tables)
{
    /// <summary>Whose send it is; null where the text is not a send's id (<c>{customer}-{16 hex digits}</c>).</summary>
    public static CustomerId? Customer(string sendId) =>
        sendId.Length == 41 && sendId[24] == '-' && CustomerId.IsWellFormed(sendId[..24])
        && sendId[25..].All(char.IsAsciiHexDigitLower)
            ? new(sendId[..24])
            : null;

    public async ValueTask<Stored<EngagementRecord>?> Find(string sendId, CancellationToken cancellation = default) =>
        await tables.Timeline.Find(sendId[..24], $"g|{sendId}", cancellation) is { } row
            ? Documents.Read(row, EngagementJson.Record) : null;

    /// <summary>Of all the customer's sends, by send id.</summary>
    public async Task<Dictionary<string, EngagementRecord>> Of(
        CustomerId customer, CancellationToken cancellation = default)
    {
        var found = new Dictionary<string, EngagementRecord>();
        await foreach (var row in tables.Timeline.Query(TableQuery.Prefix(customer.Value, "g|"), cancellation))
            found[row.RowKey[2..]] = Documents.Read(row, EngagementJson.Record).Value;
        return found;
    }

    /// <summary>Writes it over the version that was read, or as a new row; false where somebody else wrote in
    /// between.</summary>
    public async Task<bool> Write(string sendId, EngagementRecord record, Stored<EngagementRecord>? over,
        CancellationToken cancellation = default)
    {
        var row = Documents.Entity(sendId[..24], $"g|{sendId}", record, EngagementJson.Record);
        var answer = over is null ? await tables.Timeline.Add(row, cancellation)
            : await tables.Timeline.Update(row, over.ETag, UpdateMode.Replace, cancellation);
        return answer.Done;
    }
}
