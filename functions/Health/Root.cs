namespace Automation.Functions.Health;

/// <summary>The Functions host asks here whether the process is up; any answer will do.</summary>
public static class Root
{
    public static Task Run(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
