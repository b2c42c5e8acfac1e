using System.Text;
using Automation.Console.Attention;
using Automation.Functions.Attention;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console;

/// <summary>What waits for a person, and what settles it. Storage: one page of <c>Attention</c>, its partitions of what
/// was set aside and of requests.</summary>
public sealed class AttentionPages(
    AttentionList list, Parking parking, RetryParked retry, Requests requests, AttentionCount count, AuditLog audit)
{
    private const int Most = 200, Shown = 16_000, AuditSize = 100;

    [Function("ConsoleAttention")]
    public async Task<RazorComponentResult<AttentionPage>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/attention")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var entries = await list.First(Most, cancellation);
        return request.Page<AttentionPage>(new AttentionReport
        {
            Entries = [.. entries.Where(entry => entry.Kind is not ("parked" or "requests"))],
            Parked = [.. (await parking.List().Take(Most).ToListAsync(cancellation)).Select(Line)],
            Requests = [.. await requests.List().Where(one => one.AnsweredAt is null).Take(Most)
                .ToListAsync(cancellation)],
            IsCut = entries.Count >= Most,
        });
    }

    /// <summary>One webhook that was set aside, with its body.</summary>
    [Function("ConsoleParked"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<IResult> Look(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/attention/parked")] HttpRequest request)
    {
        if (request.Query("name") is not { } name || await parking.Find(name) is not { } parked)
            return Refusal.NotFound();
        var body = await parking.Body(name) ?? [];
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, Shown)));
        return request.Page<ParkedPage>(new ParkedBody(Line(parked), text, body.Length > Shown));
    }

    [Function("ConsoleRetryParked"), Needs(Role.Operator)]
    public Task<IResult> Retry(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "console/attention/parked/retry")] HttpRequest request) =>
            Settle(request, "retried", form => retry.Run(form["name"].ToString()));

    [Function("ConsoleDropParked"), Needs(Role.Operator)]
    public Task<IResult> Drop(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "console/attention/parked/drop")] HttpRequest request) =>
            Settle(request, "dropped", async form =>
            {
                var name = form["name"].ToString();
                if (await parking.Find(name) is null) return false;
                await parking.Dismiss(name);
                return true;
            });

    /// <summary>Somebody has seen it: it comes again should it happen again.</summary>
    [Function("ConsoleSettle"), Needs(Role.Operator)]
    public Task<IResult> Settle(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/attention/settle")] HttpRequest request) =>
        Settle(request, "settled", async form =>
            form["kind"].ToString() is "stuck" or "refused" or Misfits.Partition
                or Marketing.Journeys.Coupons.Attention
            && await list.Settle(form["kind"].ToString(), form["key"].ToString(), request.HttpContext.RequestAborted));

    /// <summary>Who changed what.</summary>
    [Function("ConsoleAudit"), Needs(Role.Operator, IsRoutine = true)]
    public async Task<IResult> Audit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/audit")] HttpRequest request) =>
        await audit.Page(request, AuditSize) is { } page ? request.Page<AuditPage>(page) : Pages.UnknownNext;

    private ParkedLine Line(ParkedWebhook parked) => new(parked, retry.Can(parked));

    private async Task<IResult> Settle(HttpRequest request, string done, Func<IFormCollection, Task<bool>> settle)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var settled = await settle(form);
        count.Forget();
        return Elsewhere.To("/console/attention", settled ? done : "gone");
    }
}
