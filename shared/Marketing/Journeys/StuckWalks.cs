using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Walks that do not move and journeys that keep people waiting for somebody: rows <c>stuck</c> of
/// <c>Attention</c>, as of the last sweep.</summary>
/// <param name="time">By which this process knows how long it has been running.</param>
public sealed class StuckWalks(Tables tables, TimeProvider time, MarketingOptions options)
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly long began = time.GetTimestamp();

    /// <summary>More than this are only counted.</summary>
    public const int Most = 100;

    private const string Kind = "stuck";
    private static readonly string[] Ours = ["enrollment|", "journey|"];

    public static string Of(EnrollmentId walk) => $"enrollment|{walk}";
    public static string Of(string journey) => $"journey|{journey}";

    /// <summary>What there is now, with its reason by its row's key: what was there and is not any more goes, what
    /// stays keeps its time. What fell due while a single process was stopped gets an hour before it is called
    /// stuck.</summary>
    /// <param name="late">Walks that are overdue.</param>
    /// <param name="held">Journeys that keep people waiting.</param>
    public Task Note(
        IReadOnlyDictionary<string, string> late, IReadOnlyDictionary<string, string> held,
        CancellationToken cancellation) =>
        Note(
            options.IsSingleProcess && time.GetElapsedTime(began) < Grace
                ? held
                : new Dictionary<string, string>([.. late, .. held]),
            cancellation);

    private async Task Note(IReadOnlyDictionary<string, string> found, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string?>();
        var query = new TableQuery { PartitionKey = Kind, RowKeyFrom = Ours[0], RowKeyBelow = Ours[^1] + "~" };
        await foreach (var row in tables.Attention.Query(query, cancellation))
            if (Ours.Any(ours => row.RowKey.StartsWith(ours, StringComparison.Ordinal)))
                known[row.RowKey] = row.GetString("Reason");
        foreach (var gone in known.Keys.Where(key => !found.ContainsKey(key))) await Forget(gone, cancellation);
        foreach (var (key, reason) in found)
            if (!known.TryGetValue(key, out var said) || said != reason)
                await tables.Attend(Kind, key, reason, time.GetUtcNow(), cancellation);
    }

    public Task Forget(string key, CancellationToken cancellation) =>
        tables.Attention.Delete(Kind, key, ETag.All, cancellation);
}
