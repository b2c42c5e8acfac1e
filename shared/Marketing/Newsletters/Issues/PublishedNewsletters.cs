using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>The newsletters as published and since when, their issues as they are written just now, and what issues
/// went out with. What is broken keeps its last good version. Text and series are pinned when a slot is acted on; from
/// then on nobody gets another one.</summary>
public sealed class PublishedNewsletters(Tables tables, TimeProvider time) : INewsletters
{
    private sealed record View(
        FrozenDictionary<string, Newsletter> Newsletters, FrozenDictionary<string, string> Series,
        FrozenDictionary<string, IssueSource> Issues, IReadOnlyList<string> Gone);

    /// <summary>What an issue went out with. <paramref name="Series"/> null: it was pinned before series
    /// were.</summary>
    private sealed record Pinning(IssueSource Text, Newsletter? Series);

    private const string LastGood = "newsletters";

    private readonly ConcurrentDictionary<IssueId, Pinning> pinned = new();
    private volatile View view = new(
        FrozenDictionary<string, Newsletter>.Empty,
        FrozenDictionary<string, string>.Empty,
        FrozenDictionary<string, IssueSource>.Empty,
        []);

    /// <summary>By id.</summary>
    public IReadOnlyList<Newsletter> All() =>
        [.. view.Newsletters.Values.OrderBy(newsletter => newsletter.Id, StringComparer.Ordinal)];

    /// <summary>The ids of all of which an issue may still be under way, also of those that were removed.</summary>
    public IReadOnlyList<string> Known() => [.. view.Newsletters.Keys.Concat(view.Gone).Order(StringComparer.Ordinal)];

    public Newsletter? Find(string id) => view.Newsletters.GetValueOrDefault(id);

    /// <summary>The slot's own file, also one that is a draft.</summary>
    public IssueSource? Own(IssueId id) => File(id.Newsletter, id.RowKey);

    /// <summary>A file of the newsletter's folder, by its name without the ending.</summary>
    public IssueSource? File(string newsletter, string name) => view.Issues.GetValueOrDefault($"{newsletter}/{name}");

    /// <summary>What would go out in the slot, were no fallback spent: its own file where that is ready, else the first
    /// fallback that is not a draft.</summary>
    public IssueSource? Issue(IssueId id) => Own(id) is { Draft: false } own ? own
        : Find(id.Newsletter)?.Fallbacks.Select(name => File(id.Newsletter, name)).FirstOrDefault(file =>
            file is { Draft: false });

    /// <summary>Makes these the newsletters and issues. What is in <paramref name="written"/> (names of all files:
    /// <c>weekly</c>, <c>weekly/2026-12-02</c>) and not good keeps its last good version.</summary>
    /// <param name="shop">Whose zone and holidays slots follow from.</param>
    public async Task Publish(
        IReadOnlyCollection<NewsletterFile> newsletters, IReadOnlyCollection<IssueSource> issues,
        IReadOnlySet<string> written, ShopSettings shop, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var series = newsletters.ToDictionary(file => file.Id, file => (file.Source, file.Newsletter));
        var sources = issues.ToDictionary(issue => issue.Name);
        var (rows, gone) = (new Dictionary<string, Row>(), new List<string>());
        await foreach (var row in tables.Published.Query(new TableQuery { PartitionKey = LastGood }, cancellation))
        {
            var (name, text) = (row.RowKey.Replace('|', '/'), row.GetString("Text") ?? "");
            rows[name] = row;
            if (sources.ContainsKey(name) || series.ContainsKey(name)) continue;
            if (name.Split('/') is [var newsletter, var file])
            {
                if (!written.Contains(name)) await tables.Published.Delete(
                    LastGood, row.RowKey, ETag.All, cancellation);
                else if (IssueSource.Parse(newsletter, file, text).Source is { } issue) sources[name] = issue;
            }
            else if (!written.Contains(name)) { if (await Remove(row, shop, now, cancellation)) gone.Add(name); }
            else if (Series(name, text) is { } last) series[name] = (text, last);
        }
        foreach (var issue in issues)
            if (rows.GetValueOrDefault(issue.Name)?.GetString("Text") != issue.Text)
                await Keep(issue.Name, issue.Text, null, now, cancellation);
        foreach (var (id, (text, newsletter)) in series.ToList())
        {
            var row = rows.GetValueOrDefault(id);
            var published = Published(row, shop).With(Timetable.Of(newsletter, shop, now), Rules(newsletter, text));
            var slots = JsonSerializer.Serialize(published, TimetableJson.Timetables);
            if (row?.GetString("Text") != text || row.GetString("Slots") != slots)
                await Keep(id, text, slots, now, cancellation);
            series[id] = (text, newsletter with { Published = published });
        }
        view = new View(
            series.ToFrozenDictionary(one => one.Key, one => one.Value.Newsletter),
            series.ToFrozenDictionary(one => one.Key, one => one.Value.Source),
            sources.ToFrozenDictionary(), gone);
    }

    /// <summary>Lets no timetable lie ahead of now: it was kept by a clock that was wrong. Answers whose were, and
    /// since when they were said to be.</summary>
    public async Task<IReadOnlyList<(string Newsletter, DateTimeOffset Since)>> CutTo(
        DateTimeOffset now, CancellationToken cancellation = default)
    {
        var ahead = view.Newsletters.Values.Where(newsletter => newsletter.Published.IsAhead(now)).ToList();
        if (ahead.Count == 0) return [];
        var newsletters = view.Newsletters.ToDictionary();
        foreach (var newsletter in ahead)
        {
            var cut = newsletter.Published.CutTo(now);
            await Keep(
                newsletter.Id,
                view.Series[newsletter.Id],
                JsonSerializer.Serialize(cut, TimetableJson.Timetables),
                now,
                cancellation);
            newsletters[newsletter.Id] = newsletter with { Published = cut };
        }
        view = view with { Newsletters = newsletters.ToFrozenDictionary() };
        return [.. ahead.Select(newsletter => (newsletter.Id, newsletter.Published.Latest ?? now))];
    }

