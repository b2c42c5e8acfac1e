using System.Text.Json;
using Automation.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.OpenApi;

/// <summary>This description of what can be asked (OpenAPI 3.1).</summary>
public sealed class GetOpenApi
{
    private static readonly Lazy<Task<byte[]>> Document = new(async () =>
        JsonSerializer.SerializeToUtf8Bytes(ApiDocument.Of(await FunctionCatalog.Read()), ApiDocument.Readable));

    [Function(nameof(GetOpenApi))]
    public async Task<Utf8ContentHttpResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        TypedResults.Text(await Document.Value, "application/json");
}
