using Automation.Console;
using Automation.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>What pages load, kept by browsers for ever: a changed file has another name.</summary>
public sealed class GetAsset
{
    [Function("ConsoleGetAsset"), Open]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/assets/{name}")] HttpRequest request,
        string name)
    {
        if (ConsoleAssets.Find(name) is not { } asset) return Refusal.NotFound();
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (!request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
            return TypedResults.Bytes(asset.Content, asset.ContentType);
        headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Compressed, asset.ContentType);
    }
}
