using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Walks that do not move and journeys that keep people waiting for somebody: rows <c>stuck</c> of
/// <c>Attention</c>, as of the last sweep.</summary>
public sealed class StuckWalks(Tables tables)
{
    /// <summary>More than this are only counted.</summary>
    public const int Most = 100;

    private const string Kind = "stuck";
    private static readonly string[] Ours = ["enrollment|", "journey|"];

    public static string Of(EnrollmentId walk) => $"enrollment|{walk}";
    public static string Of(string journey) => $"journey|{journey}";

    /// <summary>What there is now, with its reason by its row's key: what was there and is not any more goes, what
    /// stays keeps its time.</summary>
    public async Task Note(
        IReadOnlyDictionary<string, string> found, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string?>();
        var query = new TableQuery { PartitionKey = Kind, RowKeyFrom = Ours[0], RowKeyBelow = Ours[^1] + "~" };
        await foreach (var row in tables.Attention.Query(query, cancellation))
            if (Ours.Any(ours => row.RowKey.StartsWith(ours, StringComparison.Ordinal)))
                known[row.RowKey] = row.GetString("Reason");
        foreach (var gone in known.Keys.Where(key => !found.ContainsKey(key))) await Forget(gone, cancellation);
        foreach (var (key, reason) in found)
            if (!known.TryGetValue(key, out var said) || said != reason)
                await tables.Attention.Upsert(
                    new Row(Kind, key) { { "Reason", reason }, { "At", now } },
                    UpdateMode.Replace,
                    cancellation);
    }

    public Task Forget(string key, CancellationToken cancellation) =>
        tables.Attention.Delete(Kind, key, ETag.All, cancellation);
}
