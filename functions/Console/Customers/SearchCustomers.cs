using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Intake;
using Automation.Marketing.Search;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>Finds customers.</summary>
public sealed class SearchCustomers(CustomerSearch search, IReadOnlyDictionary<string, SourceSettings> sources)
{
    /// <summary>Nothing is read until something is typed. Then: a range for each kind of term (at most four), a point
    /// read or two for each way the text may be a whole key, and one for each of the 25 customers at most that are
    /// shown.</summary>
    [Function("ConsoleCustomers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/customers")] HttpRequest request)
    {
        if (request.Query("q")?.Trim() is not { Length: > 0 } text)
            return request.Page<SearchPage>(new CustomerResults(""));
        var found = await search.Find(text, sources.Keys, request.Query("next"), request.HttpContext.RequestAborted);
        return found is null ? Pages.UnknownNext : request.Page<SearchPage>(new CustomerResults(text, found));
    }
}
