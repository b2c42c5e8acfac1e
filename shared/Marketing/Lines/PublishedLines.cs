using System.Collections.Concurrent;
using System.Collections.Frozen;
using Automation.Storage;

namespace Automation.Marketing.Lines;

/// <summary>The shop's LINE texts, ready to render. They are not pinned: a corrected word is corrected for everybody.
/// What was published is kept, so that a text whose file is gone still goes to those whose journey names it.</summary>
public sealed class PublishedLines(Tables tables, TimeProvider time)
{
    private const string Partition = "lines";

    private readonly ConcurrentDictionary<string, LineTemplate?> withdrawn = new();
    private volatile FrozenDictionary<string, LineTemplate> shelf = FrozenDictionary<string, LineTemplate>.Empty;

    public IEnumerable<LineTemplate> All => shelf.Values;

    /// <summary>Puts these texts on the shelf in place of what was there.</summary>
    public async Task Publish(IReadOnlyCollection<LineTemplate> templates, CancellationToken cancellation = default)
    {
        foreach (var template in templates)
        {
            var text = template.Source.Written.Text;
            if (shelf.TryGetValue(template.Name, out var known) && known.Source.Written.Text == text) continue;
            await tables.Published.Upsert(
                new Row(Partition, Keys.Safe(template.Name))
                {
                    { "Name", template.Name },
                    { "Text", text },
                    { "At", time.GetUtcNow() },
                },
                UpdateMode.Replace,
                cancellation);
        }
        shelf = templates.ToFrozenDictionary(template => template.Name);
        withdrawn.Clear();
    }

    /// <summary>The text of this name; null where there never was one.</summary>
    public async ValueTask<LineTemplate?> Find(string name)
    {
        if (shelf.TryGetValue(name, out var template)) return template;
        if (withdrawn.TryGetValue(name, out var gone)) return gone;
        var row = await tables.Published.Find(Partition, Keys.Safe(name));
        return withdrawn[name] = row?.GetString("Text") is { } text && LineSource.Parse(name, text).Source is { } source
            ? LineTemplate.Compile(source).Template : null;
    }
}
