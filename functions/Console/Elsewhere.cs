namespace Automation.Functions.Console;

/// <summary>After a form was posted the browser goes to a page (303), so that a reload posts nothing again.</summary>
public sealed class Elsewhere(string address) : IResult
{
    /// <summary>To a page of the console, which may say what was done.</summary>
    /// <param name="done">A word that page knows, e.g. <c>paused</c>.</param>
    public static Elsewhere To(string path, string? done = null) => new(done is null
        ? path
        : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={Uri.EscapeDataString(done)}");

    /// <summary>To sign in, and back from there.</summary>
    public static Elsewhere SignIn(string back) => new($"/console/login?back={Uri.EscapeDataString(back)}");

    /// <summary>Where an address of the query leads: within the console, or to its first page.</summary>
    public static Elsewhere Back(string? back) => new(IsOurs(back) ? back! : "/console");

    /// <summary>A path of the console, and not an address of another host that looks like one.</summary>
    private static bool IsOurs(string? path) =>
        path is not null && (path == "/console" || path.StartsWith("/console/", StringComparison.Ordinal)
            || path.StartsWith("/console?", StringComparison.Ordinal))
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
