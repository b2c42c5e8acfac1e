using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Privacy;

/// <summary>The operator confirms the erasure of a whole shop, naming it: <c>{"shop":"example.myshopify.com"}</c>.
/// Carried out by the next nightly sweep; what is confirmed cannot be taken back.</summary>
public sealed class ConfirmRequest(Requests requests)
{
    [Function(nameof(ConfirmRequest)), Asks(Body = "application/json"), Needs(Role.Operator)]
    public async Task<Results<Ok<Request>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/requests/{source}/{id}/confirm")]
        HttpRequest request,
        string source, string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        if (await requests.Find(source, id) is not { Kind: RequestKind.ShopErasure } asked) return Missing.Request;
        using var body = await RequestBody.Read(request);
        if (Shop(body.Bytes) != asked.Shop)
            return Refusal.Unreadable("Name the shop to be erased as the request names it: {\"shop\":\"…\"}.");
        await requests.Confirmed(asked);
        return TypedResults.Ok(await requests.Find(source, id) ?? asked);
    }

    private static string? Shop(ReadOnlyMemory<byte> body) => RequestBody.Json(body, said =>
        said.ValueKind is JsonValueKind.Object && said.TryGetProperty("shop", out var shop)
            && shop.ValueKind is JsonValueKind.String ? shop.GetString() : null);
}
