using Automation.Console;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Console;

/// <summary>What a page is told of its visitor.</summary>
public sealed class Visits(CurrentShop shop, TimeProvider time, AttentionCount attention)
{
    /// <summary>Remembers the language a visitor chose.</summary>
    public const string LanguageCookie = "language";

    public async Task<Visit> Of(HttpContext http, Session? session)
    {
        var settings = shop.Settings;
        return new()
        {
            Say = Speaks(http.Request, settings.Language),
            Who = session?.Caller,
            ShopName = settings.Name,
            Zone = Zones.Find(settings.TimeZone) ?? TimeZoneInfo.Utc,
            Currency = settings.Currency,
            Now = time.GetUtcNow(),
            Path = http.Request.Path + http.Request.QueryString,
            FormToken = session?.FormToken(),
            Done = http.Request.Query("done"),
            Attention = session is null ? 0 : await attention.Read(http.RequestAborted),
        };
    }

    /// <summary>As chosen, else as the browser prefers, else as the shop.</summary>
    private static Language Speaks(HttpRequest request, string shop)
    {
        if (request.Cookies[LanguageCookie] is "ja" or "en") return new(request.Cookies[LanguageCookie] == "ja");
        foreach (var preferred in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1))
        {
            if (preferred.Value.StartsWith("ja", StringComparison.OrdinalIgnoreCase)) return Language.Japanese;
            if (preferred.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }
        return new(shop.StartsWith("ja", StringComparison.OrdinalIgnoreCase));
    }
}