    /// <summary>Keeps the text the issue goes out with, and its series; answers the text that does: whoever is first
    /// decides.</summary>
    public async Task<IssueSource> Pin(IssueId id, IssueSource issue, CancellationToken cancellation = default)
    {
        var series = view.Series.GetValueOrDefault(id.Newsletter) ?? "";
        var row = new Row(Partition(id), id.RowKey)
        {
            { "File", issue.File },
            { "Text", issue.Text },
            { "Series", series },
            { "At", time.GetUtcNow() }
        };
        if ((await tables.Published.Add(row, cancellation)).Done)
            return (pinned[id] = new(issue, Series(id.Newsletter, series))).Text;
        return await Pinned(id, cancellation)
            ?? throw new InvalidOperationException($"The text of {id} was pinned and is gone.");
    }

    /// <summary>The text the issue goes out with; null: its slot has not been acted on.</summary>
    public async ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation = default) =>
        await SeriesOf(id, cancellation) is { } newsletter && await Pinned(id, cancellation) is { } pinned
            ? new(newsletter, pinned.Variants, pinned.Test) { Line = pinned.Line?.Text, By = pinned.By }
            : null;

    public async ValueTask<SubjectTest> Test(IssueId id) =>
        (await Pinned(id) ?? Issue(id))?.Test ?? SubjectTest.None;

    public async ValueTask<SendBy?> ByLine(IssueId id) =>
        (await Pinned(id) ?? Issue(id)) is { Line: not null } text ? text.By : null;

    public async ValueTask<IssueSource?> Pinned(IssueId id, CancellationToken cancellation = default) =>
        (await Pins(id, cancellation))?.Text;

    /// <summary>The newsletter an issue belongs to, as it was when its slot was acted on, whatever became of its file;
    /// before that as it is.</summary>
    public async ValueTask<Newsletter?> SeriesOf(IssueId id, CancellationToken cancellation = default) =>
        (await Pins(id, cancellation))?.Series ?? Find(id.Newsletter);

    private async ValueTask<Pinning?> Pins(IssueId id, CancellationToken cancellation)
    {
        if (pinned.TryGetValue(id, out var known)) return known;
        if (await tables.Published.Find(Partition(id), id.RowKey, cancellation) is not { } row) return null;
        var text = IssueSource.Parse(
            id.Newsletter, row.GetString("File") ?? id.RowKey, row.GetString("Text") ?? "").Source
            ?? throw new InvalidDataException($"The pinned text of {id} cannot be read.");
        return pinned[id] = new(text, Series(id.Newsletter, row.GetString("Series") ?? ""));
    }

    /// <summary>A newsletter as it was written; null where that cannot be read.</summary>
    private static Newsletter? Series(string id, string text) =>
        text.Length == 0
            ? null
            : NewsletterReader.Read($"{id}.json", Encoding.UTF8.GetBytes(text), Names.Unchecked).Newsletter;

    /// <summary>How its slots came to be, by its row; of one that was written before that was kept, as far as it
    /// says.</summary>
    private static Timetables Published(Row? row, ShopSettings shop)
    {
        if (row is null) return Timetables.Unknown;
        if (row.GetString("Slots") is { Length: > 0 } slots)
            return JsonSerializer.Deserialize(slots, TimetableJson.Timetables) ?? Timetables.Unknown;
        var text = row.GetString("Text") ?? "";
        return Series(row.RowKey, text) is { } before
            ? Timetables.Unknown.With(Timetable.Of(before, shop, Timetable.Ever), Rules(before, text))
            : Timetables.Unknown;
    }

    /// <summary>Its slots end; its row stays, should it come back. Answers whether an issue of it may still be under
    /// way.</summary>
    private async Task<bool> Remove(
        Row row, ShopSettings shop, DateTimeOffset now, CancellationToken cancellation)
    {
        var before = Published(row, shop);
        if (before.All.Count > 0 && before.All[^1] is { IsNone: true, Since: var since })
            return since > now.AddDays(-SlotRules.LongestLate);
        await Keep(
            row.RowKey,
            "",
            JsonSerializer.Serialize(before.With(Timetable.None(now), ""), TimetableJson.Timetables),
            now,
            cancellation);
        return true;
    }

    /// <summary>What says, beside the timetable, what goes to whom: as written, without the spaces.</summary>
    private static string Rules(Newsletter newsletter, string text)
    {
        string[] names = ["audience", "fallback", "fallbackAgainAfter", "late"];
        if (JsonNode.Parse(text) is not JsonObject file) return newsletter.Id;
        return string.Join(' ', names.Select(name => file[name]?.ToJsonString() ?? "-"));
    }

    private Task<WriteResult> Keep(
        string name, string text, string? slots, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = new Row(LastGood, name.Replace('/', '|')) { { "Text", text }, { "At", now } };
        if (slots is not null) row["Slots"] = slots;
        return tables.Published.Upsert(row, UpdateMode.Replace, cancellation);
    }

    internal static string Partition(IssueId id) => $"issue|{id.Newsletter}";
}
