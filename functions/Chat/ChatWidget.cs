using System.Text.Json;
using Automation.Console;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Shop;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Chat;

/// <summary>What a shop's page loads for the chat: the script with the shop's look, and a page for a frame.</summary>
public sealed class ChatWidget(ChatDoor door, CurrentShop shop)
{
    /// <summary>A changed look is there after so many seconds.</summary>
    private const int Fresh = 300;

    /// <summary>The script of the button and the dialog. Kept for five minutes, then asked for by its tag.</summary>
    [Function("GetChatWidget")]
    public Results<ContentHttpResult, StatusCodeHttpResult, Refusal> Script(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "chat/widget.js")] HttpRequest request)
    {
        if (door.Origins.Count == 0) return Refusal.NotFound();
        var text = Text();
        var tag = $"\"{Keys.Hash(text, 8)}\"";
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = $"public, max-age={Fresh}";
        headers.ETag = tag;
        headers.XContentTypeOptions = "nosniff";
        // Loaded by pages of other origins, which may ask that what they load says so.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(text, "text/javascript; charset=utf-8");
    }

    /// <summary>A page with the dialog open, for shops that prefer a frame: pages of <c>chat.origins</c> may frame
    /// it.</summary>
    [Function("GetChatFrame"), Asks("language")]
    public Results<ContentHttpResult, Refusal> Frame(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "chat/frame")] HttpRequest request)
    {
        if (door.Origins.Count == 0) return Refusal.NotFound();
        var language = (request.Query("language") ?? shop.Settings.Language)
            .StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? "ja" : "en";
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; "
            + "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + $"frame-ancestors {string.Join(' ', door.Origins)}";
        return TypedResults.Text($"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{System.Net.WebUtility.HtmlEncode(shop.Settings.Name)}</title></head>
            <body style="margin:0"><script src="widget.js" data-language="{language}" data-open></script></body>
            </html>
            """, Html.ContentType);
    }

    /// <summary>The script is a function; it is called with the look.</summary>
    private string Text() => $"{ConsoleAssets.Text("widget.js").TrimEnd()}({Look()});\n";

    /// <summary>As JSON that may stand in a script: what is not a letter of ASCII is escaped.</summary>
    private string Look()
    {
        const string dark = "#1f2321";
        var (settings, brand) = (shop.Settings, shop.Settings.Brand);
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["name"] = settings.Name,
            ["language"] = settings.Language,
            ["accent"] = settings.Accent,
            ["onAccent"] = Colour.IsReadable("#ffffff", settings.Accent) ? "#ffffff" : "#000000",
            ["link"] = Colour.Readable(settings.Accent, brand.Card),
            ["linkDark"] = Colour.Readable(settings.Accent, dark),
            ["card"] = brand.Card,
            ["page"] = brand.Page,
            ["text"] = brand.Text,
            ["quiet"] = Colour.Readable(brand.Quiet, brand.Card),
            ["font"] = brand.Font,
        }, ChatBodies.Default.DictionaryStringString);
    }
}
