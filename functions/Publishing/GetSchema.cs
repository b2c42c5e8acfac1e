using Automation.Functions.Http;
using Automation.Marketing.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Publishing;

/// <summary>The editor schema of this name, e.g. <c>journey.schema.json</c>: what <c>$schema</c> in a shop's files may
/// name where they lie on no disk of this program. It says what files may say, and nothing of a shop.</summary>
public sealed class GetSchema
{
    [Function(nameof(GetSchema))]
    public Results<Utf8ContentHttpResult, Refusal> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "schemas/{name}")] HttpRequest request,
        string name) =>
        Schemas.All.TryGetValue(name, out var text)
            ? TypedResults.Text(System.Text.Encoding.UTF8.GetBytes(text), "application/json")
            : Refusal.NotFound($"There are {string.Join(", ", Schemas.All.Keys)}.");
}
