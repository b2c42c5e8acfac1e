using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>The first page.</summary>
public sealed class TodayPage
{
    [Function("ConsoleToday")]
    public RazorComponentResult<Automation.Console.Today.TodayPage> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request) =>
        request.Page<Automation.Console.Today.TodayPage>("…");
}
