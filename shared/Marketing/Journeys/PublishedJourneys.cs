using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>A version of a journey that was published and never changes again.</summary>
public sealed record PublishedJourney(string Id, int Version, Journey Journey);

/// <summary>A version as it was written.</summary>
/// <param name="At">When it was published.</param>
public sealed record JourneyVersion(int Version, DateTimeOffset At, string Text);

/// <summary>The shop as published: its settings and its journeys, latest and pinned. A change of a journey's text is a
/// new version beside the old ones; enrollments stay in the version they began with.</summary>
/// <param name="known">How long until all machines know what was published.</param>
public sealed class PublishedJourneys(
    Tables tables, CurrentShop current, TimeProvider time, TimeSpan known = default)
{
    private sealed record View(
        FrozenDictionary<string, PublishedJourney> Latest, FrozenDictionary<string, PublishedJourney[]> ByTrigger)
    {
        /// <summary>Those that a date starts, and those that something becoming true starts, by id.</summary>
        public IReadOnlyList<(PublishedJourney Journey, Trigger.Dated Trigger)> ByDate { get; } =
            Of<Trigger.Dated>(Latest);
        public IReadOnlyList<(PublishedJourney Journey, Trigger.Becomes Trigger)> ByBecoming { get; } =
            Of<Trigger.Becomes>(Latest);

        private static IReadOnlyList<(PublishedJourney, T)> Of<T>(IReadOnlyDictionary<string, PublishedJourney> latest)
            where T : Trigger =>
            [.. latest.Values.Where(journey => journey.Journey.Trigger is T)
                .OrderBy(journey => journey.Id, StringComparer.Ordinal)
                .Select(journey => (journey, (T)journey.Journey.Trigger))];
    }

    private readonly ConcurrentDictionary<(string Id, int Version), PublishedJourney> pinned = new();
    private volatile FrozenSet<string> paused = FrozenSet<string>.Empty;
    private volatile FrozenSet<string> awaited = FrozenSet<string>.Empty;
    private volatile FrozenDictionary<string, string> stood = FrozenDictionary<string, string>.Empty;

    /// <summary>Does a version end walks by a condition? Then every event may matter.</summary>
    private volatile bool looksAtAll;
    private volatile View? view;

    /// <summary>The shop's settings as of the last publishing.</summary>
    public ShopSettings Shop => current.Settings;

    /// <summary>The latest version of every journey, by id.</summary>
    public IEnumerable<PublishedJourney> All => Current.Latest.Values;

    private View Current => view ?? throw new InvalidOperationException("No shop has been published yet.");

    /// <summary>The text of the settings as last published, for the time when shop.json itself is broken; null: never
    /// published.</summary>
    public async Task<string?> LastSettings(CancellationToken cancellation = default) =>
        (await tables.Published.Find("shop", "settings", cancellation))?.GetString("Text");

    /// <summary>Makes this the shop. Journeys whose text changed get a new version; those in <paramref name="kept"/>
    /// (their file is broken just now) stay at their last good one; all others start no more.</summary>
    public async Task Publish(ShopSettings shop, string settings, IReadOnlyCollection<JourneyFile> files,
        IReadOnlyCollection<string> kept, CancellationToken cancellation = default)
    {
        var noted = await Note(settings, cancellation);
        var latest = new Dictionary<string, PublishedJourney>();
        foreach (var file in files) latest[file.Id] = await Publish(file.Id, file.Journey, file.Source, cancellation);
        foreach (var id in kept)
        {
            var (version, _) = await Newest(id, cancellation);
            if (version > 0 && await Find(id, version) is { } published) latest[id] = published;
        }
        await ReadPaused(cancellation);
        await ReadAwaited(cancellation);
        current.Settings = shop;
        view = new View(
            latest.ToFrozenDictionary(),
            latest.Values
                .SelectMany(j => ((j.Journey.Trigger as Trigger.On)?.Events.All ?? []).Select(
                    type => (Type: type, Journey: j)))
                .GroupBy(one => one.Type).ToFrozenDictionary(
                    g => g.Key,
                    g => g.Select(one => one.Journey).OrderBy(j => j.Id, StringComparer.Ordinal).ToArray()));
        if (noted is { } changed) await LookAgain(changed, cancellation);
    }

    /// <summary>Keeps the settings; their row, where those whom the settings before held back have not been told
    /// yet.</summary>
    private async Task<ETag?> Note(string settings, CancellationToken cancellation)
    {
        if (await tables.Published.Find("shop", "settings", cancellation) is { } row
            && row.GetString("Text") == settings)
            return row.GetBoolean("Told") == true ? null : row.ETag;
        var changed = new Row("shop", "settings") { { "Text", settings }, { "At", time.GetUtcNow() } };
        return (await tables.Published.Upsert(changed, UpdateMode.Replace, cancellation)).ETag;
    }

    /// <summary>Whoever is held back looks again, by the new settings. First the alarm, then the note of it: killed in
    /// between it is set twice.</summary>
    private async Task LookAgain(ETag row, CancellationToken cancellation)
    {
        await tables.AlarmQueue.Send(HeldWalks.Alarm(null), known, cancellation);
        await tables.Published.Update(
            new Row("shop", "settings") { { "Told", true } }, row, UpdateMode.Merge, cancellation);
    }

    /// <summary>Journeys that an event of this type may start; paused ones start nobody.</summary>
    public IEnumerable<PublishedJourney> TriggeredBy(string eventType) =>
        Current.ByTrigger.GetValueOrDefault(eventType, []).Where(journey => !IsPaused(journey.Id));

    /// <summary>Journeys that a date starts; none where no shop is published yet.</summary>
    public IReadOnlyList<(PublishedJourney Journey, Trigger.Dated Trigger)> ByDate => view?.ByDate ?? [];

    /// <summary>Journeys that something becoming true starts; none where no shop is published yet.</summary>
    public IReadOnlyList<(PublishedJourney Journey, Trigger.Becomes Trigger)> ByBecoming => view?.ByBecoming ?? [];

    /// <summary>Is there any journey that has to look at customers by night?</summary>
    public bool LooksAtNight => ByDate.Count + ByBecoming.Count > 0;

    /// <summary>Was it noted of everybody how they stand with the condition of that seal? Before that, whoever it holds
    /// of did not become so.</summary>
    public bool KnowsHowAllStood(string id, string seal) => stood.GetValueOrDefault(id) == seal;

    /// <summary>It was noted of everybody.</summary>
    public async Task NoteHowAllStood(string id, string seal, CancellationToken cancellation = default)
    {
        await tables.Published.Upsert(new Row("journeys", id) { { "Stood", seal } }, UpdateMode.Merge, cancellation);
        await ReadPaused(cancellation);
    }

    public PublishedJourney? Latest(string id) => Current.Latest.GetValueOrDefault(id);

    /// <summary>A version, also one that is no longer the latest.</summary>
    public async ValueTask<PublishedJourney?> Find(string id, int version)
    {
        if (pinned.TryGetValue((id, version), out var known)) return known;
        if (await tables.Published.Find($"journey|{id}", RowKey(version)) is not { } row) return null;
        var (journey, _) = JourneyReader.Read(
            $"{id}.json", Encoding.UTF8.GetBytes(row.GetString("Text") ?? ""), Names.Unchecked);
        return journey is null ? null : pinned[(id, version)] = new PublishedJourney(id, version, journey);
    }

    /// <summary>The version published last, also where the journey's file is gone since; null: there never was
    /// one.</summary>
    public async ValueTask<PublishedJourney?> Last(string id, CancellationToken cancellation = default)
    {
        if (Latest(id) is { } latest) return latest;
        var (version, _) = await Newest(id, cancellation);
        return version > 0 ? await Find(id, version) : null;
    }

    /// <summary>All its versions as written, newest first.</summary>
    public async Task<IReadOnlyList<JourneyVersion>> Versions(string id, CancellationToken cancellation = default)
    {
        var versions = new List<JourneyVersion>();
        await foreach (var row in tables.Published.Query(
            new TableQuery { PartitionKey = $"journey|{id}" }, cancellation))
            versions.Add(new(Version(row), row.GetDateTimeOffset("At") ?? default, row.GetString("Text") ?? ""));
        return versions;
    }

    /// <summary>May an event of the type matter to somebody in any version this process knows? Versions others
    /// published may be unknown to it.</summary>
    public bool IsAwaited(string eventType) => looksAtAll || awaited.Contains(eventType);

    public bool IsPaused(string id) => paused.Contains(id);

    /// <summary>Holds a journey: nobody starts, whoever is in it stays where they are; or lets it go on.</summary>
    public async Task SetPaused(string id, bool isPaused, CancellationToken cancellation = default)
    {
        await tables.Published.Upsert(new Row("journeys", id) { { "Paused", isPaused }, { "At", time.GetUtcNow() } },
            UpdateMode.Merge, cancellation);
        await ReadPaused(cancellation);
    }

    /// <summary>The customer's zone; the shop's where they have none or one that does not exist.</summary>
    public TimeZoneInfo Zone(Customer? customer) => Zones.Of(customer?.TimeZone, Shop.TimeZone);

    public Situation Situation(Customer customer, DateTimeOffset now) =>
        new() { Customer = customer, Shop = Shop, Now = now };

    private async Task<PublishedJourney> Publish(
        string id, Journey journey, string text, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, published) = await Newest(id, cancellation);
            if (published == text) return pinned[(id, version)] = new PublishedJourney(id, version, journey);
            var row = new Row($"journey|{id}", RowKey(version + 1)) { { "Text", text }, { "At", time.GetUtcNow() } };
            if ((await tables.Published.Add(row, cancellation)).Done)
                return pinned[(id, version + 1)] = new PublishedJourney(id, version + 1, journey);
        }
    }

    private async Task<(int Version, string? Text)> Newest(string id, CancellationToken cancellation)
    {
        // Row keys count down, so that the newest version is the first row of the partition.
        var page = await tables.Published.QueryPage(
            new TableQuery { PartitionKey = $"journey|{id}", PageSize = 1 }, null, cancellation);
        return page.Values is [var row, ..] ? (Version(row), row.GetString("Text")) : (0, null);
    }

    private static int Version(Row row) =>
        999_999 - int.Parse(row.RowKey, System.Globalization.CultureInfo.InvariantCulture);

    private static string RowKey(int version) => $"{999_999 - version:D6}";

    /// <summary>Of all versions, for somebody may still be in the oldest.</summary>
    private async Task ReadAwaited(CancellationToken cancellation)
    {
        var (types, all) = (new HashSet<string>(), false);
        await foreach (var row in tables.Published.Query(
            new TableQuery { RowKeyFrom = "0", RowKeyBelow = ":" }, cancellation))
            if (row.PartitionKey.StartsWith("journey|", StringComparison.Ordinal)
                && int.TryParse(row.RowKey, System.Globalization.CultureInfo.InvariantCulture, out var key)
                && await Find(row.PartitionKey["journey|".Length..], 999_999 - key) is { } published)
            {
                types.UnionWith(Planner.ListensFor(published.Journey));
                all |= published.Journey.LeaveWhen is not null;
            }
        (awaited, looksAtAll) = (types.ToFrozenSet(), all);
    }

    /// <summary>Looks again which journeys are held, and of which it is known how everybody stood.</summary>
    public async Task ReadPaused(CancellationToken cancellation = default)
    {
        var (ids, seals) = (new List<string>(), new Dictionary<string, string>());
        await foreach (var row in tables.Published.Query(new TableQuery { PartitionKey = "journeys" }, cancellation))
        {
            if (row.GetBoolean("Paused") == true) ids.Add(row.RowKey);
            if (row.GetString("Stood") is { } seal) seals[row.RowKey] = seal;
        }
        (paused, stood) = (ids.ToFrozenSet(), seals.ToFrozenDictionary());
    }
}
