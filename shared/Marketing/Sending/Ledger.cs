using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.Customers;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>A send as its row says.</summary>
/// <param name="Claim">Which attempt of which process has it: <c>{process}:{n}</c>.</param>
/// <param name="Resent">The one repetition that policy allows has been claimed.</param>
public sealed record LedgerRow(Send Send, string? Claim, bool Resent, ETag ETag);

/// <summary>The sends in the customers' timelines (<c>s|{send id}</c>).</summary>
public sealed class Ledger(Tables tables)
{
    /// <summary><c>{customer}-{first 16 hex digits of SHA-256 of the reason}</c>.</summary>
    public static string Id(CustomerId customer, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{customer.Value}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reason)).AsSpan(0, 8))}");

    public async ValueTask<LedgerRow?> Find(string id, CancellationToken cancellation = default)
    {
        if (id.Length != 41 || await tables.Timeline.GetEntityIfExistsAsync(id[..24], $"s|{id}", cancellation) is not { } row) return null;
        return Read(row);
    }

    public static LedgerRow Read(TableEntity row) =>
        new(Documents.Read(row, SendJson.Send).Value, row.GetString("Claim"), row.GetBoolean("Resent") ?? false, row.ETag);

    /// <summary>Writes a send in place of the row as it was read, or as a new one.</summary>
    public static TableTransactionAction Write(Send send, string? claim, LedgerRow? over, bool resent = false) =>
        over is null ? new(TableTransactionActionType.Add, Row(send, claim, resent)) : new(TableTransactionActionType.UpdateReplace, Row(send, claim, resent), over.ETag);

    /// <summary>Writes it now; false where the row is another by now.</summary>
    public async Task<bool> Update(Send send, string? claim, LedgerRow over, bool resent, CancellationToken cancellation) =>
        (await tables.Timeline.UpdateEntityAsync(Row(send, claim, resent), over.ETag, TableUpdateMode.Replace, cancellation)).Done;

    private static TableEntity Row(Send send, string? claim, bool resent)
    {
        var row = Documents.Entity(send.Customer.Value, $"s|{send.Id}", send, SendJson.Send);
        if (claim is not null) row["Claim"] = claim;
        if (resent) row["Resent"] = true;
        return row;
    }
}

/// <summary>JSON of ledger rows.</summary>
public static class SendJson
{
    public static JsonTypeInfo<Send> Send { get; } = RowJson.Named.Of<Send>();
}
