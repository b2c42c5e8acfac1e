using Automation.Console.Access;
using Automation.Functions.Http;

namespace Automation.Functions.Console;

/// <summary>In the console a refusal is a page.</summary>
public sealed class RefusalPages : IRefusalPages
{
    public static RefusalPages Instance { get; } = new();

    public Task Write(HttpContext http, Refusal refusal) => http.Request.Page<RefusalPage>(
        new RefusalText(refusal.Status, refusal.Detail, [.. refusal.Problems ?? []]), refusal.Status).ExecuteAsync(http);
}
