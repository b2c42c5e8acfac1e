using System.Globalization;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>Sends a person should look at: rows of <c>Attention</c>.</summary>
public sealed class SendAttention(Tables tables)
{
    public Task Uncertain(Send send, CancellationToken cancellation) =>
        tables.Attention.UpsertEntityAsync(Documents.Entity("uncertain", $"{Time(send.At)}|{send.Id}", send, SendJson.Send), TableUpdateMode.Replace, cancellation);

    /// <summary>The transport takes nothing until somebody does something; one row, however many mails wait.</summary>
    public Task Stopped(string transport, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        tables.Attention.UpsertEntityAsync(new TableEntity("stuck", $"transport|{transport}") { { "Reason", reason }, { "At", at } }, TableUpdateMode.Replace, cancellation);

    /// <summary>Uncertain sends noted before a moment, oldest first, each with its row's key.</summary>
    public async IAsyncEnumerable<(string Row, Send Send)> Before(DateTimeOffset moment)
    {
        await foreach (var row in tables.Attention.QueryAsync(new TableQuery { PartitionKey = "uncertain", RowKeyBelow = Time(moment) }))
            yield return (row.RowKey, Documents.Read(row, SendJson.Send).Value);
    }

    public Task Done(string row, CancellationToken cancellation) => tables.Attention.DeleteEntityAsync("uncertain", row, ETag.All, cancellation);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
}
