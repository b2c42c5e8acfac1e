using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What a mail or a LINE text asks for, by its name: suggestions where it has blanks for them, and its own
/// purpose.</summary>
public sealed class MessageNeeds(PublishedMails mails, PublishedLines lines, Suggestions suggestions)
{
    /// <summary>With suggestions, where the mail has a blank for them.</summary>
    public async ValueTask<Situation> For(string channel, string name, Situation situation) =>
        channel == Identity.Line
            ? await lines.Find(name) is { } line ? await For(line.Placeholders, situation) : situation
            : await mails.Find(name, situation.Customer.Language) is { } mail ? await For(mail, situation) : situation;

    /// <inheritdoc cref="For(string, string, Situation)"/>
    public ValueTask<Situation> For(MailTemplate mail, Situation situation) => For(mail.Placeholders, situation);

    private async ValueTask<Situation> For(IReadOnlyList<PlaceholderUse> blanks, Situation situation) =>
        blanks.Any(blank => blank.Name.StartsWith("suggestion", StringComparison.Ordinal))
            ? situation with { Suggestions = await suggestions.For(situation.Customer, situation.Shop) }
            : situation;

    /// <inheritdoc cref="MailSource.PurposeIn"/>
    public async ValueTask<Purpose> PurposeOf(string channel, string name, Purpose journey) =>
        (channel == Identity.Line ? (await lines.Find(name))?.Source.Written : (await mails.Find(name))?.Source)
            ?.PurposeIn(journey) ?? journey;
}
