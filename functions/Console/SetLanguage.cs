using Automation.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>Remembers which language a visitor reads, and goes back.</summary>
public sealed class SetLanguage
{
    [Function("ConsoleSetLanguage"), Open]
    public Elsewhere Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/language")] HttpRequest request)
    {
        if (request.Query("to") is { } to && to is ("ja" or "en"))
            request.HttpContext.Response.Cookies.Append(Visits.LanguageCookie, to, new CookieOptions
            {
                Path = "/console",
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
            });
        return Elsewhere.Back(request.Query("back"));
    }
}
