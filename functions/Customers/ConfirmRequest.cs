using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>
/// The operator confirms the erasure of a whole shop, naming it: <c>{"shop":"example.myshopify.com"}</c>. Carried out by the next nightly sweep;
/// what is confirmed cannot be taken back.
/// </summary>
public sealed class ConfirmRequest(Requests requests)
{
    public async Task Run(HttpContext http)
    {
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        if (await http.Request(requests) is not { Kind: RequestKind.ShopErasure } request) { await http.NoSuchRequest(); return; }
        using var body = await RequestBody.Read(http.Request);
        if (Shop(body.Bytes) != request.Shop) { await http.Refuse(StatusCodes.Status400BadRequest, "Name the shop to be erased as the request names it: {\"shop\":\"…\"}."); return; }
        await requests.Confirmed(request);
        var confirmed = await http.Request(requests) ?? request;
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
