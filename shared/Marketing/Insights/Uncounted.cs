using System.Text.Json;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>Whose figures could not be counted because a row of theirs, or of their shard's sums, cannot be read. They
/// are tried again at every pass and counted once it can. A person is told once, in the list of what to look at: how
/// many, and in which shards.</summary>
/// <param name="unsaid">They changed, and the process was killed before anybody was told.</param>
public sealed class Uncounted(IEnumerable<string> ids, bool unsaid)
{
    /// <summary>More than that are left until something of theirs changes: the bookmark's row has to hold
    /// them.</summary>
    private const int Most = 1_000;

    private readonly SortedSet<string> ids = [.. ids];

    /// <summary>Others than a person was told last?</summary>
    public bool Unsaid { get; private set; } = unsaid;

    public void Said() => Unsaid = false;

    public IReadOnlyList<CustomerId> All => [.. ids.Select(id => new CustomerId(id))];

    public static Uncounted Read(Row? bookmark) => new((bookmark?.GetString("Uncounted") ?? "").Split(
        ' ', StringSplitOptions.RemoveEmptyEntries), bookmark?.GetBoolean("Unsaid") ?? false);

    public void Add(IEnumerable<CustomerId> some)
    {
        foreach (var id in some)
            if (ids.Count < Most) Unsaid |= ids.Add(id.Value);
    }

    public void Remove(IEnumerable<CustomerId> some)
    {
        foreach (var id in some) Unsaid |= ids.Remove(id.Value);
    }

    /// <summary>As the bookmark keeps them.</summary>
    public override string ToString() => string.Join(' ', ids);

    /// <summary>For a person; without ids. Null: everybody is counted.</summary>
    public string? InWords() => ids.Count == 0 ? null
        : $"the figures of {Amount.Of(ids.Count, "customer")} are not counted: a row in Insights, or of theirs, "
            + $"cannot be read (shards {string.Join(", ", ids.Select(id => id[..2]).Distinct())})";

    /// <summary>Does it say that a row cannot be read? Nothing else is passed over.</summary>
    public static bool IsWhy(Exception e) =>
        e is JsonException or InvalidDataException or FormatException or ArgumentException or OverflowException;
}
