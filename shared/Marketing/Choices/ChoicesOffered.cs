using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;

namespace Automation.Marketing.Choices;

/// <summary>A newsletter as readers choose it.</summary>
public sealed record Topic(string Id, string Name);

/// <summary>What the shop has for a customer to choose from.</summary>
public sealed class ChoicesOffered(INewsletters newsletters, PublishedJourneys journeys)
{
    /// <summary>The newsletters, as readers choose among them.</summary>
    public IReadOnlyList<Topic> Topics() => [.. newsletters.All().Select(one => new Topic(one.Id, one.Name))];

    /// <summary>Is there a journey that asks back whoever wants mails again?</summary>
    public bool AsksBack() => journeys.TriggeredBy(EventTypes.ConsentPending).Any();
}
