using System.Collections.Concurrent;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>An issue's LINE text, ready to go out.</summary>
public sealed class IssueLine
{
    private readonly LineTemplate template;
    private readonly Senders writers;

    private IssueLine(LineTemplate template, Senders writers) => (this.template, this.writers) = (template, writers);

    public string Name => template.Name;

    /// <summary>The message that everybody gets; null: it speaks to each of them in its own way, and each gets their
    /// own.</summary>
    public string? Shared { get; private init; }

    /// <summary>Has it a blank for them?</summary>
    public bool NeedsSuggestions => template.Placeholders.Any(
        blank => blank.Name.StartsWith("suggestion", StringComparison.Ordinal));

    /// <exception cref="MissingValueException">The shop lacks something the text needs.</exception>
    /// <exception cref="InvalidDataException">LINE would not take what comes out.</exception>
    public static IssueLine Of(LineTemplate template, ShopSettings shop, Senders writers)
    {
        if (template.Placeholders.Any(blank => !blank.Name.StartsWith("shop.", StringComparison.Ordinal)))
            return new(template, writers);
        // Nothing in it depends on whom it is for, nor when.
        var anybody = new Situation
        {
            Customer = new() { Id = CustomerId.New(DateTimeOffset.UnixEpoch) },
            Shop = shop,
            Now = DateTimeOffset.UnixEpoch,
        };
        try
        {
            return new(template, writers) { Shared = template.Render(anybody, Purpose.Marketing, null).Json };
        }
        catch (LineShapeException shape)
        {
            throw new InvalidDataException($"lines/{template.Name}.md: {shape.Message}", shape);
        }
    }

    /// <summary>The message for one customer.</summary>
    /// <exception cref="MissingValueException">A blank has no value for them.</exception>
    /// <exception cref="LineShapeException">LINE would not take what comes out.</exception>
    public string For(Situation situation, string sendId) => Shared ?? template.Render(
        situation with { LinkUrl = writers.LinkUrl(situation.Customer.Id, sendId) }, Purpose.Marketing,
        writers.ChoicesUrl(situation.Customer.Id, Identity.Line, sendId)).Json;
}

/// <summary>The LINE texts issues go out with: pinned beside the mail when the issue is made ready first, so that a
/// batch that LINE is asked about again is the same.</summary>
public sealed class IssueLines(Tables tables, PublishedLines lines)
{
    private readonly ConcurrentDictionary<IssueId, LineTemplate> pinned = new();

    /// <param name="name">As the issue names it.</param>
    /// <exception cref="InvalidDataException">There is no such text, or it cannot be read.</exception>
    public async ValueTask<LineTemplate> Find(IssueId issue, string name, CancellationToken cancellation)
    {
        if (pinned.TryGetValue(issue, out var known)) return known;
        while (true)
        {
            var row = await tables.Published.Find(PublishedNewsletters.Partition(issue), issue.RowKey, cancellation);
            if (row?.GetString("Line") is { Length: > 0 } text) return pinned[issue] = Compile(name, text);
            if (await lines.Find(name) is not { } template)
                throw new InvalidDataException($"There is no LINE text {name} for {issue}.");
            if (row is null) return template;
            var kept = new Row(row.PartitionKey, row.RowKey) { { "Line", template.Source.Written.Text } };
            if ((await tables.Published.Update(kept, row.ETag, UpdateMode.Merge, cancellation)).Done)
                return pinned[issue] = template;
        }
    }

    /// <summary>The text an issue went out with, or would go out with now; null: there is none of this name. Pins
    /// nothing.</summary>
    /// <param name="issue">Null: it has no slot of its own.</param>
    public async ValueTask<LineTemplate?> Shown(IssueId? issue, string name, CancellationToken cancellation)
    {
        if (issue is not { } id) return await lines.Find(name);
        if (pinned.TryGetValue(id, out var known)) return known;
        var row = await tables.Published.Find(PublishedNewsletters.Partition(id), id.RowKey, cancellation);
        return row?.GetString("Line") is { Length: > 0 } text ? Compile(name, text) : await lines.Find(name);
    }

    private static LineTemplate Compile(string name, string text) =>
        LineSource.Parse(name, text).Source is { } source && LineTemplate.Compile(source).Template is { } template
            ? template : throw new InvalidDataException($"The LINE text {name} cannot be read.");
}
