using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Replays;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Replays;

/// <summary>How far a replay is, as it goes on.</summary>
public sealed class ReplayProgress
{
    private int told;
    private volatile ReplayStage stage;
    private volatile int of;

    public ReplayStage Stage { get => stage; set => stage = value; }
    public int Told => Volatile.Read(ref told);

    /// <summary>0: not known yet.</summary>
    public int Of { get => of; set => of = value; }

    public void Tell(int events) => Interlocked.Add(ref told, events);
}

/// <summary>One replay from beginning to end: reads the past, plays it with the shop as published and with the drafts,
/// compares. What it works on lies in a folder of its own that is gone afterwards.</summary>
public sealed class ReplayRun(
    PastReading reading, ShopDraft draft, CurrentShop shop, IntakePriority priority, Settings settings,
    TimeProvider time)
{
    /// <summary>Without those that are as they are.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Changed(IReadOnlyDictionary<string, string> drafts)
    {
        var changed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, text) in drafts)
            if (await draft.Written(file) != text) changed[file] = text;
        return changed;
    }

    /// <summary>What is wrong with the shop as drafted that is not wrong with it as it is.</summary>
    public async Task<IReadOnlyList<Problem>> Mistakes(IReadOnlyDictionary<string, string> drafts)
    {
        if (drafts.Count == 0) return [];
        var known = (await draft.CheckAll(Nothing)).ToHashSet();
        return [.. (await draft.CheckAll(drafts)).Where(problem => !known.Contains(problem))];
    }

    private static readonly Dictionary<string, string> Nothing = [];

    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public async Task<ReplayReport> Play(
        Replay replay, ReplayProgress progress, CancellationToken cancellation)
    {
        var zone = Zones.Of(null, shop.Settings.TimeZone);
        using var folder = new WorkFolder(settings.DataFolder);
        var past = await reading.Read(
            Stretch.Last(replay.Days, time.GetUtcNow(), zone), folder.File("past.db"), zone, cancellation);
        progress.Of = past.Events.Count * (replay.Drafts.Count > 0 ? 2 : 1);
        var published = await With(Nothing, ReplayStage.Published);
        var drafted = replay.Drafts.Count > 0 ? await With(replay.Drafts, ReplayStage.Draft) : null;
        return new()
        {
            From = past.Stretch.From,
            To = past.Stretch.To,
            Customers = past.Customers,
            Events = past.Events.Sum(one => one.Events),
            Broken = Math.Max(published.Broken, drafted?.Broken ?? 0),
            Went = past.Went,
            Published = published.Figures,
            Draft = drafted?.Figures,
            Differences = drafted is null ? null : Differences.Of(published.Got, drafted.Got),
        };

        Task<Played> With(IReadOnlyDictionary<string, string> drafts, ReplayStage stage)
        {
            progress.Stage = stage;
            return draft.With(drafts, copy => PastPlay.Play(past, copy, Tell, cancellation));
        }

        ValueTask Tell(int events)
        {
            progress.Tell(events);
            return priority.Hold(cancellation);
        }
    }
}
