using Automation.Console.Letters;
using Automation.Console.Newsletters;
using Automation.Functions.Http;
using Automation.Functions.Newsletters;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Newsletters;

/// <summary>One issue, and what people do to it. Storage: the issue's row, the newsletter's of the coming weeks, a
/// tally of its chunks (256 partitions, and that again at every reload while it goes), the figures once they changed;
/// whom it reaches is counted only where somebody asks.</summary>
public sealed class IssuePages(
    IssueViews views, IssueLineTexts lines, IssueService desk, IssueMoving moving)
{
    [Function("ConsoleIssue")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/newsletters/{id}/{date}")]
        HttpRequest request,
        string id, string date)
    {
        if (IssueId.Parse($"{id}/{date}") is not { } issue)
            return Elsewhere.To($"/console/newsletters/{id}/{date}/edit");
        var asked = new IssueQuestion(
            Looks.Of(request.Query("look")),
            request.Query("who"),
            request.Query("ask") is not null,
            request.Query("count") is not null);
        if (await views.Of(issue, asked, request.HttpContext.RequestAborted) is not { } view) return Missing.Issue;
        view = view with { Line = await lines.Of(issue, view.Text, request.HttpContext.RequestAborted) };
        if (view.RefreshSeconds is { } seconds) request.HttpContext.Response.Headers["Refresh"] = $"{seconds}";
        return request.Page<IssuePage>(view);
    }

    /// <summary>Holds it, lets it go on, ends or skips it, tries again, sends it now, moves it.</summary>
    [Function("ConsoleSteerIssue")]
    public async Task<IResult> Do(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/newsletters/{id}/{date}/do/{what}")]
        HttpRequest request,
        string id, string date, string what)
    {
        var (issue, cancellation) = ($"{id}/{date}", request.HttpContext.RequestAborted);
        var form = await request.ReadFormAsync(cancellation);
        var (page, to) = (IssueWords.Address(id, date), form["to"].ToString());
        var refused = what switch
        {
            "pause" or "resume" or "cancel" or "retry" =>
                (await desk.Make(Enum.Parse<IssueMove>(what, ignoreCase: true), issue, cancellation)).Refused,
            "confirm" => (await desk.Confirm(issue, cancellation)).Refused,
            "move" => await moving.Move(id, date, to, cancellation),
            _ => Missing.Issue,
        };
        if (refused is not null) return refused;
        if (what == "move") page = IssueWords.Address(id, to);
        return Elsewhere.To(form["back"] == "/console/calendar" ? "/console/calendar" : page, what);
    }
}
