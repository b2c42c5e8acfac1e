using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>
/// The operator confirms the erasure of a whole shop, naming it: <c>{"shop":"example.myshopify.com"}</c>. Carried out by the next nightly sweep;
/// what is confirmed cannot be taken back.
/// </summary>
public sealed class ConfirmRequest(Requests requests)
{
    [Function(nameof(ConfirmRequest))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/requests/{source}/{id}/confirm")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        if (await http.Request(requests) is not { Kind: RequestKind.ShopErasure } asked) { await http.NoSuchRequest(); return; }
        using var body = await RequestBody.Read(http.Request);
        if (Shop(body.Bytes) != asked.Shop) { await http.Refuse(StatusCodes.Status400BadRequest, "Name the shop to be erased as the request names it: {\"shop\":\"…\"}."); return; }
        await requests.Confirmed(asked);
        var confirmed = await http.Request(requests) ?? asked;
        await http.Ok(json => json.Write(confirmed));
    }

    private static string? Shop(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("shop", out var shop) && shop.ValueKind is JsonValueKind.String ? shop.GetString() : null;
        }
        // no JSON, or half a character in it
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
