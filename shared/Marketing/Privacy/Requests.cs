using System.Text.Json.Serialization;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>What the law lets somebody ask for, and a person has to see to.</summary>
public enum RequestKind
{
    /// <summary>Tell me what you know about me.</summary>
    Disclosure,

    /// <summary>The platform says: forget this source's customers and orders. Done only once the operator says
    /// so.</summary>
    ShopErasure,
}

/// <summary>A request as its row says.</summary>
public sealed record Request
{
    public required RequestKind Kind { get; init; }

    /// <summary>As a key (<see cref="Keys.Safe"/>).</summary>
    public required string Source { get; init; }

    /// <summary>Its id at the source, as a key.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it is about; null: nobody we know.</summary>
    public required CustomerId? Customer { get; init; }

    /// <summary>The shop to be forgotten, as the platform names it.</summary>
    public required string? Shop { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    [JsonPropertyOrder(2)] public required DateTimeOffset? ConfirmedAt { get; init; }
    [JsonPropertyOrder(3)] public required DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>How far a shop's erasure is: the next of its shards.</summary>
    [JsonIgnore] public int Next { get; init; }

    /// <summary>Shopify and the GDPR allow a month; 個人情報保護法 says without delay.</summary>
    [JsonPropertyOrder(1)]
    public DateTimeOffset DueAt => ReceivedAt.AddDays(30);
}

/// <summary>Requests under the law, waiting in <c>Attention</c> until they are answered; told twice is one.</summary>
public sealed class Requests(Tables tables, TimeProvider time)
{
    private const string Partition = "requests";

    public Task Note(string source, SourceEvent.DataRequest request, CustomerId? customer) =>
        tables.Attention.Add(new(Partition, Key(source, request.Id))
        {
            { "Reason", $"{source} asks for disclosure of a customer's data" },
            { "Customer", customer?.Value },
            { "ReceivedAt", time.GetUtcNow() },
        });

    public Task Note(string source, SourceEvent.ShopRedact redact) =>
        tables.Attention.Add(new(Partition, Key(source, $"shop {redact.Shop}"))
        {
            { "Reason", $"{source} asks for the erasure of all its customers and orders; nothing is done before it is "
                + $"confirmed" },
            { "Shop", redact.Shop },
            { "ReceivedAt", time.GetUtcNow() },
        });

    /// <summary>All of them, answered or not.</summary>
    public async IAsyncEnumerable<Request> List()
    {
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = Partition }))
            yield return Read(row);
    }

    public async ValueTask<Request?> Find(string source, string id) =>
        Keys.CanBe(source) && Keys.CanBe(id) && await tables.Attention.Find(Partition, $"{source}|{id}") is { } row
            ? Read(row)
            : null;

    /// <summary>It has been seen to; the first time stays.</summary>
    public Task Answered(Request request) =>
        request.AnsweredAt is null ? Merge(request, "AnsweredAt", time.GetUtcNow()) : Task.CompletedTask;

    /// <summary>The operator says yes to a shop's erasure.</summary>
    public Task Confirmed(Request request) =>
        request.ConfirmedAt is null ? Merge(request, "ConfirmedAt", time.GetUtcNow()) : Task.CompletedTask;

    internal Task Reached(Request request, int next) => Merge(request, "Next", next);

    private Task<WriteResult> Merge(Request request, string name, object value) =>
        tables.Attention.Upsert(new Row(Partition, $"{request.Source}|{request.Id}") { { name, value } });

    private static string Key(string source, string id) => $"{Keys.Safe(source)}|{Keys.Safe(id)}";

    private static Request Read(Row row)
    {
        var bar = row.RowKey.IndexOf('|', StringComparison.Ordinal);
        var shop = row.GetString("Shop");
        return new()
        {
            Kind = shop is null ? RequestKind.Disclosure : RequestKind.ShopErasure,
            Source = row.RowKey[..bar],
            Id = row.RowKey[(bar + 1)..],
            Customer = row.GetString("Customer") is { } customer ? new CustomerId(customer) : null,
            Shop = shop,
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
            ConfirmedAt = row.GetDateTimeOffset("ConfirmedAt"),
            AnsweredAt = row.GetDateTimeOffset("AnsweredAt"),
            Next = row.GetInt32("Next") ?? 0,
        };
    }
}
