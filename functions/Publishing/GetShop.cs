using Automation.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Publishing;

/// <summary>The shop's files as they count now, such as <see cref="PutShop"/> takes.</summary>
public sealed class GetShop(ShopFiles files)
{
    [Function(nameof(GetShop))]
    public async Task<Results<Ok<ShopSnapshot>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/shop")] HttpRequest request)
    {
        await files.Refresh();
        try
        {
            var package = await files.Package();
            request.HttpContext.Response.Headers.ETag = $"\"{package.Hash}\"";
            return TypedResults.Ok(new ShopSnapshot(package.Hash, package.Files));
        }
        catch (InvalidDataException wrong)
        {
            return Refusal.Conflict(wrong.Message);
        }
    }
}

/// <summary>All files of a shop, by path.</summary>
/// <param name="Hash">The same files have the same.</param>
public sealed record ShopSnapshot(string Hash, IReadOnlyDictionary<string, string> Files);
