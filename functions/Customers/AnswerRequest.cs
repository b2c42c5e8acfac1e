using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Answers a request for disclosure: hands over everything stored about the person, to be passed on to them, and notes that it was done.</summary>
public sealed class AnswerRequest(Requests requests, Disclosure disclosure, Timelines timelines)
{
    [Function(nameof(AnswerRequest))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/requests/{source}/{id}/answer")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (await http.Request(requests) is not { Kind: RequestKind.Disclosure } asked) { await http.NoSuchRequest(); return; }
        var disclosed = asked.Customer is { } customer ? await disclosure.Of(customer) : null;
        var timeline = disclosed is null ? [] : await timelines.Of(disclosed.Customer, http.RequestAborted);
        await requests.Answered(asked);
        if (disclosed is not null) await http.Export(disclosed, timeline);
        else await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNull("customer");
            json.WriteEndObject();
        });
    }
}
