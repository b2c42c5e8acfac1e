using System.Collections.Concurrent;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What an issue goes out with: its newsletter, the mail once for each of its subjects, and how these are
/// tried.</summary>
public sealed record IssueText(Newsletter Newsletter, IReadOnlyList<MailSource> Variants, SubjectTest Test)
{
    /// <summary>The LINE text for who follows the shop there; null: it goes by mail.</summary>
    public string? Line { get; init; }

    /// <summary>Does it go instead of the mail, or beside it?</summary>
    public SendBy By { get; init; }
}

/// <summary>Issues made ready to go out, once in each process.</summary>
public sealed class CompiledIssues(
    INewsletters newsletters, PlannedMailings book, Products products, CurrentShop shop, Senders writers,
    IssueLines lines)
{
    private readonly ConcurrentDictionary<IssueId, CompiledIssue> ready = new();

    /// <exception cref="InvalidDataException">There is no text, or one that cannot be sent.</exception>
    public async ValueTask<CompiledIssue> Find(Issue issue, CancellationToken cancellation)
    {
        if (ready.TryGetValue(issue.Id, out var known) && known.Shop == shop.Settings) return known;
        var text = await newsletters.Text(issue.Id, cancellation)
            ?? throw new InvalidDataException($"There is no text for {issue.Id}.");
        var variants = text.Variants.Select(source => MailTemplate.Compile(source).Template
            ?? throw new InvalidDataException($"The text of {issue.Id} cannot be compiled.")).ToList();
        return ready[issue.Id] = new CompiledIssue(issue.Id, text.Newsletter, variants, shop.Settings,
            writers, new Suggestions(products, remembers: true))
        {
            Test = text.Test,
            FirstOfMonth =
                (await book.Read(issue.StartedAt)).FirstOrDefault(one => one.Id == issue.Id)?.IsFirstOfMonth ?? true,
            Line = text.Line is { } name ? IssueLine.Of(
                await lines.Find(issue.Id, name, cancellation), shop.Settings, writers) : null,
            IsBothWays = text is { Line: not null, By: SendBy.Both },
        };
    }
}
