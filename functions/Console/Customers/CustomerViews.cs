using Automation.Console.Customers;
using Automation.Marketing.Customers;
using Automation.Marketing.History;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Functions.Console.Customers;

/// <summary>Gathers what the page of one customer shows: one read of their row, their timeline (a partition), a row for
/// each of their orders and for each issue that went out.</summary>
public sealed class CustomerViews(
    CustomerStore customers, Timelines timelines, PublishedJourneys journeys, INewsletters newsletters,
    CurrentShop shop,
    TimeProvider time)
{
    /// <summary>The customer of an address; null: there is none.</summary>
    public async ValueTask<Customer?> Find(string id) =>
        CustomerId.Parse(id) is { } known ? (await customers.Find(known))?.Value : null;

    public async Task<CustomerView> Of(Customer customer, CancellationToken cancellation) =>
        Of(customer, await timelines.Of(customer, cancellation));

    /// <summary>Without what happened: for a question about them.</summary>
    public CustomerView Brief(Customer customer) => Of(customer, []);

    private CustomerView Of(Customer customer, IReadOnlyList<TimelineEntry> timeline) => new()
    {
        Profile = new(customer, time.GetUtcNow()),
        Timeline = timeline,
        LateFrom = shop.Settings.Late.Threshold,
        Journeys = [.. journeys.All.Select(one => new Named(one.Id, one.Journey.Name)).OrderBy(
            one => one.Id, StringComparer.Ordinal)],
        Newsletters = [.. newsletters.All().Select(one => new Named(one.Id, one.Name))],
    };
}
