using Automation.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Health;

/// <summary>The process runs.</summary>
public sealed class Live
{
    [Function(nameof(Live))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) => request.HttpContext.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "live");
        json.WriteEndObject();
    });
}
