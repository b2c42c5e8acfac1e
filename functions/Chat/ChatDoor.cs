using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Automation.Functions.Http;
using Automation.Marketing.Consent;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Functions.Chat;

/// <summary>In front of the chat's functions: whether the shop has one on the web, whose page it is, who the visitor is
/// and how often they may. Nothing here knows cookies: a page of another origin gets no further than its own
/// visitor.</summary>
public sealed class ChatDoor(CurrentShop shop, LinkTokens links, Senders senders, ChatLimits limits)
{
    /// <summary>Bytes of a body; a message has up to 1,000 characters.</summary>
    private const int LargestBody = 16 * 1024;

    /// <summary>Seconds for which a browser needs not ask again what it may.</summary>
    private const string Remembered = "7200";

    /// <summary>Whose pages may frame the chat.</summary>
    public IReadOnlyList<string> Origins => shop.Settings.Chat?.Origins ?? [];

    /// <summary>Null: come in.</summary>
    public Refusal? Refuses(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Origin";
        if (Origins.Count == 0) return Refusal.NotFound();
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(origin, request))
        {
            if (!Origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
                return new Refusal
                {
                    Status = StatusCodes.Status403Forbidden,
                    Detail = "Pages of this origin may not show the chat: chat.origins in shop.json names those "
                        + "that may.",
                };
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlExposeHeaders = "Retry-After";
        }
        return Spend(request, limits.Together, request.HttpContext.CallerAddress() ?? "");
    }

    /// <summary>The same, and the visitor must be known by the token of a session.</summary>
    /// <param name="visitor">Their address in the chat.</param>
    public Refusal? Refuses(HttpRequest request, out string visitor)
    {
        visitor = "";
        if (Refuses(request) is { } refusal) return refusal;
        const string scheme = "Bearer ";
        var given = request.Headers.Authorization.ToString();
        if (!given.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            || links.Visitors.Address(given[scheme.Length..].Trim()) is not { } address)
            return new Refusal
            {
                Status = StatusCodes.Status401Unauthorized,
                Detail = "The token is none of ours: POST /chat/sessions gives one.",
            };
        visitor = address;
        return null;
    }

    /// <summary>Null: once more is fine.</summary>
    public static Refusal? Spend(HttpRequest request, PartitionedRateLimiter<string> limiter, string of)
    {
        using var lease = limiter.AttemptAcquire(of);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromMinutes(1);
        request.HttpContext.Response.Headers.RetryAfter =
            Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new Refusal { Status = StatusCodes.Status429TooManyRequests, Detail = "Too often: wait a little." };
    }

    /// <summary>What a browser asks before it posts from another origin.</summary>
    public static void Allow(HttpResponse answer)
    {
        answer.Headers.AccessControlAllowMethods = "GET, POST";
        answer.Headers.AccessControlAllowHeaders = "authorization, content-type";
        answer.Headers.AccessControlMaxAge = Remembered;
    }

    /// <summary>A body of a record's shape.</summary>
    public static async Task<(T? Body, Refusal? Refusal)> Read<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (request.ContentLength > LargestBody) return (null, Refusal.TooLarge());
        if (!request.HasJson()) return (null, Refusal.NotJson);
        using var body = await RequestBody.Read(request);
        if (body.Bytes.Length > LargestBody) return (null, Refusal.TooLarge());
        try
        {
            return JsonSerializer.Deserialize(body.Bytes.Span, type) is { } read ? (read, null)
                : (null, Refusal.Unreadable("Send an object."));
        }
        catch (JsonException wrong)
        {
            return (null, Refusal.Unreadable(wrong.Message));
        }
    }

    /// <summary>The page in a frame is served from here.</summary>
    private bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url)
        && (url.Authority == request.Host.Value
            || Uri.TryCreate(senders.PublicUrl, UriKind.Absolute, out var own) && own.Authority == url.Authority);
}
