using Automation.Console.Look;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Look.PartsPage;

namespace Automation.Functions.Console;

/// <summary>All parts that pages are made of, on one page. Storage: none.</summary>
public sealed class PartsPage
{
    [Function("ConsoleParts")]
    public RazorComponentResult<Page> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/parts")] HttpRequest request) =>
        request.Page<Page>(new PartsModel());
}
