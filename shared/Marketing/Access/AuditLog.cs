using System.Globalization;
using System.Security.Cryptography;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Access;

/// <summary>One change somebody asked for.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of their key.</summary>
    public required string Who { get; init; }

    /// <summary>The function that was asked, e.g. <c>PauseJourney</c>.</summary>
    public required string What { get; init; }

    /// <summary>The address that was asked, without its query.</summary>
    public required string Where { get; init; }

    /// <summary>The caller's address; null: unknown.</summary>
    public required string? From { get; init; }

    /// <summary>What they gave as their reason, where they insisted on what was advised against.</summary>
    public required string? Why { get; init; }

    /// <summary>The HTTP status it was answered with; null: it was begun, and the process ended before the
    /// answer.</summary>
    public required int? Status { get; init; }
}

/// <inheritdoc cref="AuditEntry"/>
public sealed record Change
{
    public required string Who { get; init; }
    public required string What { get; init; }
    public required string Where { get; init; }
    public required string? From { get; init; }
    public string? Why { get; init; }
}

/// <summary>What people changed: who, what, when, from where. The row is written before the change is made, and its
/// outcome after: no change is without its row, whenever the process is killed.</summary>
public sealed class AuditLog(Tables tables, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const string Partition = "audit";
    private const int Longest = 400;

    /// <summary>The change is about to be made.</summary>
    /// <returns>What <see cref="End"/> asks for.</returns>
    public async Task<string> Begin(Change change, CancellationToken cancellation)
    {
        var at = wall.GetUtcNow();
        var backwards = DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks;
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{backwards:D19}|{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        await tables.Access.Add(
            new Row(Partition, key)
            {
                { "At", at },
                { "Who", change.Who },
                { "What", change.What },
                { "Where", Short(change.Where) },
                { "From", change.From },
                { "Why", Short(change.Why) },
            },
            cancellation);
        return key;
    }

    /// <summary>How it was answered.</summary>
    public Task End(string key, int status) =>
        tables.Access.Update(new Row(Partition, key) { { "Status", status } }, ETag.All, UpdateMode.Merge);

    /// <summary>Newest first; a page of at most <paramref name="size"/>.</summary>
    public async Task<Page<AuditEntry>> Latest(int size, string? next, CancellationToken cancellation)
    {
        var page = await tables.Access.QueryPage(
            new TableQuery { PartitionKey = Partition, PageSize = size }, next, cancellation);
        return new([.. page.Values.Select(Read)], page.ContinuationToken);
    }

    private static AuditEntry Read(Row row) => new()
    {
        At = row.GetDateTimeOffset("At") ?? default,
        Who = row.GetString("Who") ?? "",
        What = row.GetString("What") ?? "",
        Where = row.GetString("Where") ?? "",
        From = row.GetString("From"),
        Why = row.GetString("Why"),
        Status = row.GetInt32("Status"),
    };

    private static string? Short(string? text) => text?.Length > Longest ? text[..Longest] : text;
}
