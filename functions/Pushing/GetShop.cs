using Automation.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Pushing;

/// <summary>The shop's files as they count now, such as <see cref="PutShop"/> takes.</summary>
public sealed class GetShop(ShopFiles files)
{
    [Function(nameof(GetShop))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/shop")] HttpRequest request)
    {
        var http = request.HttpContext;
        await files.Refresh();
        ShopPackage package;
        try { package = await files.Package(); }
        catch (InvalidDataException wrong) { await http.Refuse(StatusCodes.Status409Conflict, wrong.Message); return; }
        http.Response.Headers.ETag = $"\"{package.Hash}\"";
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("hash", package.Hash);
            json.WriteStartObject("files");
            foreach (var (path, text) in package.Files) json.WriteString(path, text);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
