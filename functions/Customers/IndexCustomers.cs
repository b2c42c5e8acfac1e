using Automation.Marketing.Search;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Every minute: lets those who came or changed be found by name, address, phone number and order.</summary>
public sealed class IndexCustomers(SearchIndexer indexer)
{
    [Function(nameof(IndexCustomers))]
    public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        indexer.Run(cancellation);
}
