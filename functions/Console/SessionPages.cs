using Automation.Console.Access;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>Where one is signed in, and what ends it there: one's own sessions, and for operators everybody's. Storage:
/// the partition of sessions.</summary>
public sealed class SessionPages(Sessions sessions)
{
    [Function("ConsoleSessions")]
    public async Task<RazorComponentResult<SessionsPage>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/sessions")] HttpRequest request)
    {
        var mine = request.HttpContext.Features.GetRequiredFeature<Session>();
        var open = await sessions.List(Whose(request), request.HttpContext.RequestAborted);
        return request.Page<SessionsPage>(open.Select(one => new SessionLine(one, Sessions.IsOf(one, mine))).ToList());
    }

    /// <summary>Ends one, on all machines.</summary>
    [Function("ConsoleEndSession"), Needs(Role.Viewer)]
    public async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/sessions/end")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var id = (await request.ReadFormAsync(cancellation))["session"].ToString();
        return Elsewhere.To(
            "/console/sessions", await sessions.End(id, Whose(request), cancellation) ? "ended" : "gone");
    }

    /// <summary>Whose sessions somebody may see and end; null: everybody's.</summary>
    private static string? Whose(HttpRequest request) =>
        request.HttpContext.Features.GetRequiredFeature<Session>().Caller is { Role: not Role.Operator } own
            ? own.Name : null;
}
