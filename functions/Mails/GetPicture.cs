using Automation.Functions.Http;
using Automation.Marketing.Mails;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Mails;

/// <summary>A picture of the shop's own, for whoever opens a mail. Kept by mail programs for ever: its address names
/// its bytes.</summary>
public sealed class GetPicture(PublishedPictures pictures)
{
    [Function(nameof(GetPicture))]
    public async Task<Results<FileContentHttpResult, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "pictures/{hash}/{name}")]
        HttpRequest request, string hash, string name)
    {
        if (await pictures.Find(hash, name) is not { } picture) return Refusal.NotFound();
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(picture.Bytes, picture.Type);
    }
}
