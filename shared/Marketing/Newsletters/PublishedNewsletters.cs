using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters;

/// <summary>
/// The newsletters as published, their issues as they are written just now, and the texts issues went out with. What is broken keeps
/// its last good version. A text is pinned when its slot is acted on; from then on nobody gets another one.
/// </summary>
public sealed class PublishedNewsletters(Tables tables, TimeProvider time)
{
    private sealed record View(FrozenDictionary<string, Newsletter> Newsletters, FrozenDictionary<string, IssueSource> Issues);

    private const string LastGood = "newsletters";

    private readonly ConcurrentDictionary<IssueId, IssueSource> pinned = new();
    private volatile View view = new(FrozenDictionary<string, Newsletter>.Empty, FrozenDictionary<string, IssueSource>.Empty);

    /// <summary>By id.</summary>
    public IReadOnlyList<Newsletter> All() => [.. view.Newsletters.Values.OrderBy(newsletter => newsletter.Id, StringComparer.Ordinal)];

    public Newsletter? Find(string id) => view.Newsletters.GetValueOrDefault(id);

    /// <summary>The slot's own file, also one that is a draft.</summary>
    public IssueSource? Own(IssueId id) => File(id.Newsletter, id.RowKey);

    /// <summary>A file of the newsletter's folder, by its name without the ending.</summary>
    public IssueSource? File(string newsletter, string name) => view.Issues.GetValueOrDefault($"{newsletter}/{name}");

    /// <summary>The newsletter's fallback, unless it is a draft.</summary>
    public IssueSource? Fallback(string newsletter) =>
        Find(newsletter)?.Fallback is { } file && File(newsletter, file) is { Draft: false } issue ? issue : null;

    /// <summary>What would go out in the slot: its own file where that is ready, else the newsletter's fallback.</summary>
    public IssueSource? Issue(IssueId id) => Own(id) is { Draft: false } own ? own : Fallback(id.Newsletter);

    /// <summary>Makes these the newsletters and issues. What is in <paramref name="written"/> (names of all files: <c>weekly</c>, <c>weekly/2026-12-02</c>) and not good keeps its last good version.</summary>
    public async Task Publish(IReadOnlyCollection<NewsletterFile> newsletters, IReadOnlyCollection<IssueSource> issues, IReadOnlySet<string> written, CancellationToken cancellation = default)
    {
        var texts = newsletters.ToDictionary(file => file.Id, file => file.Source);
        foreach (var issue in issues) texts[issue.Name] = issue.Text;
        var good = newsletters.ToDictionary(file => file.Id, file => file.Newsletter);
        var sources = issues.ToDictionary(issue => issue.Name);
        var known = new Dictionary<string, string>();
        await foreach (var row in tables.Published.QueryAsync(new TableQuery { PartitionKey = LastGood }, cancellation))
        {
            var (name, text) = (row.RowKey.Replace('|', '/'), row.GetString("Text") ?? "");
            known[name] = text;
            if (texts.ContainsKey(name)) continue;
            if (!written.Contains(name)) await tables.Published.DeleteEntityAsync(LastGood, row.RowKey, ETag.All, cancellation);
            else if (name.Split('/') is [var newsletter, var file])
            {
                if (IssueSource.Parse(newsletter, file, text).Source is { } issue) sources[name] = issue;
            }
            else if (NewsletterReader.Read($"{name}.json", Encoding.UTF8.GetBytes(text), Names.Unchecked).Newsletter is { } last) good[name] = last;
        }
        foreach (var (name, text) in texts)
            if (known.GetValueOrDefault(name) != text)
                await tables.Published.UpsertEntityAsync(new TableEntity(LastGood, name.Replace('/', '|')) { { "Text", text }, { "At", time.GetUtcNow() } }, TableUpdateMode.Replace, cancellation);
        view = new View(good.ToFrozenDictionary(), sources.ToFrozenDictionary());
    }

    /// <summary>Keeps the text the issue goes out with; answers the one that does: whoever is first decides.</summary>
    public async Task<IssueSource> Pin(IssueId id, IssueSource issue, CancellationToken cancellation = default)
    {
        var row = new TableEntity(Partition(id), id.RowKey) { { "File", issue.File }, { "Text", issue.Text }, { "At", time.GetUtcNow() } };
        if ((await tables.Published.AddEntityAsync(row, cancellation)).Done) return pinned[id] = issue;
        return await Pinned(id, cancellation) ?? throw new InvalidOperationException($"The text of {id} was pinned and is gone.");
    }

    /// <summary>The text the issue goes out with; null: its slot has not been acted on.</summary>
    public async ValueTask<IssueSource?> Pinned(IssueId id, CancellationToken cancellation = default)
    {
        if (pinned.TryGetValue(id, out var known)) return known;
        if (await tables.Published.GetEntityIfExistsAsync(Partition(id), id.RowKey, cancellation) is not { } row) return null;
        return pinned[id] = IssueSource.Parse(id.Newsletter, row.GetString("File") ?? id.RowKey, row.GetString("Text") ?? "").Source
            ?? throw new InvalidDataException($"The pinned text of {id} cannot be read.");
    }

    private static string Partition(IssueId id) => $"issue|{id.Newsletter}";
}
