using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Marketing.Engagement;

/// <summary>Tells journeys what became of a mail.</summary>
public sealed class SendNews(CustomerStore customers, PublishedJourneys journeys, IShopEvents events)
{
    internal async Task Tell(Consequence.Tell tell, SendStory story)
    {
        if (IsHeard(tell, story)
            && await customers.Find(story.Customer) is { Value: { ErasedAt: null } customer })
            await events.Handle(Event(tell, story, customer), customer, null, false);
    }

    /// <summary>Of an issue's mails only journeys that begin with such an event want to know; most shops have none, and
    /// their issues are large.</summary>
    private bool IsHeard(Consequence.Tell tell, SendStory story) =>
        EnrollmentId.Parse(story.Sent!.For.Split('@')[0]) is not null || journeys.TriggeredBy(tell.Type).Any();

    private static ShopEvent Event(Consequence.Tell tell, SendStory story, Customer customer) => new()
    {
        Id = $"{story.SendId}:{tell.Type}{(tell.Key is { } key ? $":{key}" : "")}",
        Type = tell.Type,
        At = tell.At,
        Customer = customer.Id,
        Mail = story.Sent!.Mail,
        For = story.Sent.For,
        Data = tell.Data,
    };
}
