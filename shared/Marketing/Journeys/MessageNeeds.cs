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

    /// <summary>Does the journey, or one that it starts, say something that an event of the type always carries? Such
    /// a walk cannot begin without one.</summary>
    public async ValueTask<bool> AreTold(Journey journey, string eventType, PublishedJourneys journeys)
    {
        var (met, open) = (new HashSet<string> { journey.Id }, new Queue<Journey>([journey]));
        while (open.TryDequeue(out var one))
        {
            if ((await Blanks(one)).Any(blank => blank.IsNeeded
                && blank.Name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal)
                && EventFields.IsSure(eventType, blank.Name[Fields.EventPrefix.Length..], journeys.Shop)))
                return true;
            foreach (var start in Steps.All(one.Steps).OfType<Step.Start>())
                if (met.Add(start.Journey) && journeys.Latest(start.Journey) is { Journey: var started })
                    open.Enqueue(started);
        }
        return false;
    }

    /// <summary>Of all texts a journey may send, in whatever language.</summary>
    private async ValueTask<IReadOnlyList<PlaceholderUse>> Blanks(Journey journey)
    {
        var sent = Steps.Mails(journey);
        var blanks = mails.All.Where(mail => sent.Contains(mail.Source.Original) || sent.Contains(mail.Name))
            .SelectMany(mail => mail.Placeholders).ToList();
        foreach (var name in Steps.Lines(journey))
            blanks.AddRange((await lines.Find(name))?.Placeholders ?? []);
        return blanks;
    }
}
