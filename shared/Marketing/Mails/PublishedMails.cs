using System.Collections.Concurrent;
using System.Collections.Frozen;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Mails;

/// <summary>The shop's mails, ready to render. Mails are not pinned: a corrected word is corrected for everybody. What
/// was published is kept, so that a mail whose file is gone still goes to those whose journey names it.</summary>
public sealed class PublishedMails(Tables tables, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, MailTemplate?> withdrawn = new();
    private volatile FrozenDictionary<string, MailTemplate> shelf = FrozenDictionary<string, MailTemplate>.Empty;
    private volatile FrozenDictionary<(string Name, string Language), MailTemplate> translated =
        FrozenDictionary<(string, string), MailTemplate>.Empty;

    public IEnumerable<MailTemplate> All => shelf.Values;

    /// <summary>Puts these mails on the shelf in place of what was there.</summary>
    public async Task Publish(IReadOnlyCollection<MailTemplate> templates, CancellationToken cancellation = default)
    {
        foreach (var template in templates)
        {
            if (shelf.TryGetValue(template.Name, out var known) && known.Source.Text == template.Source.Text) continue;
            var row = new Row("mails", Keys.Safe(template
                .Name)) { { "Name", template.Name }, { "Text", template.Source.Text }, { "At", time.GetUtcNow() } };
            await tables.Published.Upsert(row, UpdateMode.Replace, cancellation);
        }
        shelf = templates.ToFrozenDictionary(t => t.Name);
        // Two files may differ in how they write one language (fr-CA, fr-ca): the first by name counts.
        translated = templates.OrderBy(one => one.Name, StringComparer.Ordinal)
            .Where(one => one.Source.Language is not null && one.Name != one.Source.Original)
            .GroupBy(one => (one.Source.Original, one.Source.Language!))
            .ToFrozenDictionary(same => same.Key, same => same.First());
        withdrawn.Clear();
    }

    /// <summary>Renders every mail once, so that the first customer does not wait for it.</summary>
    public void WarmUp(ShopSettings shop)
    {
        foreach (var template in All)
        {
            try
            {
                var sample = Sample.All(shop, time.GetUtcNow(), Occasion.For(template, shop))[0];
                template.Render(sample.Situation, Purpose.Marketing, "https://shop.example/u/sample");
            }
            catch (MissingValueException)
            {
                // a blank the sample has no value for; publishing has said so
            }
        }
    }

    /// <summary>The mail of this name in a language (BCP 47), or in the next wider one (<c>en</c> for <c>en-GB</c>);
    /// else in the shop's own. Null where there never was one.</summary>
    public ValueTask<MailTemplate?> Find(string name, string? language)
    {
        if (translated.Count == 0 || language is null) return Find(name);
        for (var wanted = language.ToLowerInvariant(); wanted.Length > 0;)
        {
            if (translated.TryGetValue((name, wanted), out var found)) return new(found);
            wanted = wanted[..Math.Max(0, wanted.LastIndexOf('-'))];
        }
        return Find(name);
    }

    /// <summary>The mail of this name; null where there never was one.</summary>
    public async ValueTask<MailTemplate?> Find(string name)
    {
        if (shelf.TryGetValue(name, out var template)) return template;
        if (withdrawn.TryGetValue(name, out var gone)) return gone;
        var row = await tables.Published.Find("mails", Keys.Safe(name));
        return withdrawn[name] = row?.GetString("Text") is { } text && MailSource.Parse(name, text).Source is { } source
            ? MailTemplate.Compile(source).Template : null;
    }
}
