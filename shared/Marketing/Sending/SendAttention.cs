using System.Globalization;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>Sends a person should look at: rows of <c>Attention</c>.</summary>
public sealed class SendAttention(Tables tables)
{
    private const string Kind = "uncertain";

    /// <summary>Looked at again at once: then it is known what becomes of it.</summary>
    public Task Uncertain(Send send, CancellationToken cancellation) =>
        tables.Attention.Upsert(
            Documents.Entity(Kind, Row(send.At, send), send, SendJson.Send), UpdateMode.Replace, cancellation);

    /// <summary>The transport takes nothing until somebody does something; one row, however many mails wait.</summary>
    public Task Stopped(string transport, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        tables.Attend("stuck", $"transport|{transport}", reason, at, cancellation);

    /// <summary>Uncertain sends that are to be looked at by now, each with its row's key.</summary>
    public async IAsyncEnumerable<(string Row, Send Send)> Due(DateTimeOffset now)
    {
        await foreach (var row in tables.Attention.Query(new TableQuery
        {
            PartitionKey = Kind,
            RowKeyBelow = Time(now.AddMilliseconds(1))
        }))
            yield return (row.RowKey, Documents.Read(row, SendJson.Send).Value);
    }

    /// <summary>It is looked at again then.</summary>
    public Task Move(string row, Send send, DateTimeOffset due, CancellationToken cancellation) =>
        Move(row, Row(due, send), send, cancellation);

    /// <summary>Nothing more is done by itself: it stays for a person to look at.</summary>
    public Task Keep(string row, Send send, CancellationToken cancellation) =>
        Move(row, Kept(send), send, cancellation);

    public Task Done(string row, CancellationToken cancellation) =>
        tables.Attention.Delete(Kind, row, ETag.All, cancellation);

    /// <summary>It is settled: it need not be looked at, then or ever. A row under another name goes when its time has
    /// come.</summary>
    public async Task Forget(Send send, DateTimeOffset? due, CancellationToken cancellation)
    {
        if (due is { } then) await Done(Row(then, send), cancellation);
        await Done(Kept(send), cancellation);
    }

    private async Task Move(string row, string to, Send send, CancellationToken cancellation)
    {
        await tables.Attention.Upsert(
            Documents.Entity(Kind, to, send, SendJson.Send), UpdateMode.Replace, cancellation);
        if (to != row) await Done(row, cancellation);
    }

    private static string Row(DateTimeOffset due, Send send) => $"{Time(due)}|{send.Id}";

    /// <summary>Behind all that are looked at again, under a name that needs no search.</summary>
    private static string Kept(Send send) => $"~|{send.Id}";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
}
