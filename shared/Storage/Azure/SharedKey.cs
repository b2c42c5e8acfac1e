using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Automation.Storage.Azure;

/// <summary>
/// Signs each try with the account's key, with a fresh date. Tables take SharedKeyLite over date and resource, queues SharedKey
/// over everything (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).
/// </summary>
internal sealed class SharedKey(string account, byte[] key, Func<Request, string, string> stringToSign, string scheme, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    // Content-MD5, Date and conditions are never sent; Content-Length, Content-Type are.
    private static readonly string[] Signed =
        ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    public static SharedKey ForTables(string account, byte[] key, TimeProvider time) => new(account, key, TableStringToSign, "SharedKeyLite", time);

    public static SharedKey ForQueues(string account, byte[] key, TimeProvider time) => new(account, key, QueueStringToSign, "SharedKey", time);

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        request.Headers.SetValue("Authorization", $"{scheme} {account}:{Sign(key, stringToSign(request, account))}");
    }

    public static string Sign(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    public static string TableStringToSign(Request request, string account)
    {
        request.Headers.TryGetValue("x-ms-date", out var date);
        return $"{date}\n/{account}{request.Uri.ToUri().AbsolutePath}";   // of the query only ?comp= would be signed; no table request here has one
    }

    public static string QueueStringToSign(Request request, string account)
    {
        var text = new StringBuilder(512).Append(request.Method.Method).Append('\n');
        foreach (var name in Signed)
        {
            var value = name == "Content-Length" ? Length(request) : request.Headers.TryGetValue(name, out var header) ? header : "";
            text.Append(value).Append('\n');
        }
        foreach (var header in request.Headers.Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).OrderBy(header => header.Name.ToLowerInvariant(), StringComparer.Ordinal))
            text.Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value).Append('\n');
        var uri = request.Uri.ToUri();
        text.Append('/').Append(account).Append(uri.AbsolutePath);
        foreach (var (name, value) in Parameters(uri.Query)) text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    private static string Length(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "";

    private static IEnumerable<(string Name, string Value)> Parameters(string query) => query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Uri.UnescapeDataString(pair[0]).ToLowerInvariant(), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))
        .OrderBy(pair => pair.Item1, StringComparer.Ordinal);
}
