using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Health;

/// <summary>The process runs.</summary>
public sealed class Live
{
    [Function(nameof(Live))]
    public Ok<Liveness> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        TypedResults.Ok(new Liveness("live"));
}

/// <summary>That somebody answers.</summary>
public sealed record Liveness(string Status);
