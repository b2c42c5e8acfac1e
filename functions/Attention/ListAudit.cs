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
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request) =>
        await audit.Page(request, Size) is { } page ? TypedResults.Ok(page) : Pages.UnknownNext;
}
