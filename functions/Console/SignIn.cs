using Automation.Console.Access;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>The page that asks for a key, and what opens a session with it.</summary>
public sealed class SignIn(Sessions sessions, SignInLimit limit)
{
    [Function("ConsoleSignIn"), Open]
    public RazorComponentResult<SignInPage> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/login")] HttpRequest request) =>
        request.Page<SignInPage>(new SignInForm(request.Query("back")));

    /// <summary>Opens a session for whoever knows a key.</summary>
    [Function("ConsoleOpenSession"), Open]
    public async Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/login")] HttpRequest request)
    {
        if (RequestBody.IsTooLarge(request) || !request.HasFormContentType) return Refusal.Unreadable();
        var (form, cancellation) =
            (await request.ReadFormAsync(request.HttpContext.RequestAborted), request.HttpContext.RequestAborted);
        var back = form["back"].ToString();
        if (!limit.Allows(request.HttpContext.CallerAddress()))
            return request.Page<SignInPage>(
                new SignInForm(back, IsTooOften: true), StatusCodes.Status429TooManyRequests);
        if (await sessions.Open(form["key"].ToString(), cancellation) is not { } session)
            return request.Page<SignInPage>(
                new SignInForm(back, IsWrong: true), StatusCodes.Status401Unauthorized);
        request.HttpContext.Response.Cookies.Append(ConsoleDoor.Cookie, session.Secret, Keeping(session.Until));
        return Elsewhere.Back(back);
    }

    /// <summary>Ends the session, on all machines.</summary>
    [Function("ConsoleCloseSession"), Needs(Role.Viewer)]
    public async Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/logout")] HttpRequest request)
    {
        await sessions.Close(request.HttpContext.Features.GetRequiredFeature<Session>().Secret);
        request.HttpContext.Response.Cookies.Delete(ConsoleDoor.Cookie, Keeping(null));
        request.HttpContext.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Elsewhere.To("/console/login");
    }

    private static CookieOptions Keeping(DateTimeOffset? until) => new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Expires = until,
    };
}
