using System.Globalization;
using Automation.Storage;

namespace Automation.Marketing.Inbox;

/// <summary>A webhook set aside to be looked at.</summary>
public sealed record ParkedWebhook
{
    public required string Name { get; init; }
    public required string Source { get; init; }
    public required string Topic { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Reason { get; init; }
}

/// <summary>Unreadable webhooks: kept whole in <c>Bodies</c>, listed in <c>Attention</c>, never retried for ever, never
/// lost.</summary>
public sealed class Parking(Tables tables)
{
    private const string Partition = "parked";

    /// <summary>Sets it aside with its reason; parking the same twice is one.</summary>
    public async Task Park(Envelope envelope, string reason)
    {
        var time = envelope.ReceivedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(envelope.Body.Span))[..16];
        var name = $"{time}|{Keys.Safe(envelope.Source)}-{Keys.Safe(envelope.Topic)}-{hash}";
        await Bodies.Write(tables.Bodies, Partition, name, envelope.Body);
        await tables.Attention.Upsert(new Row(Partition, name)
        {
            { "Source", envelope.Source },
            { "Topic", envelope.Topic },
            { "ReceivedAt", envelope.ReceivedAt },
            { "Reason", reason.Length > 2000 ? reason[..2000] : reason },
        }, UpdateMode.Replace);
    }

    /// <summary>What is parked, oldest first.</summary>
    public async IAsyncEnumerable<ParkedWebhook> List()
    {
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = Partition }))
            yield return Read(row);
    }

    /// <summary>One of them; null: it is not parked, or not any more.</summary>
    public async Task<ParkedWebhook?> Find(string name) =>
        Keys.CanBe(name) && await tables.Attention.Find(Partition, name) is { } row ? Read(row) : null;

    private static ParkedWebhook Read(Row row) => new()
    {
        Name = row.RowKey,
        Source = row.GetString("Source") ?? "",
        Topic = row.GetString("Topic") ?? "",
        ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
        Reason = row.GetString("Reason") ?? "",
    };

    /// <summary>The raw body, or null where it is not parked.</summary>
    public Task<byte[]?> Body(string name) => Bodies.Read(tables.Bodies, Partition, name);

    /// <summary>Takes it off the list, body and all.</summary>
    public async Task Dismiss(string name)
    {
        await Bodies.Delete(tables.Bodies, Partition, name);
        await tables.Attention.Delete(Partition, name);
    }
}
