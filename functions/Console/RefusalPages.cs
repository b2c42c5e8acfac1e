using Automation.Console.Access;
using Automation.Functions.Http;

namespace Automation.Functions.Console;

/// <summary>Where people look at refusals, they are pages; set on a request by whoever shows them.</summary>
public sealed class RefusalPages
{
    public static RefusalPages Instance { get; } = new();

    public Task Write(HttpContext http, Refusal refusal) => http.Request.Page<RefusalPage>(
        new RefusalText(refusal.Status, refusal.Detail, [.. refusal.Problems ?? []]), refusal.Status)
        .ExecuteAsync(http);
}
