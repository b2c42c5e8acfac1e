using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>A send as its row says.</summary>
/// <param name="Claim">Which attempt of which process has it: <c>{process}:{n}</c>.</param>
public sealed record LedgerRow(Send Send, string? Claim, ETag ETag);

/// <summary>The sends in the customers' timelines (<c>s|{send id}</c>).</summary>
public sealed class Ledger(Tables tables)
{
    /// <summary><c>{customer}-{first 16 hex digits of SHA-256 of the reason}</c>.</summary>
    public static string Id(CustomerId customer, string reason) =>
        $"{customer.Value}-{Keys.Hash(reason, 8)}";

    private const string LineMark = "#line";

    /// <summary>The reason of a LINE message that goes beside the mail of the same reason.</summary>
    public static string OnLine(string reason) => reason + LineMark;

    /// <summary>The reason both share.</summary>
    public static string Shared(string reason) =>
        reason.EndsWith(LineMark, StringComparison.Ordinal) ? reason[..^LineMark.Length] : reason;

    public async ValueTask<LedgerRow?> Find(string id, CancellationToken cancellation = default)
    {
        if (id.Length != 41 || await tables.Timeline.Find(id[..24], $"s|{id}", cancellation) is not { } row)
            return null;
        return Read(row);
    }

    public static LedgerRow Read(Row row) =>
        new(Known(
            Documents.Read(row, SendJson.Send).Value,
            row.GetBoolean("Resent") == true), row.GetString("Claim"), row.ETag);

    /// <summary>A row from before attempts were told apart: none of them counts as answered, and a second one was the
    /// last.</summary>
    private static Send Known(Send send, bool wasResent) => send is { State: SendState.Uncertain, UncertainSince: null }
        ? send with { UncertainSince = send.At, Unanswered = 1, GivenUp = wasResent }
        : send;

    /// <summary>Writes a send in place of the row as it was read, or as a new one.</summary>
    public static RowAction Write(Send send, string? claim, LedgerRow? over) =>
        over is null
            ? new(RowActionKind.Add, Row(send, claim))
            : new(RowActionKind.UpdateReplace, Row(send, claim), over.ETag);

    /// <summary>Writes it now; false where the row is another by now.</summary>
    public async Task<bool> Update(Send send, string? claim, LedgerRow over, CancellationToken cancellation) =>
        (await tables.Timeline.Update(
            Row(send, claim), over.ETag, UpdateMode.Replace, cancellation)).Done;

    /// <summary>Writes it now, unclaimed, in place of the row as it was read or as a new one; false where the row is
    /// another by now.</summary>
    public async Task<bool> Put(Send send, LedgerRow? over, CancellationToken cancellation) =>
        over is null
            ? (await tables.Timeline.Add(Row(send, null), cancellation)).Done
            : await Update(send, null, over, cancellation);

    private static Row Row(Send send, string? claim)
    {
        var row = Documents.Entity(send.Customer.Value, $"s|{send.Id}", send, SendJson.Send);
        if (claim is not null) row["Claim"] = claim;
        return row;
    }
}

/// <summary>JSON of ledger rows.</summary>
public static class SendJson
{
    public static JsonTypeInfo<Send> Send { get; } = RowJson.Named.Of<Send>();
}
