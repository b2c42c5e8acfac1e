using System.Text.Json;

namespace Automation.DurableTask.Functions;

/// <summary>
/// The host's management API as the <c>durableClient</c> binding of an invocation names it. Address and key change when the host is
/// started anew, so every invocation that carries the binding tells them again.
/// </summary>
/// <param name="BaseUrl">e.g. <c>https://shop.azurewebsites.net/runtime/webhooks/durabletask</c>.</param>
/// <param name="Query">What every call must carry, e.g. <c>code=…</c>; a secret.</param>
public sealed record FunctionsClientBinding(Uri BaseUrl, string Query)
{
    /// <summary>Reads a binding's text. InvalidDataException where it names no address.</summary>
    public static FunctionsClientBinding Read(string binding)
    {
        try
        {
            using var json = JsonDocument.Parse(binding);
            return new(
                json.RootElement.TryGetProperty("httpBaseUrl"u8, out var address) && Uri.TryCreate(address.GetString()?.TrimEnd('/'), UriKind.Absolute, out var url) ? url
                    : throw new InvalidDataException("The durableClient binding has no httpBaseUrl."),
                json.RootElement.TryGetProperty("requiredQueryStringParameters"u8, out var query) ? query.GetString() ?? "" : "");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The durableClient binding cannot be read.", wrong);
        }
    }

    /// <summary>An address below the API; what is given must be escaped already.</summary>
    public Uri At(string path, string query = "") =>
        new($"{BaseUrl.AbsoluteUri}/{path}{(query.Length + Query.Length > 0 ? "?" : "")}{Query}{(query.Length > 0 && Query.Length > 0 ? "&" : "")}{query}");

    /// <summary>The address only: the key must not get into a log.</summary>
    public override string ToString() => BaseUrl.AbsoluteUri;
}
