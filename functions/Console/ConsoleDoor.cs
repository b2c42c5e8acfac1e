using Automation.Console.Look;
using Automation.Functions.Http;
using Automation.Marketing.Access;

namespace Automation.Functions.Console;

/// <summary>Who may see a page of the console, and who may post to it: a session, the role, the form's token, and a
/// browser that says the form came from here.</summary>
public sealed class ConsoleDoor(Sessions sessions, Visits visits)
{
    /// <summary>The session's cookie. The prefix makes browsers refuse it unless it is of this host alone and Secure,
    /// for which they take http://localhost too (RFC 6265bis, 4.1.3.2).</summary>
    public const string Cookie = "__Host-session";

    /// <summary>Everything a page loads comes from here; it is shown inside our own pages only.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    public RequestDelegate Require(RequestDelegate next, NeedsAttribute? needs, bool open) => async http =>
    {
        var (request, headers) = (http.Request, http.Response.Headers);
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var session = await sessions.Find(request.Cookies[Cookie], http.RequestAborted);
        http.Features.Set(await visits.Of(http, session));
        http.Features.Set(RefusalPages.Instance);
        if (Obstacle(request, needs, open, session) is { } refused)
        {
            await refused.ExecuteAsync(http);
            return;
        }
        if (session is not null)
        {
            http.Features.Set(session);
            http.Know(session.Caller);
        }
        await next(http);
    };

    /// <summary>Why it is not let in; null: it may.</summary>
    private static IResult? Obstacle(HttpRequest request, NeedsAttribute? needs, bool open, Session? session)
    {
        var posted = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (posted && !IsFromHere(request)) return Refusal.NotFromHere;
        if (open) return null;
        if (session is null) return Elsewhere.SignIn(posted ? "/console" : request.Path + request.QueryString);
        if (BearerKeys.Lacks(request, needs, session.Caller) is { } role) return Refusal.Forbidden(role);
        // A form too large to be read is refused before its token is looked for.
        if (posted && RequestBody.IsTooLarge(request)) return Refusal.TooLarge("The form is too large.");
        return posted && !HasToken(request, session) ? Refusal.NotFromHere : null;
    }

    /// <summary>Browsers say where a form was sent from (Fetch Metadata, W3C); an old one that does not sends at least
    /// the origin.</summary>
    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value),
        _ => false,
    };

    private static bool HasToken(HttpRequest request, Session session) =>
        session.Knows(request.HasFormContentType
            ? request.Form[FormToken.Field].ToString() : request.Headers["X-Form-Token"].ToString());
}
