using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;
using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Inbox;

/// <summary>Webhooks of one source that were turned away for one reason.</summary>
public sealed record Refused
{
    public required string Source { get; init; }
    public required string Reason { get; init; }
    public required long Count { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Latest { get; init; }

    /// <summary>What an operator reads.</summary>
    [JsonIgnore]
    public string InWords => string.Create(CultureInfo.InvariantCulture,
        $"source {Source}: {Count} refused since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC, the latest "
        + $"{Latest.UtcDateTime:yyyy-MM-dd HH:mm}: {Reason}");
}

/// <summary>A webhook turned away leaves a trace: in the log, in <c>Attention</c>, in what <c>/health/ready</c> says.
/// Anybody can post nonsense, so it is said at first and then every ten minutes, however many come; in between they are
/// only counted.</summary>
public sealed partial class Refusals(Tables tables, TimeProvider wall, ILogger log)
{
    public const string Partition = "refused";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10), Remembered = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<(string Source, string Reason), Entry> entries = new();

    private sealed class Entry
    {
        public long Count, Said;
        public DateTimeOffset Since, Latest, SaidAt;
    }

    /// <summary>What was refused within a day, as this process knows.</summary>
    public IReadOnlyList<Refused> Lately =>
        [.. entries.Where(entry => wall.GetUtcNow() - entry.Value.Latest < Remembered)
            .Select(entry => new Refused
            {
                Source = entry.Key.Source,
                Reason = entry.Key.Reason,
                Count = entry.Value.Count,
                Since = entry.Value.Since,
                Latest = entry.Value.Latest,
            })
            .OrderBy(refused => refused.Source, StringComparer.Ordinal).ThenBy(
                refused => refused.Reason, StringComparer.Ordinal)];

    /// <summary>One more was turned away.</summary>
    public async Task Note(string source, string reason)
    {
        var (now, unsaid) = (wall.GetUtcNow(), 0L);
        var entry = entries.GetOrAdd((source, reason), _ => new Entry());
        lock (entry)
        {
            if (now - entry.Latest >= Remembered)
                (entry.Count, entry.Said, entry.Since, entry.SaidAt) = (0, 0, now, default);
            (entry.Count, entry.Latest) = (entry.Count + 1, now);
            if (now - entry.SaidAt < Quiet) return;
            (unsaid, entry.Said, entry.SaidAt) = (entry.Count - entry.Said, entry.Count, now);
        }
        await Say(source, reason, unsaid, entry.Since, now);
    }

    /// <summary>The row goes on from what it says already, also after a restart; a day of silence begins it
    /// anew.</summary>
    private async Task Say(string source, string reason, long count, DateTimeOffset since, DateTimeOffset now)
    {
        var key = $"{Keys.Safe(source)}|{Keys.Safe(reason)}";
        var known = await tables.Attention.Find(Partition, key);
        if (known is not null && now - (known.GetDateTimeOffset("At") ?? default) < Remembered)
            (count, since) = (count + (known.GetInt64("Count") ?? 0), known.GetDateTimeOffset("Since") ?? since);
        var refused = new Refused
        {
            Source = source,
            Reason = reason,
            Count = count,
            Since = since,
            Latest = now,
        };
        LogRefused(refused.InWords);
        await tables.Attention.Upsert(new Row(Partition, key)
        {
            { "Reason", refused.InWords },
            { "Count", count },
            { "Since", since },
            { "At", now },
        }, UpdateMode.Replace);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refused}")]
    private partial void LogRefused(string refused);
}
