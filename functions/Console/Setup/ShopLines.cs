using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Functions.Console.Setup;

/// <summary>How far the shop's own folder is: what it says, journeys, newsletters, what is wrong with them.</summary>
public sealed class ShopLines(
    CurrentShop shop, PublishedJourneys journeys, PublishedNewsletters newsletters, ShopWatch watch, Tables tables)
{
    /// <summary>What it says about itself.</summary>
    public ShopSettings Settings => shop.Settings;

    /// <summary>By name.</summary>
    public IReadOnlyList<string> Journeys() =>
        [.. journeys.All.Select(one => one.Journey.Name).Order(StringComparer.Ordinal)];

    /// <summary>By name.</summary>
    public IReadOnlyList<string> Newsletters() => [.. newsletters.All().Select(one => one.Name)];

    /// <summary>What is wrong in the shop's files.</summary>
    public IReadOnlyList<Problem> Problems => watch.Problems;

    /// <summary>One read: is anybody known?</summary>
    public async Task<bool> HasCustomers(CancellationToken cancellation) =>
        (await tables.Customers.QueryPage(new TableQuery { PageSize = 1 }, null, cancellation)).Values.Count > 0;
}
