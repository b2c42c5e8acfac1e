using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.History;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Privacy;

/// <summary>Answers a request for disclosure: hands over everything stored about the person, to be passed on to them,
/// and notes that it was done.</summary>
public sealed class AnswerRequest(Requests requests, Disclosure disclosure, Timelines timelines)
{
    [Function(nameof(AnswerRequest)), Needs(Role.Operator)]
    public async Task<Results<Ok<CustomerExport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/requests/{source}/{id}/answer")]
        HttpRequest request,
        string source, string id)
    {
        if (await requests.Find(source, id) is not { Kind: RequestKind.Disclosure } asked) return Missing.Request;
        var export = asked.Customer is { } customer && await disclosure.Of(customer) is { } disclosed
            ? await CustomerExport.Of(disclosed, timelines, request.HttpContext)
            : new CustomerExport(Customer: null);
        await requests.Answered(asked);
        return TypedResults.Ok(export);
    }
}
