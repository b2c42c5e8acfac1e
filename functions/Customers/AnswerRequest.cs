using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>Answers a request for disclosure: hands over everything stored about the person, to be passed on to them, and notes that it was done.</summary>
public sealed class AnswerRequest(Requests requests, Disclosure disclosure, Tables tables)
{
    public async Task Run(HttpContext http)
    {
        if (await http.Request(requests) is not { Kind: RequestKind.Disclosure } request) { await http.NoSuchRequest(); return; }
        var disclosed = request.Customer is { } customer ? await disclosure.Of(customer) : null;
        var timeline = disclosed is null ? [] : await tables.Timeline(disclosed.Customer, http.RequestAborted);
        await requests.Answered(request);
        if (disclosed is not null) await http.Export(disclosed, timeline);
        else await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNull("customer");
            json.WriteEndObject();
        });
    }
}
