using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Access;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>What people changed by API and console, newest first, in pages.</summary>
public sealed class ListAudit(AuditLog audit)
{
    private const int Size = 200;

    [Function(nameof(ListAudit)), Asks("next"), Needs(Role.Operator, IsRoutine = true)]
    public async Task<Results<Ok<Page<AuditEntry>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request)
    {
        if (!Pages.TryToken(request.Query("next"), out var token)) return Pages.UnknownNext;
        try
        {
            var page = await audit.Latest(Size, token, request.HttpContext.RequestAborted);
            return TypedResults.Ok(page with { Next = Pages.Next(page.Next) });
        }
        catch (FormatException) when (token is not null)
        {
            return Pages.UnknownNext;
        }
    }
}
