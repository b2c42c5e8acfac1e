using System.Text;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>An issue ready to go out: its newsletter, its page once for each of its subjects, and what all of its sends
/// have in common.</summary>
public sealed class CompiledIssue
{
    private readonly Senders writers;
    private readonly Suggestions suggestions;
    private readonly bool needsSuggestions;
    private readonly string hash, lineHash;

    /// <exception cref="MissingValueException">The shop lacks something the mail needs.</exception>
    public CompiledIssue(IssueId id, Newsletter newsletter, IReadOnlyList<MailTemplate> variants,
        ShopSettings shop, Senders writers, Suggestions suggestions)
    {
        (Id, Newsletter, Shop, this.writers, this.suggestions) = (id, newsletter, shop, writers, suggestions);
        (hash, lineHash) = (id.Hash, id.LineHash);
        Pages = [.. variants.Select(template => SharedPage.Of(template, shop, Purpose.Marketing, SharedPage.Seed()))];
        needsSuggestions = variants[0].Placeholders.Any(
            blank => blank.Name.StartsWith("suggestion", StringComparison.Ordinal));
        batches = [.. Pages.Select((page, n) => Batch(page, variants[n]))];
    }

    private readonly MessageBatch[] batches;

    /// <summary>What goes to who follows the shop on LINE; null: the mail.</summary>
    public IssueLine? Line { get; init; }

    /// <summary>The LINE text goes beside the mail, not instead of it.</summary>
    public bool IsBothWays { get; init; }

    public IssueId Id { get; }
    public Newsletter Newsletter { get; }
    public ShopSettings Shop { get; }

    /// <summary>Also for readers who want one a month.</summary>
    public required bool FirstOfMonth { get; init; }

    /// <summary>How its subjects are tried.</summary>
    public SubjectTest Test { get; init; } = SubjectTest.None;

    /// <summary>One for each subject.</summary>
    public IReadOnlyList<SharedPage> Pages { get; }

    public string SendId(CustomerId customer) => $"{customer.Value}-{hash}";

    /// <summary>Of a LINE message that goes beside the mail.</summary>
    public string LineSendId(CustomerId customer) => $"{customer.Value}-{lineHash}";

    public string UnsubscribeUrl(CustomerId customer, string sendId) => writers.UnsubscribeUrl(customer, sendId);

    public Situation Situation(Customer customer, DateTimeOffset now) =>
        new() { Customer = customer, Shop = Shop, Now = now };

    /// <summary>With suggestions, where the mail has a blank for them.</summary>
    public async ValueTask<Situation> Whole(Situation situation) =>
        needsSuggestions || Line?.NeedsSuggestions == true
            ? situation with { Suggestions = await suggestions.For(situation.Customer, Shop) } : situation;

    /// <summary>The domain it is sent from.</summary>
    public string Domain => batches[0].From.Domain;

    /// <summary>All that is the same for everybody who gets a subject.</summary>
    public MessageBatch Batch(int subject) => batches[subject];

    private MessageBatch Batch(SharedPage page, MailTemplate template) => new()
    {
        Mail = Id.ToString(),
        Purpose = Purpose.Marketing,
        From = writers.For(Purpose.Marketing, Shop, template.Source.From),
        ReplyTo = writers.Answers(Shop),
        Subject = Encoding.UTF8.GetBytes(page.Subject),
        Html = Encoding.UTF8.GetBytes(page.Html),
        Text = Encoding.UTF8.GetBytes(page.Text),
        Tags = page.Tags,
        Values = default,
        Recipients = [],
        At = default,
    };
}
